/**
 * Text as code points: what kind of character each one is, which words they make, and the
 * normalised form that two copies of a text share. Everything here is pure and linear in the length
 * of the text.
 */
package io.gristmill.curation.text;
