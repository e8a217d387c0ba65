package io.gristmill.curation.privacy;

/**
 * Personal data in a text.
 *
 * @param kind the name by which it is counted
 * @param token what takes its place
 * @param start where it begins, in UTF-16 units
 * @param end where it ends, exclusive
 */
record Find(String kind, String token, int start, int end) {
  static Find of(Kind kind, int start, int end) {
    return new Find(kind.key(), kind.token(), start, end);
  }
}
