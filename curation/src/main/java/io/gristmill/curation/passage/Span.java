package io.gristmill.curation.passage;

/**
 * A part of a text.
 *
 * @param start in code points
 * @param end in code points, exclusive
 */
record Span(PassageKind kind, int start, int end) {}
