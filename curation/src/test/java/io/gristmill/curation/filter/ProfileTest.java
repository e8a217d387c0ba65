package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.line.LineEdits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final String PROSE =
      """
      The mill stood at the end of the village, where the river bends towards the old forest, and it had
      not ground any grain since the war. Children said that the miller walked there at night with his
      lantern, though nobody among the grown people would admit to having seen a light behind its windows.

      One morning in October a stranger came along the road from the town. She carried a small suitcase and
      asked the baker for the key, which had been hanging behind his counter for thirty years.
      """;

  private static final String CHINESE_PROSE =
      """
      磨坊立在村子尽头，那里河水转向古老的森林，自从战争以后就再也没有磨过粮食。孩子们说，磨坊主人夜里常常提着灯笼在那里走动，不过大人们谁也不肯承认曾经看见窗户后面有过亮光。

      十月的一个早晨，有位陌生的女人沿着城里来的大路走过来。她提着小小的箱子，向面包师傅要钥匙；那把钥匙已经在柜台后面挂了三十年。“您打算住在里面吗？”面包师傅问道。
      """;

  @Test
  void proseIsKeptInBothLanguages() {
    assertThat(judge("gristmill", PROSE, "en")).isEqualTo(Verdict.KEEP);
    assertThat(judge("gristmill", CHINESE_PROSE, "zh-Hans")).isEqualTo(Verdict.KEEP);
    assertThat(judge("reference-docs", PROSE, "en").kept()).isTrue();
  }

  @Test
  void verdictNamesTheFirstRuleThatFailsWithValueAndThreshold() {
    assertThat(judge("gristmill", "Too short to keep.", "en"))
        .isEqualTo(Verdict.drop("words", "words", 4, 50));
    assertThat(judge("gristmill", "", "en")).isEqualTo(Verdict.drop("empty", "words", 0, 1));
    assertThat(judge("gristmill", (PROSE + "\n").repeat(3), "en").reason())
        .isEqualTo("duplicate_paragraphs");
  }

  @Test
  void rulesOfALanguageServeItsWritings() {
    var strict = List.of(Rule.atLeast(1_000, Signal.WORDS, "words", "test"));
    var profile =
        new Profile("own", Map.of("zh", strict, "zh-Hant", List.of()), LineEdits.NONE, List.of());
    Signals signals = Signals.measure(CHINESE_PROSE, "zh-Hans");
    assertThat(profile.judge(signals::value, "zh-Hans").reason()).isEqualTo("words");
    assertThat(profile.judge(signals::value, "zh-Hant").kept()).isTrue();
    assertThat(profile.judge(signals::value, "en").kept()).isTrue();
  }

  @Test
  void signalThatWasNotMeasuredDropsNothing() {
    var rules = List.of(Rule.atLeast(2, Signal.STOP_WORDS, "stop_words", "test"));
    var profile = new Profile("own", Map.of("*", rules), LineEdits.NONE, List.of());
    assertThat(profile.judge(Signals.measure("bonjour", "fr")::value, "fr").kept()).isTrue();
  }

  @Test
  void chinesePageOfMenusAndChinesePageOfSpamGo() {
    String menu = "首页\n新闻\n体育\n财经\n娱乐\n科技\n汽车\n房产\n教育\n旅游\n".repeat(3);
    assertThat(judge("gristmill", menu, "zh-Hans").kept()).isFalse();
    String spam = "【优惠】加微信领取红包，点击这里马上领取。".repeat(20);
    assertThat(judge("gristmill", spam, "zh-Hans").kept()).isFalse();
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Profiles.check("gopher2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "profile is gopher2, must be one of gristmill, none, reference-docs, or the path of a .yaml file; gristmill is usual for crawls");
    assertThatThrownBy(() -> Profiles.check("web"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("profile is web, which is called gristmill now");
    assertThatThrownBy(() -> new Rule("r", "words", 2, 1, "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("min is 2.0 and max is 1.0 in rule r, min must be at most max");
  }

  @Test
  void profilesTravelToTheWorkers() throws Exception {
    for (String name : Profiles.names()) {
      Profile profile = Profiles.named(name);
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        out.writeObject(profile);
      }
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(profile);
      }
    }
  }

  private static Verdict judge(String profile, String text, String language) {
    return Profiles.named(profile).judge(Signals.measure(text, language)::value, language);
  }
}
