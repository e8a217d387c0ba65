package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Language ENGLISH = new Language("en", 1, Map.of("en", 1.0));
  private static final Language FRENCH = new Language("fr", 0.9, Map.of("fr", 0.9, "en", 0.1));

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
    assertThat(judge("web", PROSE, ENGLISH)).isEqualTo(Verdict.KEEP);
    assertThat(judge("web", CHINESE_PROSE, language("zh-Hans"))).isEqualTo(Verdict.KEEP);
    assertThat(judge("reference-docs", PROSE, ENGLISH).kept()).isTrue();
  }

  @Test
  void verdictNamesTheFirstRuleThatFailsWithValueAndThreshold() {
    assertThat(judge("web", "Too short to keep.", ENGLISH))
        .isEqualTo(Verdict.drop("words", "words", 4, 50));
    assertThat(judge("web", "", ENGLISH)).isEqualTo(Verdict.drop("empty", "words", 0, 1));
    assertThat(judge("web", (PROSE + "\n").repeat(3), ENGLISH).reason())
        .isEqualTo("duplicate_paragraphs");
  }

  @Test
  void languageComesBeforeAllRules() {
    Profile profile = Profile.named("web").accepting(List.of("en", "zh-Hans"));
    Signals signals = Signals.measure("trop court", "fr");
    assertThat(profile.judge(signals, FRENCH))
        .isEqualTo(Verdict.drop("language", "accepted_language_share", 0.1, 0.7));
    assertThat(profile.judge(Signals.measure(PROSE, "en"), ENGLISH).kept()).isTrue();
    assertThat(
            Profile.named("none")
                .accepting(List.of("en"))
                .judge(signals, Language.undetermined())
                .reason())
        .isEqualTo("language");
  }

  @Test
  void rulesOfALanguageServeItsWritings() {
    var strict = List.of(Rule.atLeast(1_000, Signal.WORDS, "words", "test"));
    var profile = new Profile("own", List.of(), Map.of("zh", strict, "zh-Hant", List.of()));
    Signals signals = Signals.measure(CHINESE_PROSE, "zh-Hans");
    assertThat(profile.judge(signals, language("zh-Hans")).reason()).isEqualTo("words");
    assertThat(profile.judge(signals, language("zh-Hant")).kept()).isTrue();
    assertThat(profile.judge(signals, ENGLISH).kept()).isTrue();
  }

  @Test
  void signalThatWasNotMeasuredDropsNothing() {
    var rules = List.of(Rule.atLeast(2, Signal.STOP_WORDS, "stop_words", "test"));
    var profile = new Profile("own", List.of(), Map.of("*", rules));
    assertThat(profile.judge(Signals.measure("bonjour", "fr"), FRENCH).kept()).isTrue();
  }

  @Test
  void chinesePageOfMenusAndChinesePageOfSpamGo() {
    String menu = "首页\n新闻\n体育\n财经\n娱乐\n科技\n汽车\n房产\n教育\n旅游\n".repeat(3);
    assertThat(judge("web", menu, language("zh-Hans")).kept()).isFalse();
    String spam = "【优惠】加微信领取红包，点击这里马上领取。".repeat(20);
    assertThat(judge("web", spam, language("zh-Hans")).kept()).isFalse();
  }

  @Test
  void unknownNamesAreRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Profile.named("gopher2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "profile is gopher2, must be one of none, reference-docs, web; web is usual for crawls");
    assertThatThrownBy(() -> new Rule("r", Signal.WORDS, 2, 1, "test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule r: min is 2.0 and max is 1.0, min must be at most max");
  }

  @Test
  void profilesTravelToTheWorkers() throws Exception {
    for (String name : Profile.names()) {
      Profile profile = Profile.named(name).accepting(List.of("en"));
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        out.writeObject(profile);
      }
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(profile);
      }
    }
  }

  private static Verdict judge(String profile, String text, Language language) {
    return Profile.named(profile).judge(Signals.measure(text, language.tag()), language);
  }

  private static Language language(String tag) {
    return new Language(tag, 1, Map.of(tag, 1.0));
  }
}
