package io.gristmill.tokenization.quality;

import io.gristmill.tokenization.Tokens;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * Counts over the documents of a group: the text's own, and for each tokenizer how often each token
 * occurs. Sums of 64-bit integers, so the order of adding never matters.
 */
public final class Tally implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private long documents;
  private long bytes;
  private long characters;
  private long words;
  private final long[][] counts;
  private final long[] locatedWords;
  private final long[] wholeWords;

  Tally(List<Integer> vocabularySizes) {
    counts = new long[vocabularySizes.size()][];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new long[vocabularySizes.get(i)];
    }
    locatedWords = new long[counts.length];
    wholeWords = new long[counts.length];
  }

  /** Adds what a document has without regard to tokenizers. */
  void addText(long bytes, long characters, long words) {
    documents++;
    this.bytes += bytes;
    this.characters += characters;
    this.words += words;
  }

  /** Adds what a tokenizer makes of a document. */
  void addTokens(int tokenizer, Tokens tokens) {
    long[] own = counts[tokenizer];
    for (int i = 0; i < tokens.size(); i++) {
      own[tokens.get(i)]++;
    }
  }

  /** Adds words of which it is known whether a token border falls inside them. */
  void addWords(int tokenizer, long located, long whole) {
    locatedWords[tokenizer] += located;
    wholeWords[tokenizer] += whole;
  }

  /** Adds the other to this one. */
  Tally add(Tally other) {
    documents += other.documents;
    bytes += other.bytes;
    characters += other.characters;
    words += other.words;
    for (int t = 0; t < counts.length; t++) {
      locatedWords[t] += other.locatedWords[t];
      wholeWords[t] += other.wholeWords[t];
      for (int id = 0; id < counts[t].length; id++) {
        counts[t][id] += other.counts[t][id];
      }
    }
    return this;
  }

  public long documents() {
    return documents;
  }

  /** UTF-8 bytes of the texts. */
  public long bytes() {
    return bytes;
  }

  /** Code points of the texts. */
  public long characters() {
    return characters;
  }

  /** Words of {@link WordSpans}. */
  public long words() {
    return words;
  }

  /** How often a tokenizer's tokens occur, by id; not to be changed. */
  long[] counts(int tokenizer) {
    return counts[tokenizer];
  }

  long locatedWords(int tokenizer) {
    return locatedWords[tokenizer];
  }

  long wholeWords(int tokenizer) {
    return wholeWords[tokenizer];
  }
}
