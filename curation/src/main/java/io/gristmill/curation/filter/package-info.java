/**
 * Which documents are good enough, and why the others are not. {@link
 * io.gristmill.curation.filter.Signals} are measured once; a {@link
 * io.gristmill.curation.filter.Profile} is an ordered list of rules over them, and each rule that
 * fails says which signal, which value and which threshold.
 */
package io.gristmill.curation.filter;
