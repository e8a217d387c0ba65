package io.gristmill.tokenization.pretoken;

import java.util.List;

/**
 * A hand-written scanner that cuts text into pretokens. The pieces cover the text without gaps;
 * where each ends depends only on where it begins and on what follows, so text is cut from left to
 * right in one pass.
 */
public sealed interface Pretokenizer extends Pretokenization
    permits DeepSeekV3, Gpt2, Cl100k, O200k, OnePiece {
  /** Does not cut: a text is one piece. */
  static Pretokenizer onePiece() {
    return new OnePiece();
  }

  /**
   * The pretokenizer of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static Pretokenizer named(String name) {
    return all().stream()
        .filter(pretokenizer -> pretokenizer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "pretokenizer is %s, must be one of %s; deepseek-v3 is usual"
                        .formatted(
                            name,
                            String.join(", ", all().stream().map(Pretokenizer::name).toList()))));
  }

  /** Every pretokenizer known, the default first. */
  static List<Pretokenizer> all() {
    return List.of(
        new DeepSeekV3(), new Gpt2(), Cl100k.CL100K, new O200k(), Cl100k.LLAMA_BPE, Cl100k.QWEN2);
  }

  /** Its name in configuration, for llama.cpp's key {@code tokenizer.ggml.pre} where it has one. */
  @Override
  String name();

  /**
   * The published regular expressions that cut the same pieces: each cuts the pieces of the one
   * before, what it matches and what lies between matches being pieces.
   */
  List<String> regexes();

  /**
   * Where the piece that begins at {@code from} ends: more than {@code from}, at most {@code to}.
   *
   * @param utf8 the text; bytes that are not UTF-8 are characters of no class
   * @param from a piece's first byte, less than {@code to}
   * @param to the end of the text
   */
  int end(byte[] utf8, int from, int to);

  @Override
  default Cutter cutter() {
    return (utf8, from, to, piece) -> {
      for (int start = from; start < to; ) {
        int end = end(utf8, start, to);
        piece.accept(start, end);
        start = end;
      }
    };
  }
}
