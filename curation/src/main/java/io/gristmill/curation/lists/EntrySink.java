package io.gristmill.curation.lists;

/** Takes the entries of a list as they are read. */
interface EntrySink {
  /**
   * Takes one line, not blank and no comment.
   *
   * @throws IllegalArgumentException if it cannot be an entry; the message goes on from the file
   *     and line that the reader names
   */
  void add(String line);

  DocumentList list();
}
