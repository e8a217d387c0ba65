package io.gristmill.curation.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;

/**
 * The words of a text in order, as positions in its code points.
 *
 * <p>Words follow UAX #29: letters with digits, marks and inner apostrophes or points ({@code
 * don't}, {@code 3.14}) are one word. Runs of scripts written without spaces (Han, kana, Thai, …)
 * are cut by ICU4J's dictionaries, those of Han alone by the quicker {@link HanWords}. Beyond UAX
 * #29, a run of one repeated mark ({@code ...}, {@code ----}) is one word, as the tokenizers behind
 * the published thresholds have it. White space belongs to no word.
 */
public final class Words {
  /** Never moved itself: each text has a clone, since a break iterator holds its position. */
  private static final BreakIterator DICTIONARIES = BreakIterator.getWordInstance(ULocale.CHINESE);

  private static final int NONE = -1;

  /** Fewer than most text has, so that the arrays of few texts have to grow. */
  private static final int CHARACTERS_A_WORD = 4;

  private final int[] text;
  private int[] starts;
  private int[] ends;
  private int count;
  private HanWords han; // both made when a text first needs them
  private BreakIterator dictionaries;

  private Words(int[] text) {
    this.text = text;
    starts = new int[Math.max(64, text.length / CHARACTERS_A_WORD)];
    ends = new int[starts.length];
  }

  /** Cuts a text, given as code points, into words. */
  public static Words of(int[] text) {
    var words = new Words(text);
    words.scan();
    return words;
  }

  /** Number of words, marks included. */
  public int count() {
    return count;
  }

  /** Where a word begins, in code points. */
  public int start(int word) {
    return starts[word];
  }

  /** Where a word ends (exclusive), in code points. */
  public int end(int word) {
    return ends[word];
  }

  private void scan() {
    int at = 0;
    while (at < text.length) {
      int kind = kind(at);
      int end;
      switch (kind) {
        case WordBreak.SPACE,
            WordBreak.EXTEND -> { // a mark without a character before it is no word
          at++;
          continue;
        }
        case WordBreak.DICTIONARY -> {
          end = dictionaryEnd(at);
          cut(at, end);
          at = end;
          continue;
        }
        case WordBreak.LETTER, WordBreak.NUMERIC, WordBreak.EXTEND_NUM_LET -> end = wordEnd(at);
        default -> end = markEnd(at);
      }
      add(at, end);
      at = end;
    }
  }

  private int kind(int at) {
    return Characters.of(text[at]) >>> Characters.WORD_SHIFT;
  }

  /** UAX #29, rules WB4 to WB13b. */
  private int wordEnd(int start) {
    int last = kind(start);
    int at = start + 1;
    while (at < text.length) {
      int kind = kind(at);
      switch (kind) {
        case WordBreak.LETTER, WordBreak.NUMERIC, WordBreak.EXTEND_NUM_LET -> last = kind;
        case WordBreak.EXTEND -> {}
        case WordBreak.MID_LETTER, WordBreak.MID_NUM, WordBreak.MID_NUM_LET -> {
          int joined = joined(kind, last);
          int next = joined == NONE ? NONE : skipExtend(at + 1);
          if (next == NONE || next >= text.length || kind(next) != joined) {
            return at;
          }
          at = next;
        }
        default -> {
          return at;
        }
      }
      at++;
    }
    return at;
  }

  /** The class that a mid mark joins on both its sides, or none. */
  private static int joined(int mid, int last) {
    if (last == WordBreak.LETTER && mid != WordBreak.MID_NUM) {
      return WordBreak.LETTER;
    }
    return last == WordBreak.NUMERIC && mid != WordBreak.MID_LETTER ? WordBreak.NUMERIC : NONE;
  }

  private int skipExtend(int from) {
    int at = from;
    while (at < text.length && kind(at) == WordBreak.EXTEND) {
      at++;
    }
    return at;
  }

  private int markEnd(int start) {
    int at = start + 1;
    while (at < text.length && (text[at] == text[start] || kind(at) == WordBreak.EXTEND)) {
      at++;
    }
    return at;
  }

  private int dictionaryEnd(int start) {
    int at = start + 1;
    while (at < text.length && (kind(at) == WordBreak.DICTIONARY || kind(at) == WordBreak.EXTEND)) {
      at++;
    }
    return at;
  }

  private void cut(int start, int end) {
    if (end - start == 1) {
      add(start, end);
    } else if (HanWords.areKnown() && HanWords.isHan(text, start, end)) {
      if (han == null) {
        han = new HanWords();
      }
      int words = han.cut(text, start, end);
      for (int word = 0, from = start; word < words; word++) {
        int to = han.end(word);
        add(from, to);
        from = to;
      }
    } else {
      cutByDictionaries(start, end);
    }
  }

  private void cutByDictionaries(int start, int end) {
    if (dictionaries == null) {
      dictionaries = DICTIONARIES.clone();
    }
    String run = new String(text, start, end - start);
    dictionaries.setText(run);
    boolean supplementary = run.length() != end - start;
    int from = start;
    for (int next = dictionaries.next(); next != BreakIterator.DONE; next = dictionaries.next()) {
      int to = start + (supplementary ? run.codePointCount(0, next) : next);
      add(from, to);
      from = to;
    }
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count++] = end;
  }
}
