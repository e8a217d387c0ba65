package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GramsTest {
  @Test
  void topGramCountsOccurrencesTimesLengthWithTheSpacesOfTheText() {
    assertThat(words("am Frank you am Frank we am Frank").topCharacters(2)).isEqualTo(3 * 8);
    assertThat(unspaced("我们好我们来我们").topCharacters(2)).isEqualTo(3 * 2);
  }

  @Test
  void gramThatOccursOnceRepeatsNothing() {
    assertThat(words("no two words here are the same").topCharacters(2)).isZero();
  }

  @Test
  void ofEquallyFrequentGramsTheFirstCounts() {
    assertThat(words("a bb a bb x ccc dddd ccc dddd").topCharacters(2)).isEqualTo(2 * 4);
  }

  @Test
  void duplicateGramsAreSteppedOverAsAWhole() {
    assertThat(words("a b c d e a b c d e a b c d e").duplicateCharacters(5)).isEqualTo(10);
    assertThat(words("a b c d e f g h i j").duplicateCharacters(5)).isZero();
  }

  private static Grams words(String text) {
    String[] words = text.split(" ");
    int[] gaps = new int[words.length];
    Arrays.fill(gaps, 1, gaps.length, 1);
    return grams(words, gaps);
  }

  private static Grams unspaced(String text) {
    return grams(text.split(""), new int[text.length()]);
  }

  private static Grams grams(String[] words, int[] gaps) {
    long[] items = new long[words.length];
    int[] lengths = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      int[] word = words[i].codePoints().toArray();
      items[i] = Hashing.of(word, 0, word.length);
      lengths[i] = word.length;
    }
    return new Grams(items, lengths, gaps, words.length);
  }
}
