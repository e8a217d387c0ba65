package io.gristmill.curation.language;

import io.gristmill.curation.text.Characters;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the language of a document: scripts first, then variant characters for Chinese and a model
 * for the alphabets. The same text has the same language on every machine.
 */
public final class LanguageIdentifier {
  /** Code points of a script that the model reads; more do not make it surer. */
  private static final int SAMPLE = 1_000;

  /** Places of the document that the sample is taken from. */
  private static final int WINDOWS = 4;

  /**
   * How many letters a Han character, a kana or a Hangul syllable counts for: about as many as an
   * alphabet needs to say the same, so that the two halves of a translation have about equal
   * shares.
   */
  private static final int WIDE = 3;

  private LanguageIdentifier() {}

  /** The language of a document; {@code und} when it has no letters. */
  public static Language identify(String document) {
    Letters text = Letters.of(Characters.codePoints(document));
    long[] letters = new long[Script.count()];
    var han = new HanLetters();
    long total = 0;
    int before = 0;
    for (int at = 0; at < text.length(); at++) {
      Script script = text.script(at);
      int codePoint = text.codePoint(at);
      if (script == Script.NONE) {
        if (HanLetters.endsSegment(codePoint)) {
          han.endSegment();
        }
        continue;
      }
      if (script == Script.HAN || script == Script.KANA || script == Script.HANGUL) {
        han.add(before, codePoint, script);
        total += WIDE;
      } else {
        letters[script.index()]++;
        total++;
      }
      before = codePoint;
    }
    han.endSegment();
    if (total == 0) {
      return Language.undetermined();
    }
    var counts = new TreeMap<String, Long>();
    var certainty = new TreeMap<String, Double>();
    hanInto(han, counts, certainty);
    for (Script script : Script.values()) {
      long count = letters[script.index()];
      if (count == 0) {
        continue;
      }
      if (Alphabets.shared(script)) {
        Map<String, Double> probabilities =
            Alphabets.probabilities(script, sample(text, script, count));
        String best = best(probabilities);
        add(counts, best, count);
        certainty.merge(best, probabilities.get(best), Math::max);
      } else {
        script.language().ifPresent(tag -> add(counts, tag, count));
      }
    }
    return decided(counts, certainty, total);
  }

  private static void hanInto(
      HanLetters han, Map<String, Long> counts, Map<String, Double> certainty) {
    add(counts, "ja", WIDE * han.japanese);
    add(counts, "ko", WIDE * han.korean);
    if (han.cantonese()) {
      add(counts, "yue", WIDE * han.chinese());
    } else {
      add(counts, "zh-Hans", WIDE * han.simplifiedLetters());
      add(counts, "zh-Hant", WIDE * han.traditionalLetters());
      certainty.put("zh-Hans", han.certainty());
      certainty.put("zh-Hant", han.certainty());
    }
  }

  private static void add(Map<String, Long> counts, String tag, long letters) {
    if (letters > 0) {
      counts.merge(tag, letters, Long::sum);
    }
  }

  private static Language decided(
      Map<String, Long> counts, Map<String, Double> certainty, long total) {
    var shares = new TreeMap<String, Double>();
    counts.forEach((tag, count) -> shares.put(tag, (double) count / total));
    String best = best(shares);
    double share = shares.get(best);
    double score = share * certainty.getOrDefault(best, 1.0);
    return new Language(share < Language.DOMINANT ? Language.MULTIPLE : best, score, shares);
  }

  /** The key of the greatest value, the first in the order of keys when several are as great. */
  private static String best(Map<String, Double> values) {
    String best = "";
    double greatest = Double.NEGATIVE_INFINITY;
    for (var entry : values.entrySet()) {
      if (entry.getValue() > greatest) {
        best = entry.getKey();
        greatest = entry.getValue();
      }
    }
    return best;
  }

  /** Words of one script from places all over the text, a space between words and nothing else. */
  private static CharSequence sample(Letters text, Script script, long letters) {
    var out = new StringBuilder(SAMPLE + 16);
    int windows = letters > SAMPLE ? WINDOWS : 1;
    int window = 0;
    long first = 0; // letters before the window
    long seen = 0;
    int taken = 0;
    boolean gap = true; // nothing or a space came last
    for (int at = 0; at < text.length(); at++) {
      boolean own = text.script(at) == script;
      boolean gapBefore = gap;
      if (own) {
        seen++;
      }
      if (taken == SAMPLE / windows && !own) {
        window++;
        first = window * letters / windows;
        taken = 0;
        out.append(' ');
        gap = true;
      }
      if (window == windows) {
        break;
      }
      if (seen <= first && window > 0) {
        continue;
      }
      if (own && taken < SAMPLE / windows) {
        out.appendCodePoint(text.codePoint(at));
        taken++;
        gap = false;
      } else if (!own && !gapBefore) {
        out.append(' ');
        gap = true;
      }
    }
    return out;
  }
}
