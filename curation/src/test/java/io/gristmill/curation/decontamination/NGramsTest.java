package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.dedup.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NGramsTest {
  private static final NGrams USUAL = NGrams.of(DecontaminationConfig.none());

  @Test
  void fiveWordsOrTenCharactersOrAMixtureAreOne() {
    assertThat(grams("one two three four")).isEmpty();
    assertThat(grams("one two three four five")).hasSize(1);
    assertThat(grams("一二三四五六七八九")).isEmpty();
    assertThat(grams("一二三四五六七八九十")).hasSize(1);
    assertThat(grams("用 Spark 读取 Parquet 文件")).isEmpty(); // 2 words and 5 characters
    assertThat(grams("用 Spark 读取 Parquet 文件中的")).hasSize(2);
  }

  @Test
  void theRollingHashIsThatOfEachNGramAlone() {
    List<String> words = List.of("the mill turns 磨坊在河边 all night 转动 and the water runs".split(" "));
    List<Long> rolled = grams(String.join(" ", words));
    Tokens tokens = Tokens.of(String.join(" ", words));
    List<Long> alone = new ArrayList<>();
    for (int start = 0; start < rolled.size(); start++) {
      int from = tokens.start(start);
      int to = tokens.end(USUAL.end(tokens, start) - 1);
      alone.addAll(grams(String.join(" ", words).substring(from, to)).subList(0, 1));
    }
    assertThat(rolled).isEqualTo(alone).hasSizeGreaterThan(5);
  }

  @Test
  void orderCounts() {
    Set<Long> grams = new HashSet<>(grams("a b c d e f g"));
    grams.retainAll(grams("g f e d c b a"));
    assertThat(grams).isEmpty();
  }

  @Test
  void punctuationWidthCaseAndScriptDoNot() {
    assertThat(grams("《臺灣》ＡＢＣ：錢幣、銅錢、舊時、博物館。")).isEqualTo(grams("台湾abc钱币铜钱旧时博物馆")).isNotEmpty();
  }

  @Test
  void tokensKnowTheirPlaces() {
    String folded = "don't 磨x𠮷2";
    Tokens tokens = Tokens.of(folded);
    List<String> texts = new ArrayList<>();
    for (int token = 0; token < tokens.count(); token++) {
      texts.add(folded.substring(tokens.start(token), tokens.end(token)));
    }
    assertThat(texts).containsExactly("don", "t", "磨", "x", "𠮷", "2");
    assertThat(Arrays.asList(tokens.unspaced(2), tokens.unspaced(3))).containsExactly(true, false);
  }

  private static List<Long> grams(String text) {
    List<Long> grams = new ArrayList<>();
    USUAL.each(Tokens.of(text), (start, gram) -> grams.add(gram));
    return grams;
  }
}
