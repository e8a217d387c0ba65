package io.gristmill.tokenization.pretoken;

import java.util.List;

/** Does not cut: the text is one piece. */
record OnePiece() implements Pretokenizer {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public List<String> regexes() {
    return List.of();
  }

  @Override
  public int end(byte[] utf8, int from, int to) {
    return to;
  }
}
