package io.gristmill.curation.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well extracted text agrees with the truth, as the article extraction benchmark measures it:
 * by multisets of 4-token shingles, per page, so that each page counts the same.
 */
record ExtractionScore(double precision, double recall, boolean exact) {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int SHINGLE = 4;

  /** Words for alphabetic languages; single characters where words are not separated. */
  static ExtractionScore of(String truth, String predicted, boolean characters) {
    List<String> expectedTokens = tokens(truth, characters);
    List<String> actualTokens = tokens(predicted, characters);
    Map<List<String>, Integer> expected = shingles(expectedTokens);
    Map<List<String>, Integer> actual = shingles(actualTokens);
    long common = 0;
    long more = 0;
    for (var shingle : actual.entrySet()) {
      int both = Math.min(shingle.getValue(), expected.getOrDefault(shingle.getKey(), 0));
      common += both;
      more += shingle.getValue() - both;
    }
    long all = expected.values().stream().mapToLong(Integer::longValue).sum();
    return new ExtractionScore(
        ratio(common, more, all - common),
        ratio(common, all - common, more),
        expectedTokens.equals(actualTokens));
  }

  private static double ratio(long common, long error, long otherError) {
    if (common == 0) {
      return error == 0 && otherError == 0 ? 1 : 0;
    }
    return (double) common / (common + error);
  }

  static double f1(List<ExtractionScore> pages) {
    double precision = pages.stream().mapToDouble(ExtractionScore::precision).average().orElse(0);
    double recall = pages.stream().mapToDouble(ExtractionScore::recall).average().orElse(0);
    return 2 * precision * recall / (precision + recall);
  }

  private static List<String> tokens(String text, boolean characters) {
    List<String> tokens = new ArrayList<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      if (characters) {
        words.group().codePoints().forEach(c -> tokens.add(Character.toString(c)));
      } else {
        tokens.add(words.group());
      }
    }
    return tokens;
  }

  private static Map<List<String>, Integer> shingles(List<String> tokens) {
    Map<List<String>, Integer> shingles = new HashMap<>();
    int size = Math.min(SHINGLE, tokens.size());
    for (int i = 0; size > 0 && i + size <= tokens.size(); i++) {
      shingles.merge(List.copyOf(tokens.subList(i, i + size)), 1, Integer::sum);
    }
    return shingles;
  }
}
