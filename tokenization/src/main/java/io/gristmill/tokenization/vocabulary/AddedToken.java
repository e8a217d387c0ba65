package io.gristmill.tokenization.vocabulary;

/**
 * A token that stands outside BPE: encoding ordinary text never produces it.
 *
 * @param id its id
 * @param content its text, which is also what it decodes to
 * @param special whether it is a control mark, which readers may leave out of decoded text
 */
public record AddedToken(int id, String content, boolean special) {
  public AddedToken {
    if (id < 0) {
      throw new IllegalArgumentException(
          "added token %s has id %d, must be at least 0".formatted(content, id));
    }
    if (content.isEmpty()) {
      throw new IllegalArgumentException("added token %d has no text".formatted(id));
    }
  }
}
