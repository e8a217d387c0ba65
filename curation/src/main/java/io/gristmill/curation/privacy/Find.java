package io.gristmill.curation.privacy;

/**
 * Personal data in a text.
 *
 * @param kind what it is
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive
 */
record Find(Kind kind, int start, int end) {}
