package io.gristmill.tokenization.pretoken;

/**
 * One step of a pretokenization: where a pattern matches, and what becomes of matches and of what
 * lies between them. These are the Split pre-tokenizers of Hugging Face.
 *
 * @param pattern a regular expression in the syntax of Oniguruma, or a text
 * @param literal whether the pattern is a text
 * @param behavior what becomes of a match
 * @param inverted whether matches change places with what lies between them
 */
public record Split(String pattern, boolean literal, Behavior behavior, boolean inverted) {
  /** What becomes of a match; what lies between matches is a piece. */
  public enum Behavior {
    /** It is a piece. */
    ISOLATED,
    /** It is left out, so its bytes get no ids. */
    REMOVED,
    /** It joins the piece before it. */
    MERGED_WITH_PREVIOUS,
    /** It joins the piece after it. */
    MERGED_WITH_NEXT,
    /** With matches that touch it, it is a piece. */
    CONTIGUOUS
  }

  public Split {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("a split needs a pattern, this one is empty");
    }
  }

  /** The usual kind: what a regular expression matches is a piece, and so is what lies between. */
  public static Split isolated(String regex) {
    return new Split(regex, false, Behavior.ISOLATED, false);
  }

  /** The pattern as a regular expression. */
  String regex() {
    return literal ? pattern.replaceAll("[^\\p{L}\\p{N}\\s]", "\\\\$0") : pattern;
  }
}
