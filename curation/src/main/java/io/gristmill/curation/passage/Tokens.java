package io.gristmill.curation.passage;

import static io.gristmill.curation.dedup.Tokens.mix;
import static io.gristmill.curation.dedup.Tokens.unspacedScript;

import io.gristmill.curation.dedup.FoldedText;
import java.util.Arrays;

/**
 * What of a text is compared, in order: the words of spaced scripts and the single characters of
 * unspaced ones, each with its place in code points and the hash of its folded form (Unicode NFKC
 * with case folding, traditional Han as simplified). White space, punctuation and symbols only part
 * tokens. A combining mark, a joiner or a variation selector belongs to the token before it.
 */
final class Tokens {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private static final byte SEPARATOR = 0;
  private static final byte WORD = 1;
  private static final byte UNSPACED = 2;
  private static final byte EXTEND = 3;
  private static final byte[] BASIC_PLANE = basicPlane();
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final char NO_FORM = 0;
  private static final char[] UNSPACED_FORMS = unspacedForms();

  private final int[] text;
  private final FoldedText folding = new FoldedText();
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private long[] hashes = new long[64];
  private long[] digitless = new long[64];
  private int[] lengths = new int[65]; // of all tokens before, in half words
  private int count;

  private Tokens(int[] text) {
    this.text = text;
  }

  /** The tokens of a text, given as code points. */
  static Tokens of(int[] text) {
    var tokens = new Tokens(text);
    tokens.scan();
    return tokens;
  }

  int count() {
    return count;
  }

  /** Where a token begins, in code points. */
  int start(int token) {
    return starts[token];
  }

  /** Where a token ends (exclusive), in code points. */
  int end(int token) {
    return ends[token];
  }

  long hash(int token) {
    return hashes[token];
  }

  /** The hash of a token with every digit as 0. */
  long digitlessHash(int token) {
    return digitless[token];
  }

  /** Length of tokens {@code from} to {@code to} (exclusive): words twice, characters once. */
  int length(int from, int to) {
    return lengths[to] - lengths[from];
  }

  /** The first token that begins at {@code place} or later. */
  int from(int place) {
    int at = Arrays.binarySearch(starts, 0, count, place);
    return at < 0 ? -at - 1 : at;
  }

  /** Whether there must be no cut before a code point (Grapheme_Extend of UAX #29, and joiners). */
  static boolean joined(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default ->
          codePoint == ZERO_WIDTH_NON_JOINER
              || codePoint == ZERO_WIDTH_JOINER
              || emojiModifier(codePoint)
              || tag(codePoint);
    };
  }

  private void scan() {
    int at = 0;
    while (at < text.length) {
      int start = at;
      switch (kind(text[at])) {
        case WORD -> {
          at++;
          while (at < text.length && (kind(text[at]) == WORD || kind(text[at]) == EXTEND)) {
            at++;
          }
          addWord(start, at);
        }
        case UNSPACED -> {
          at++;
          while (at < text.length && kind(text[at]) == EXTEND) {
            at++;
          }
          addCharacter(start, at);
        }
        default -> at++; // an extending character without one before it is no token
      }
    }
  }

  private void addWord(int start, int end) {
    long hash = 0;
    boolean digits = false;
    for (int i = start; i < end; i++) {
      int c = text[i];
      if (c >= 0x80) {
        addFolded(start, end, PassageConfig.WORD_LENGTH);
        return;
      }
      digits |= c <= '9'; // of ASCII only letters and digits make words
      hash = append(hash, c <= 'Z' && c >= 'A' ? c + ('a' - 'A') : c);
    }
    long without = hash;
    if (digits) {
      without = 0;
      for (int i = start; i < end; i++) {
        int c = text[i];
        without = append(without, c <= '9' ? '0' : c <= 'Z' ? c + ('a' - 'A') : c);
      }
    }
    add(start, end, mix(hash + 1), mix(without + 1), PassageConfig.WORD_LENGTH);
  }

  private void addCharacter(int start, int end) {
    int c = text[start];
    char form = end - start == 1 && c < UNSPACED_FORMS.length ? UNSPACED_FORMS[c] : NO_FORM;
    if (form == NO_FORM) {
      addFolded(start, end, 1);
    } else {
      long hash = mix(append(0, form) + 1);
      add(start, end, hash, hash, 1);
    }
  }

  private void addFolded(int start, int end, int length) {
    String folded = folding.fold(new String(text, start, end - start)).toString();
    long hash = 0;
    long without = 0;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      hash = append(hash, c);
      without = append(without, Character.isDigit(c) ? '0' : c);
    }
    add(start, end, mix(hash + 1), mix(without + 1), length);
  }

  private static long append(long hash, int character) {
    long next = (hash + character) * BASE;
    return next ^ (next >>> 29);
  }

  private void add(int start, int end, long hash, long without, int length) {
    if (count == starts.length) {
      int capacity = 2 * count;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
      digitless = Arrays.copyOf(digitless, capacity);
      lengths = Arrays.copyOf(lengths, capacity + 1);
    }
    starts[count] = start;
    ends[count] = end;
    hashes[count] = hash;
    digitless[count] = without;
    lengths[count + 1] = lengths[count] + length;
    count++;
  }

  private static byte kind(int codePoint) {
    return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] : kindOf(codePoint);
  }

  private static byte[] basicPlane() {
    byte[] kinds = new byte[0x10000];
    for (int c = 0; c < kinds.length; c++) {
      kinds[c] = kindOf(c);
    }
    return kinds;
  }

  private static byte kindOf(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          EXTEND;
      default -> {
        if (emojiModifier(codePoint)) {
          yield EXTEND;
        }
        if (!Character.isLetterOrDigit(codePoint)) {
          yield SEPARATOR;
        }
        yield unspacedScript(codePoint) ? UNSPACED : WORD;
      }
    };
  }

  /** The letters of a flag of a region, invisible behind its emoji. */
  private static boolean tag(int codePoint) {
    return codePoint >= 0xE0020 && codePoint <= 0xE007F;
  }

  /** The skin tones, which change the emoji before them. */
  private static boolean emojiModifier(int codePoint) {
    return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
  }

  /** The folded form of every character of an unspaced script that folds to one character. */
  private static char[] unspacedForms() {
    var folding = new FoldedText();
    char[] forms = new char[0x10000];
    for (int c = 0; c < forms.length; c++) {
      if (BASIC_PLANE[c] == UNSPACED) {
        String folded = folding.fold(Character.toString(c)).toString();
        forms[c] = folded.length() == 1 ? folded.charAt(0) : NO_FORM;
      }
    }
    return forms;
  }
}
