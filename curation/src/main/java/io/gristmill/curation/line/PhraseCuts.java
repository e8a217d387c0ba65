package io.gristmill.curation.line;

/** Phrases that go while their lines stay. */
final class PhraseCuts {
  private PhraseCuts() {}

  static void find(int[] text, PhraseSet phrases, Cuts cuts) {
    int[] lower = PhraseSet.lower(text);
    var lines = new PageLines(text);
    while (lines.advance()) {
      if (!lines.blank()) {
        var line = new Line(text, lower, lines.from(), lines.to(), 0);
        switch (phrases.rule().place()) {
          case START -> cut(line, line.from(), phrases.lengthAt(line, line.from()), phrases, cuts);
          case END -> {
            int length = phrases.endsIn(line);
            cut(line, line.to() - length, length, phrases, cuts);
          }
          case WHOLE -> {
            if (phrases.removes(line)) {
              cuts.add(line.from(), line.to(), phrases.rule().reason());
            }
          }
          case ANYWHERE -> {
            for (int at = line.from(); at < line.to(); at++) {
              int length = phrases.lengthAt(line, at);
              if (cut(line, at, length, phrases, cuts)) {
                at += length - 1;
              }
            }
          }
        }
      }
    }
  }

  private static boolean cut(Line line, int at, int length, PhraseSet phrases, Cuts cuts) {
    if (length == 0 || !phrases.withinWords(line)) {
      return false;
    }
    cuts.add(at, at + length, phrases.rule().reason());
    return true;
  }
}
