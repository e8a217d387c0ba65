package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.text.Transliterator;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.yaml.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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

  /** 828 of FineWeb-2's 1,929 configurations have a bound on a share that nothing can exceed. */
  @Test
  void everyBoundOnAShareCanFail() {
    for (String name : Profiles.names()) {
      assertThat(Profiles.named(name).rules().values().stream().flatMap(List::stream))
          .filteredOn(rule -> rule.signal().endsWith("_share"))
          .as(name)
          .allMatch(rule -> rule.max() < 1 || rule.max() == Double.POSITIVE_INFINITY)
          .allMatch(rule -> rule.min() > 0 || rule.min() == Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void traditionalProseIsJudgedAsSimplifiedProseIs() {
    String traditional =
        Transliterator.getInstance("Simplified-Traditional").transliterate(CHINESE_PROSE);
    assertThat(traditional).isNotEqualTo(CHINESE_PROSE);
    for (String profile : List.of("gristmill", "fineweb2-zh", "map-cc")) {
      assertThat(judge(profile, CHINESE_PROSE, "zh-Hans")).as(profile).isEqualTo(Verdict.KEEP);
      assertThat(judge(profile, traditional, "zh-Hant")).as(profile).isEqualTo(Verdict.KEEP);
    }
  }

  @Test
  void oneParagraphOverAndOverGoesByCharacters() {
    String repeated = CHINESE_PROSE.lines().findFirst().orElseThrow().repeat(8);
    assertThat(judge("map-cc", repeated, "zh-Hans").signal())
        .isIn("duplicate_5_character_gram_share", "unique_character_share");
    assertThat(judge("gristmill", repeated, "zh-Hans").kept()).isFalse();
  }

  /** The longer a text, the smaller the share of different characters in it. */
  @Test
  void aLongChineseTextIsNotRejectedForItsLength() {
    var random = new SplittableRandom(20260501L);
    String characters = "的是在和了有不人" + CHINESE_PROSE.replaceAll("[^\\p{IsHan}]", "").repeat(3);
    StringBuilder text = new StringBuilder();
    while (text.length() < 12_000) {
      for (int n = 0; n < 20; n++) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      text.append(text.length() % 5 == 0 ? "。\n" : "，");
    }
    Signals signals = Signals.measure(text.toString(), "zh-Hans");
    assertThat(signals.value(Signal.UNIQUE_CHARACTER_SHARE)).isLessThan(0.1);
    assertThat(judge("gristmill", text.toString(), "zh-Hans")).isEqualTo(Verdict.KEEP);
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
            "profile is gopher2, must be one of c4, code, fineweb, fineweb2-zh, gopher, gristmill, map-cc, none, reference-docs, refinedweb, or the path of a .yaml file; gristmill is usual for crawls");
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

  @Test
  void everyThresholdOfABuiltInProfileHasASourceAndEveryReasonItsSignal() {
    for (String name : Profiles.names()) {
      Profile profile = Profiles.named(name);
      assertThat(profile.name()).isEqualTo(name);
      assertThat(profile.rules().values().stream().flatMap(List::stream))
          .allSatisfy(rule -> assertThat(rule.source()).isNotBlank());
      assertThat(profile.reads())
          .allSatisfy(
              read ->
                  assertThat(
                          Signals.names().contains(read) || profile.lines().values().contains(read))
                      .as("%s reads %s", name, read)
                      .isTrue());
    }
  }

  @Test
  void mistakesOfAProfileAreToldAtOnceWithTheirLines() {
    String yaml =
        """
        rules:
          en:
            - {reason: words, signal: wrds, min: 5, source: mine}
            - {signal: words, min: 5, max: 3, source: mine}
            - signal: sentences
              min: 2
            - {signal: lines, source: mine}
            - {signal: quality, min: 0.5, sorce: mine, source: mine}
          english: []
        """;
    assertThatThrownBy(() -> ProfileReader.read("my.yaml", "my.yaml", yaml, Set.of("quality")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            my.yaml:3: rules.en.0.signal is wrds, must be a signal (docs/curation-filters.md), language_score or a value of the configured scores, of lines or of lists (quality)
            my.yaml:4: rules.en.1.min is 5.0 and max is 3.0 in rule words, min must be at most max
            my.yaml:5: rules.en.2.source is missing
            my.yaml:7: rules.en.3.min and max are both missing in rule lines, which then drops nothing; give one of them
            my.yaml:8: unknown key rules.en.4.sorce; known here: signal, reason, min, max, source
            my.yaml:9: rules.english is no language that documents are found to be in; en, zh, zh-Hant, yue and other codes of ISO 639 are, and "*" is for all others"""
                .replace("\n", System.lineSeparator()));
    assertThatThrownBy(() -> ProfileReader.read("my.yaml", "my.yaml", "rule: {}", Set.of()))
        .hasMessageContaining("rules is missing");
  }

  @Test
  void scoresAndTheCertaintyOfTheLanguageAreReadAsSignals() {
    Profile profile =
        ProfileReader.read(
            "my.yaml",
            "my.yaml",
            """
            rules:
              "*":
                - {signal: quality, min: 0.5, source: mine}
                - {reason: doubtful, signal: language_score, min: 0.6, source: mine}
            """,
            Set.of("quality"));
    Map<String, Double> measured = Map.of("quality", 0.4, "language_score", 0.5);
    assertThat(profile.judge(measured::get, "en"))
        .isEqualTo(Verdict.drop("quality", "quality", 0.4, 0.5));
    assertThat(profile.judge(name -> name.equals("quality") ? Double.NaN : 0.5, "en").reason())
        .isEqualTo("doubtful");
  }

  @Test
  void whatIfChangesBoundsOrTheWholeProfile() {
    Profile gristmill = Profiles.named("gristmill");
    Profile gopher = changed(gristmill, "gopher.min-words=30");
    assertThat(gopher.name()).isEqualTo("gopher");
    assertThat(bounds(gopher, "en", "words")).containsExactly(30.0, 100_000.0);
    assertThat(bounds(gopher, "*", "words")).containsExactly(30.0, 100_000.0);
    Profile two = changed(gristmill, "en.words.min=20", "mean-word-length.max=9");
    assertThat(bounds(two, "en", "words")).containsExactly(20.0, 100_000.0);
    assertThat(bounds(two, "zh", "words")).containsExactly(50.0, 100_000.0);
    assertThat(bounds(two, "zh", "mean_word_length")).containsExactly(1.0, 9.0);
    assertThat(changed(gristmill, "short_lines=off").rulesOf("en"))
        .hasSize(gristmill.rulesOf("en").size() - 1);
    assertThat(changed(gristmill, "map-cc")).isEqualTo(Profiles.named("map-cc"));
    assertThatThrownBy(() -> changed(gristmill, "gopher.min-wrds=30"))
        .hasMessageStartingWith(
            "what-if is gopher.min-wrds=30, but no rule of gopher has the reason wrds; there are alphabetic_words, bullet_lines,");
    assertThatThrownBy(() -> changed(gristmill, "words=30"))
        .hasMessage(
            "what-if is words=30, must say which bound: words.min, words.max, or words=off");
    assertThatThrownBy(() -> changed(gristmill, "words.min=many"))
        .hasMessage("what-if is words.min=many, must end in a number");
    assertThatThrownBy(() -> changed(gristmill, "gofer"))
        .hasMessageStartingWith("what-if is gofer, must be a profile or a changed bound");
  }

  private static Profile changed(Profile profile, String... changes) {
    return ProfileChange.changed(profile, List.of(changes), Profiles::named);
  }

  private static List<Double> bounds(Profile profile, String language, String reason) {
    return profile.rulesOf(language).stream()
        .filter(rule -> rule.reason().equals(reason))
        .flatMap(rule -> Stream.of(rule.min(), rule.max()))
        .toList();
  }

  private static Verdict judge(String profile, String text, String language) {
    return Profiles.named(profile).judge(Signals.measure(text, language)::value, language);
  }
}
