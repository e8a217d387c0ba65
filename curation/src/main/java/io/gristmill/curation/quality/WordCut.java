package io.gristmill.curation.quality;

import io.gristmill.curation.text.Characters;
import io.gristmill.curation.text.Words;

/** A text with a space between its words, for models that were trained on segmented Chinese. */
final class WordCut {
  private WordCut() {}

  /** Line ends stay, other white space becomes one space. */
  static String spaced(String text) {
    int[] codePoints = Characters.codePoints(text);
    Words words = Words.of(codePoints);
    var out = new StringBuilder(text.length() * 2);
    int end = 0;
    for (int word = 0; word < words.count(); word++) {
      boolean lineEnds = false;
      for (int at = end; at < words.start(word); at++) {
        lineEnds |= codePoints[at] == '\n';
      }
      if (!out.isEmpty()) {
        out.append(lineEnds ? '\n' : ' ');
      }
      for (int at = words.start(word); at < words.end(word); at++) {
        out.appendCodePoint(codePoints[at]);
      }
      end = words.end(word);
    }
    return out.toString();
  }
}
