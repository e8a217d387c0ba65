package io.gristmill.tokenization.vocabulary;

/**
 * A token that stands outside BPE: encoding ordinary text never produces it. Where an encoder is
 * asked to recognise added tokens, the rules say which places in a text count.
 *
 * @param id its id
 * @param content its text, which is also what it decodes to
 * @param special whether it is a control mark, which readers may leave out of decoded text
 * @param rules where it is recognised
 */
public record AddedToken(int id, String content, boolean special, Rules rules) {
  /**
   * Where a token is recognised, as the fields of the same names in {@code tokenizer.json} say.
   *
   * @param singleWord only where no word character touches it
   * @param lstrip together with the white space before it
   * @param rstrip together with the white space after it
   * @param normalized in the text after normalization rather than before
   */
  public record Rules(boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {
    /** Wherever its text stands, before normalization. */
    public static final Rules PLAIN = new Rules(false, false, false, false);
  }

  public AddedToken {
    if (id < 0) {
      throw new IllegalArgumentException(
          "added token %s has id %d, must be at least 0".formatted(content, id));
    }
    if (content.isEmpty()) {
      throw new IllegalArgumentException("added token %d has no text".formatted(id));
    }
  }

  /** A token that is recognised wherever its text stands. */
  public AddedToken(int id, String content, boolean special) {
    this(id, content, special, Rules.PLAIN);
  }
}
