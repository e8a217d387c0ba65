package io.gristmill.tokenization.pretoken;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pretokenizer's published regular expressions, run by a regex engine: the definition of right.
 */
final class RegexTwin {
  private final List<Pattern> patterns;

  RegexTwin(List<String> regexes) {
    // (?U) makes \s the White_Space property.
    patterns = regexes.stream().map(regex -> Pattern.compile("(?U)" + regex)).toList();
  }

  List<String> pieces(String text) {
    List<String> pieces = text.isEmpty() ? List.of() : List.of(text);
    for (Pattern pattern : patterns) {
      var next = new ArrayList<String>();
      for (String piece : pieces) {
        split(pattern, piece, next);
      }
      pieces = next;
    }
    return pieces;
  }

  private static void split(Pattern pattern, String text, List<String> pieces) {
    Matcher matcher = pattern.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.start() > from) {
        pieces.add(text.substring(from, matcher.start()));
      }
      pieces.add(matcher.group());
      from = matcher.end();
    }
    if (from < text.length()) {
      pieces.add(text.substring(from));
    }
  }
}
