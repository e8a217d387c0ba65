package io.gristmill.tokenization.quality;

import java.util.Collection;

/**
 * What a tokenizer makes of the documents of a group. Ratios are NaN where there is nothing to
 * divide by.
 *
 * @param bytes UTF-8 bytes of the texts
 * @param characters code points of the texts
 * @param words by ICU4J's word break iterator, marks and white space not among them
 * @param tokens without one that ends a document
 * @param singleBytes tokens of one byte
 * @param partialBytes of these, bytes of a character of several
 * @param locatedWords words of documents whose tokens give back the text byte by byte
 * @param wholeWords of these, words inside which no token border falls
 * @param shannonEfficiency entropy of the token frequencies over {@code ln V}, V without the added
 *     tokens
 * @param renyiEfficiency the same of order 2.5
 */
public record Measures(
    long documents,
    long bytes,
    long characters,
    long words,
    long tokens,
    long singleBytes,
    long partialBytes,
    long locatedWords,
    long wholeWords,
    double shannonEfficiency,
    double renyiEfficiency) {

  /** The measures of a tokenizer over several tallies together. */
  static Measures of(Collection<Tally> tallies, int tokenizer, TokenTable table) {
    long[] counts = counts(tallies, tokenizer, table.size());
    long tokens = 0;
    long singleBytes = 0;
    long partialBytes = 0;
    for (int id = 0; id < counts.length; id++) {
      tokens += counts[id];
      singleBytes += table.isByte(id) ? counts[id] : 0;
      partialBytes += table.isPartialByte(id) ? counts[id] : 0;
    }
    return new Measures(
        tallies.stream().mapToLong(Tally::documents).sum(),
        tallies.stream().mapToLong(Tally::bytes).sum(),
        tallies.stream().mapToLong(Tally::characters).sum(),
        tallies.stream().mapToLong(Tally::words).sum(),
        tokens,
        singleBytes,
        partialBytes,
        tallies.stream().mapToLong(tally -> tally.locatedWords(tokenizer)).sum(),
        tallies.stream().mapToLong(tally -> tally.wholeWords(tokenizer)).sum(),
        Efficiency.shannon(counts, table.encodable()),
        Efficiency.renyi(counts, Efficiency.ORDER, table.encodable()));
  }

  /** How often each token of a tokenizer occurs in several tallies together. */
  static long[] counts(Collection<Tally> tallies, int tokenizer, int vocabularySize) {
    long[] sums = new long[vocabularySize];
    for (Tally tally : tallies) {
      long[] counts = tally.counts(tokenizer);
      for (int id = 0; id < sums.length; id++) {
        sums[id] += counts[id];
      }
    }
    return sums;
  }

  /** UTF-8 bytes of text that a token stands for on average: more is shorter sequences. */
  public double bytesPerToken() {
    return ratio(bytes, tokens);
  }

  /** Tokens that a character takes on average; of Chinese, below 1 in a good vocabulary. */
  public double tokensPerCharacter() {
    return ratio(tokens, characters);
  }

  /** Fertility: tokens, those of marks and spaces too, for each word. */
  public double tokensPerWord() {
    return ratio(tokens, words);
  }

  /** The part of the tokens that is one byte. */
  public double singleByteShare() {
    return ratio(singleBytes, tokens);
  }

  /** The part of the tokens that is one byte of a character of several. */
  public double partialByteShare() {
    return ratio(partialBytes, tokens);
  }

  /** The part of the words inside which no token border falls. */
  public double wholeWordShare() {
    return ratio(wholeWords, locatedWords);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
