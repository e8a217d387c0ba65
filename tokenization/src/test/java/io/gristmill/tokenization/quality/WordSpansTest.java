package io.gristmill.tokenization.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordSpansTest {
  private static List<String> words(String text) {
    var spans = new WordSpans();
    spans.cut("first, something else: 磨坊");
    spans.cut(text);
    byte[] utf8 = text.getBytes(UTF_8);
    List<String> words = new ArrayList<>();
    for (int word = 0; word < spans.count(); word++) {
      words.add(new String(utf8, spans.start(word), spans.end(word) - spans.start(word), UTF_8));
    }
    return words;
  }

  @Test
  void marksAndSpacesAreNoWords() {
    assertThat(words("The mill's  wheel -- 3.14, it’s naïve!"))
        .containsExactly("The", "mill's", "wheel", "3.14", "it’s", "naïve");
  }

  @Test
  void chineseIsCutByTheDictionary() {
    assertThat(words("😀人工智能改变世界。𠀋 new 词"))
        .containsExactly("人工", "智能", "改变", "世界", "𠀋", "new", "词");
  }

  @Test
  void anEmptyTextHasNone() {
    assertThat(words("")).isEmpty();
  }
}
