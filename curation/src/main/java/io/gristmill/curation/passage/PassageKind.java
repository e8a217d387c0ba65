package io.gristmill.curation.passage;

/** What may repeat, in the order in which removed characters are attributed. */
public enum PassageKind {
  /**
   * A line, compared without case, punctuation, symbols and the values of digits (CCNet, Wenzek et
   * al. 2020, section 3.1).
   */
  LINE(1, "duplicate_line"),
  /** Lines between empty lines, compared without case, punctuation and symbols. */
  PARAGRAPH(2, "duplicate_paragraph"),
  /** A run of whole sentences, compared as paragraphs are. */
  SUBSTRING(3, "duplicate_substring");

  private final int number;
  private final String reason;

  PassageKind(int number, String reason) {
    this.number = number;
    this.reason = reason;
  }

  static PassageKind of(int number) {
    return switch (number) {
      case 1 -> LINE;
      case 2 -> PARAGRAPH;
      case 3 -> SUBSTRING;
      default -> throw new IllegalArgumentException("there is no passage kind " + number);
    };
  }

  /** Stands for it in files; never 0. */
  int number() {
    return number;
  }

  /** The word for it in documents and ledger. */
  public String reason() {
    return reason;
  }
}
