package io.gristmill.curation.decontamination;

import io.gristmill.curation.dedup.Tokens;
import java.io.Serializable;

/**
 * N-grams of equal strength in spaced and unspaced scripts: from each token on, tokens are taken
 * until they weigh enough. A character weighs {@code words} and a word {@code characters}, an
 * n-gram their product: so {@code characters} characters, {@code words} words, or a mixture.
 */
record NGrams(int characters, int words) implements Serializable {
  private static final long BASE = 0xD1342543DE82EF95L;

  /** Receives the n-grams of a text, in their order. */
  interface Sink {
    /**
     * @param start the token that it begins with
     * @param gram well mixed 64 bits, equal for equal n-grams
     */
    void accept(int start, long gram);
  }

  static NGrams of(DecontaminationConfig config) {
    return new NGrams(config.ngramCharacters(), config.ngramWords());
  }

  /** What a full n-gram weighs at least. */
  int weight() {
    return characters * words;
  }

  int weight(Tokens tokens, int token) {
    return tokens.unspaced(token) ? words : characters;
  }

  /** What all tokens weigh. */
  long weight(Tokens tokens) {
    long weight = 0;
    for (int token = 0; token < tokens.count(); token++) {
      weight += weight(tokens, token);
    }
    return weight;
  }

  /**
   * Gives every n-gram by a rolling hash.
   *
   * @return their number: they begin at the first tokens of the text
   */
  int each(Tokens tokens, Sink sink) {
    long[] powers = powers();
    int end = 0;
    int held = 0;
    long hash = 0;
    int count = tokens.count();
    for (int start = 0; start < count; start++) {
      while (end < count && held < weight()) {
        held += weight(tokens, end);
        hash = hash * BASE + tokens.hash(end);
        end++;
      }
      if (held < weight()) {
        return start;
      }
      sink.accept(start, Tokens.mix(hash));
      held -= weight(tokens, start);
      hash -= tokens.hash(start) * powers[end - start - 1];
    }
    return count;
  }

  /** The token after the n-gram that begins with a token. */
  int end(Tokens tokens, int start) {
    int end = start;
    int held = 0;
    while (end < tokens.count() && held < weight()) {
      held += weight(tokens, end);
      end++;
    }
    return end;
  }

  /** The 32 bits by which the n-grams of an item are compared. */
  static int fingerprint(long gram) {
    return (int) (gram >>> 32);
  }

  private long[] powers() {
    long[] powers = new long[Math.max(characters, words) + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }
}
