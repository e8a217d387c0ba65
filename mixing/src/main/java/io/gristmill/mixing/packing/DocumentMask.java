package io.gristmill.mixing.packing;

/**
 * Where the documents packed into a sequence begin, for attention that stays within a document and
 * for positions that begin again.
 */
public final class DocumentMask {
  private DocumentMask() {}

  /**
   * Writes for every position the position at which its document begins in this sequence. The
   * end-of-text token belongs to the document that it ends; a sequence that begins inside a
   * document begins at 0.
   *
   * @param tokens the sequence
   * @param length how many of its tokens count
   * @param endOfText the id that ends a document
   * @param documentStart output, at least {@code length} long
   */
  public static void starts(int[] tokens, int length, int endOfText, int[] documentStart) {
    int start = 0;
    for (int position = 0; position < length; position++) {
      documentStart[position] = start;
      if (tokens[position] == endOfText) {
        start = position + 1;
      }
    }
  }
}
