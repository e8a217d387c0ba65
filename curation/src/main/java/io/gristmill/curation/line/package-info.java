/**
 * What is taken out of a page before it is measured: lines that are no prose (menus, counters,
 * notices), marks of citations, links, surplus blank lines. A rule is data; every removal is
 * counted in characters by its reason. Pure and linear in the length of the text.
 */
package io.gristmill.curation.line;
