package io.gristmill.curation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.gristmill.curation.dedup.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HanWordsTest {
  private static final Pattern HAN = Pattern.compile("[\u3400-\u9fff]{2,}");

  @Test
  void theDictionaryIsWhereItIsLookedFor() {
    assertThat(HanWords.areKnown()).isTrue();
  }

  @Test
  void runsOfAnyHanCharactersAreCutAsIcuCutsThem() {
    var random = new SplittableRandom(Long.getLong("tests.seed", 20260501L));
    for (int trial = 0; trial < 2_000; trial++) {
      int[] run = new int[1 + random.nextInt(60)];
      for (int at = 0; at < run.length; at++) {
        run[at] = 0x3400 + random.nextInt(0x9fff - 0x3400 + 1);
      }
      agree(new String(run, 0, run.length));
    }
    agree("我们".repeat(3_000) + "。");
  }

  @Test
  @Tag("shared")
  void realTextIsCutAsIcuCutsIt() throws IOException {
    Path texts = Path.of(System.getProperty("tests.shared"), "data", "text");
    assumeTrue(Files.isDirectory(texts), "Han words: no shared data at " + texts + ", skipped");
    int step = Integer.getInteger("tests.step", 20);
    int number = 0;
    for (String text : TextFiles.texts(texts, name -> name.contains(".zh."))) {
      if (number++ % step == 0) {
        agree(text);
      }
    }
  }

  private static void agree(String text) {
    BreakIterator icu = BreakIterator.getWordInstance(ULocale.CHINESE);
    var words = new HanWords();
    Matcher run = HAN.matcher(text);
    while (run.find()) {
      int[] characters = run.group().codePoints().toArray();
      List<Integer> ends = new ArrayList<>();
      int count = words.cut(characters, 0, characters.length);
      for (int word = 0; word < count; word++) {
        ends.add(words.end(word));
      }
      List<Integer> expected = new ArrayList<>();
      icu.setText(run.group());
      for (int end = icu.next(); end != BreakIterator.DONE; end = icu.next()) {
        expected.add(end);
      }
      assertThat(ends).as(run.group()).isEqualTo(expected);
    }
  }
}
