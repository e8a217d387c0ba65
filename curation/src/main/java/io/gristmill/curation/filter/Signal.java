package io.gristmill.curation.filter;

import java.util.Locale;

/**
 * What is measured of a document. Lengths are in code points; shares are between 0 and 1 unless
 * said otherwise. Lines are the lines that are not blank, without the white space around them;
 * words are those of {@link io.gristmill.curation.text.Words}, marks included unless said
 * otherwise.
 */
public enum Signal {
  /** Length of the text. */
  CHARACTERS,
  /** Length of the text as it came, before lines were taken out of it. */
  ORIGINAL_CHARACTERS,
  /** Share of that which was taken out. */
  REMOVED_SHARE,
  /** Words with a character that is neither punctuation nor symbol. */
  WORDS,
  /** Lines that are not blank. */
  LINES,
  /** Lines that are not blank in the text as it came. */
  ORIGINAL_LINES,
  /** Runs of lines without a blank line between them. */
  PARAGRAPHS,
  /** Pieces of lines that end at a terminal mark or with the line. */
  SENTENCES,
  /** Mean length of the lines. */
  MEAN_LINE_LENGTH,
  /** Length of the longest line. */
  LONGEST_LINE,
  /** Mean length of the words that {@link #WORDS} counts. */
  MEAN_WORD_LENGTH,
  /** Length of the longest of them. */
  LONGEST_WORD,
  /** Different ones among them, whatever their case. */
  UNIQUE_WORD_SHARE,
  /** Entropy of them, whatever their case, in nats. */
  WORD_ENTROPY,
  /** Those of them with capital letters and no small ones. */
  ALL_CAPS_WORD_SHARE,
  /** Those of them that are function words; not measured where we have no list. */
  STOP_WORD_SHARE,
  /** {@code #} per word. */
  HASH_RATIO,
  /** {@code ...} and {@code …} per word; a run counts once. */
  ELLIPSIS_RATIO,
  /** The sum of both. */
  SYMBOL_RATIO,
  /** Lines that begin with a bullet. */
  BULLET_LINE_SHARE,
  /** Lines that end in {@code ...} or {@code …}. */
  ELLIPSIS_LINE_SHARE,
  /** Words with a letter. */
  ALPHABETIC_WORD_SHARE,
  /** Different stop words of the language that occur; not measured where we have no list. */
  STOP_WORDS,
  /** Lines that end in a terminal mark, closing quotes and brackets after it ignored. */
  TERMINAL_LINE_SHARE,
  /** Lines of at most 30 code points. */
  SHORT_LINE_SHARE,
  /** Lines of at least 200 code points, counted. */
  LONG_LINES,
  /** Line ends between lines, per word; more than 1 is possible. */
  LINE_ENDS_PER_WORD,
  /** Lines that end in an invitation to read on: 展开, 更多, read more. */
  READ_MORE_LINE_SHARE,
  /** Paragraphs that occurred before. */
  DUPLICATE_PARAGRAPH_SHARE,
  /** Characters in paragraphs that occurred before. */
  DUPLICATE_PARAGRAPH_CHARACTER_SHARE,
  /** Lines that occurred before. */
  DUPLICATE_LINE_SHARE,
  /** Characters in lines that occurred before. */
  DUPLICATE_LINE_CHARACTER_SHARE,
  /**
   * Characters in the most frequent pair of words; overlapping pairs count each, so more than 1 is
   * possible.
   */
  TOP_2_GRAM_SHARE,
  /** Characters in the most frequent 3 words. */
  TOP_3_GRAM_SHARE,
  /** Characters in the most frequent 4 words. */
  TOP_4_GRAM_SHARE,
  /** Characters in runs of 5 words that occurred before. */
  DUPLICATE_5_GRAM_SHARE,
  /** Characters in runs of 6 words that occurred before. */
  DUPLICATE_6_GRAM_SHARE,
  /** Characters in runs of 7 words that occurred before. */
  DUPLICATE_7_GRAM_SHARE,
  /** Characters in runs of 8 words that occurred before. */
  DUPLICATE_8_GRAM_SHARE,
  /** Characters in runs of 9 words that occurred before. */
  DUPLICATE_9_GRAM_SHARE,
  /** Characters in runs of 10 words that occurred before. */
  DUPLICATE_10_GRAM_SHARE,
  /**
   * Characters in the most frequent 2 characters; this and the rest of the character grams: scripts
   * without spaces only.
   */
  TOP_2_CHARACTER_GRAM_SHARE,
  /** Characters in the most frequent 3 characters. */
  TOP_3_CHARACTER_GRAM_SHARE,
  /** Characters in the most frequent 4 characters. */
  TOP_4_CHARACTER_GRAM_SHARE,
  /** Characters in runs of 5 characters that occurred before. */
  DUPLICATE_5_CHARACTER_GRAM_SHARE,
  /** Characters in runs of 10 characters that occurred before. */
  DUPLICATE_10_CHARACTER_GRAM_SHARE,
  /** Characters in runs of 13 characters that occurred before. */
  DUPLICATE_13_CHARACTER_GRAM_SHARE,
  /** Han characters among the characters that are not white space. */
  HAN_SHARE,
  /** Letters and digits among the characters that are not white space. */
  ALPHANUMERIC_SHARE,
  /** Digits among the characters that are neither white space nor punctuation nor symbols. */
  DIGIT_SHARE,
  /** Punctuation among the characters that are not white space. */
  PUNCTUATION_SHARE,
  /** Symbols among the characters that are not white space. */
  SYMBOL_SHARE,
  /**
   * Control, private-use and replacement characters (U+FFFD) among the characters that are not
   * white space.
   */
  NOISE_SHARE,
  /** Capital letters among the letters. */
  UPPERCASE_SHARE,
  /** White space among the characters. */
  WHITE_SPACE_SHARE,
  /** <code>{</code> and <code>}</code> among the characters. */
  CURLY_BRACKET_SHARE,
  /** Round brackets, full-width ones too, among the characters. */
  PARENTHESIS_SHARE,
  /** Characters in web addresses. */
  URL_SHARE,
  /** Times that the text says {@code javascript}, in any case. */
  JAVASCRIPT_MENTIONS,
  /** Times that the text says {@code lorem ipsum}, in any case. */
  LOREM_IPSUM_MENTIONS,
  /** Characters in phrases of Chinese spam among the characters that are not white space. */
  SPAM_SHARE,
  /**
   * Characters that a wrong charset has made of others among the characters that are not white
   * space.
   */
  MOJIBAKE_SHARE,
  /** Characters between 【 and 】. */
  LENTICULAR_BRACKET_SHARE,
  /** Different characters among the first 10,000. */
  UNIQUE_CHARACTER_SHARE,
  /** Entropy of the characters, in nats. */
  CHARACTER_ENTROPY;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The name in columns, configurations and reports: {@code mean_word_length}. */
  public String key() {
    return key;
  }
}
