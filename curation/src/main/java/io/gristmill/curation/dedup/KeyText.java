package io.gristmill.curation.dedup;

/** One text folded for comparison, where none is folded after it; see {@link FoldedText}. */
final class KeyText {
  private KeyText() {}

  /** The folded text. */
  static String fold(String text) {
    return new FoldedText().fold(text).toString();
  }
}
