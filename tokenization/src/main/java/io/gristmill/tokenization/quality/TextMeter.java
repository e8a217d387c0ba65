package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Measures texts with several tokenizers. Holds encoders and memory: one per thread. */
final class TextMeter {
  private final List<Integer> vocabularySizes;
  private final List<Encoder> encoders;
  private final int[][] lengths;
  private final Tokens tokens = new Tokens();
  private final WordSpans words = new WordSpans();

  TextMeter(List<Tokenizer> tokenizers) {
    this.vocabularySizes = tokenizers.stream().map(Tokenizer::vocabularySize).toList();
    this.encoders = tokenizers.stream().map(Tokenizer::encoder).toList();
    this.lengths = tokenizers.stream().map(TextMeter::lengths).toArray(int[][]::new);
  }

  private static int[] lengths(Tokenizer tokenizer) {
    int[] lengths = new int[tokenizer.vocabularySize()];
    for (int id = 0; id < lengths.length; id++) {
      lengths[id] = tokenizer.bytesOf(id).length;
    }
    return lengths;
  }

  /** A tally for these tokenizers, of nothing yet. */
  Tally tally() {
    return new Tally(vocabularySizes);
  }

  /** Adds one document. */
  void measure(String text, Tally tally) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    words.cut(text);
    tally.addText(utf8.length, text.codePointCount(0, text.length()), words.count());
    for (int t = 0; t < encoders.size(); t++) {
      tokens.clear();
      encoders.get(t).encode(utf8, 0, utf8.length, tokens);
      tally.addTokens(t, tokens);
      // A tokenizer that rewrites text (NFC, a prefix space) has no place for our words in it.
      if (bytes(lengths[t]) == utf8.length) {
        tally.addWords(t, words.count(), wholeWords(lengths[t]));
      }
    }
  }

  private long bytes(int[] lengths) {
    long bytes = 0;
    for (int i = 0; i < tokens.size(); i++) {
      bytes += lengths[tokens.get(i)];
    }
    return bytes;
  }

  /** The words inside which no token border falls. */
  private long wholeWords(int[] lengths) {
    long whole = 0;
    int token = 0;
    int end = 0;
    for (int word = 0; word < words.count(); word++) {
      while (end <= words.start(word)) {
        end += lengths[tokens.get(token++)];
      }
      if (words.end(word) <= end) {
        whole++;
      }
    }
    return whole;
  }
}
