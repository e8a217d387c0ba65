package io.gristmill.curation.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.line.LineRule.Bound;
import io.gristmill.curation.line.LineRule.Phrases;
import io.gristmill.curation.line.LineRule.Place;
import io.gristmill.curation.line.LineRule.Removes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineEditorTest {
  @Test
  void textWithoutRulesComesBackAsItIs() {
    String text = "  a\r\n\n\n\nb \n";
    Edited edited = new LineEditor(LineEdits.NONE).edit(text, "en");
    assertThat(edited.text()).isSameAs(text);
    assertThat(edited.removed()).isEmpty();
  }

  @Test
  void charactersThatGoAreCountedByReasonWithTheirLineEnds() {
    Edited edited =
        editor(
                Bound.atMost(0.5, LineMeasure.UPPERCASE_SHARE, "uppercase", "test"),
                Bound.atLeast(2, LineMeasure.WORDS, "few_words", "test"))
            .edit("BUY NOW\nThis line stays.\nMenu\r\n你好，世界。", "en");
    assertThat(edited.text()).isEqualTo("This line stays.\n你好，世界。");
    assertThat(edited.removed()).isEqualTo(Map.of("uppercase", 8, "few_words", 6));
    assertThat(edited.removedShare("uppercase")).isEqualTo(8.0 / 37);
    assertThat(edited.removedShare("other")).isZero();
    assertThat(edited.removedWords()).isEqualTo(3);
    assertThat(edited.wordRemovalShare(5)).isEqualTo(3.0 / 8);
  }

  @Test
  void firstRuleThatHitsTakesTheLine() {
    Edited edited =
        editor(
                Bound.atLeast(5, LineMeasure.WORDS, "first", "test"),
                Bound.atMost(0.1, LineMeasure.UPPERCASE_SHARE, "second", "test"))
            .edit("BUY NOW\nHere are five words, surely.", "en");
    assertThat(edited.removed()).containsOnlyKeys("first");
  }

  @Test
  void rulesAreThoseOfTheTagThenOfTheLanguageThenOfAll() {
    var editor =
        new LineEditor(
            new LineEdits(
                false,
                false,
                LineEdits.ANY,
                Map.of(
                    "zh-Hant", List.of(whole("tag")),
                    "zh", List.of(whole("language")),
                    "*", List.of(whole("all")))));
    assertThat(editor.edit("x\n好", "zh-Hant").removed()).containsOnlyKeys("tag");
    assertThat(editor.edit("x\n好", "zh-Hans").removed()).containsOnlyKeys("language");
    assertThat(editor.edit("x\n好", "fr").removed()).containsOnlyKeys("all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "他说：“你好。”",
        "「走吧。」",
        "真的吗？",
        "等等……",
        "《论语》有云：学而时习之，不亦说乎？）",
        "He said so.",
        "\"Quotation\"",
        "Fin.”"
      })
  void linesThatEndSentencesInBothLanguagesAreTerminated(String text) {
    assertThat(line(text).terminated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"首页 新闻 体育", "Home | News", "标题：", "a list, of", "(bracket)"})
  void menusAndTitlesAreNotTerminated(String text) {
    assertThat(line(text).terminated()).isFalse();
  }

  @Test
  void chineseEllipsisIsPunctuationAndTheOthersBreakOff() {
    assertThat(line("他走了……").brokenOff()).isFalse();
    assertThat(line("阅读全文…").brokenOff()).isTrue();
    assertThat(line("阅读全文...").brokenOff()).isTrue();
    assertThat(line("后来。。。").brokenOff()).isTrue();
    assertThat(line("Fin.").brokenOff()).isFalse();
    assertThat(line("…").brokenOff()).isTrue();
  }

  @Test
  void chineseSentenceIsNotOneLongWord() {
    String sentence = "学习".repeat(600);
    assertThat(line(sentence).longestWord()).isZero();
    assertThat(line(sentence + "a".repeat(1001)).longestWord()).isEqualTo(1001);
  }

  @ParameterizedTest
  @CsvSource({"我们今天去北京大学, 3", "one two three, 3", "one, 3", "'好 --- !!!', 3"})
  void wordsAreCountedAsFarAsTheBoundNeeds(String text, int enough) {
    int all = line(text).words(Integer.MAX_VALUE / 16);
    assertThat(Math.min(enough, line(text).words(enough))).isEqualTo(Math.min(enough, all));
    String longer = (text + "，").repeat(200);
    assertThat(line(longer).words(enough)).isGreaterThanOrEqualTo(enough);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 likes",
        "3,000 Shares",
        "(10M views)",
        " 5.1M   comments  ",
        "阅读 3.2万",
        "阅读(1024)",
        "浏览次数：1,024",
        "12人点赞",
        "3.5万次播放",
        "1024阅读",
        "5条评论",
        "評論 12",
        "10万+阅读"
      })
  void countersAreFoundInBothLanguages(String text) {
    assertThat(Counter.is(line(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello, World with 3 views.",
        "3 apples",
        "views",
        "2024",
        "阅读了三本书",
        "他评论了3部电影",
        "第12条",
        "FOLLOWERS | 4",
        "0 share/",
        "1024"
      })
  void proseWithNumbersIsNoCounter(String text) {
    assertThat(Counter.is(line(text))).isFalse();
  }

  @Test
  void phrasesAreFoundWhereTheRuleSays() {
    String page = "下一篇：春天\n春天的下一篇文章。\n下一篇\n  » 下一篇 «\nNEXT POST";
    assertThat(phrases(Place.START, "下一篇").edit(page, "zh").text())
        .isEqualTo("春天的下一篇文章。\n  » 下一篇 «\nNEXT POST");
    assertThat(phrases(Place.WHOLE, "下一篇", "Next post").edit(page, "zh").text())
        .isEqualTo("下一篇：春天\n春天的下一篇文章。");
    assertThat(phrases(Place.ANYWHERE, "下一篇").edit(page, "zh").text()).isEqualTo("NEXT POST");
    assertThat(phrases(Place.END, "post").edit(page, "zh").text()).doesNotContain("NEXT");
  }

  @Test
  void longLinesThatDiscussAPhraseStay() {
    var editor =
        editor(new Phrases("policy", List.of("隐私政策"), Place.ANYWHERE, 6, Removes.LINE, "test"));
    String prose = "该公司去年修改了隐私政策，监管部门要求它向全体用户说明所收集的个人信息。";
    assertThat(editor.edit("关于我们 隐私政策\n" + prose, "zh").text()).isEqualTo(prose);
  }

  @Test
  void repeatedLinesGoButTheFirst() {
    var editor = editor(Bound.atMost(0, LineMeasure.REPEATS, "repeated", "test"));
    assertThat(editor.edit("Menu\nProse here.\n menu \nEnd.\nMENU", "en").text())
        .isEqualTo("Menu\nProse here.\nEnd.");
  }

  @Test
  void patternsTakeLines() {
    var editor = editor(new LineRule.Pattern("icp", "ICP[备證备]+\\d{6,}号", "test"));
    assertThat(editor.edit("正文。\n京ICP备12345678号-1", "zh").text()).isEqualTo("正文。");
    assertThatThrownBy(() -> new LineRule.Pattern("ahead", "a(?=b)", "test"))
        .hasMessageContaining("pattern of line rule ahead is a(?=b), which is no expression of RE2")
        .hasMessageContaining("look-around");
  }

  @Test
  void citationsGoInBothLanguages() {
    var editor = new LineEditor(new LineEdits(true, false, LineEdits.ANY, Map.of()));
    Edited edited = editor.edit("历史[编辑]\n据统计[12][13]，人口增长[来源请求]。See[3] it [edit] now.", "zh");
    assertThat(edited.text()).isEqualTo("历史\n据统计，人口增长。See it now.");
    assertThat(edited.removed()).containsOnlyKeys("citation");
  }

  @Test
  void linksGoBesideChineseAndLinesOfLinksGoWhole() {
    var editor = new LineEditor(new LineEdits(false, true, LineEdits.ANY, Map.of()));
    String text =
        "请访问https://example.com/a?b=1，谢谢。\nwww.example.com\n见（http://example.com/x_(y)）。\n邮箱 a@example.com/x 与 node.js 保留";
    assertThat(editor.edit(text, "zh").text())
        .isEqualTo("请访问，谢谢。\n见（）。\n邮箱 a@example.com/x 与 node.js 保留");
  }

  @Test
  void blankLinesCollapseAlsoWhereALineWent() {
    var editor =
        new LineEditor(new LineEdits(false, false, 1, Map.of("*", List.of(whole("gone")))));
    assertThat(editor.edit("a\n\nx\n\nb\n \n\n\nc", "en").text()).isEqualTo("a\n\nb\n \nc");
  }

  @Test
  void pageOfBoilerplateBecomesEmpty() {
    assertThat(editor(whole("gone")).edit("x\n\nx\n", "en").text()).isEmpty();
  }

  @Test
  void rulesSayWhatIsWrong() {
    assertThatThrownBy(() -> LineMeasure.named("length"))
        .hasMessageContaining("measure is length, must be one of characters, words");
    assertThatThrownBy(() -> new Bound("r", LineMeasure.WORDS, 2, 1, "test"))
        .hasMessage("min is 2.0 and max is 1.0 in line rule r, min must be at most max");
    assertThatThrownBy(() -> phrases(Place.START, " ")).hasMessageContaining("none of them blank");
    assertThatThrownBy(() -> new LineEdits(false, false, -1, Map.of()))
        .hasMessageContaining("most-blank-lines is -1");
  }

  private static LineEditor editor(LineRule... rules) {
    return new LineEditor(new LineEdits(false, false, LineEdits.ANY, Map.of("*", List.of(rules))));
  }

  private static LineRule whole(String reason) {
    return new Phrases(reason, List.of("x"), Place.WHOLE, Phrases.ANY_LENGTH, Removes.LINE, "test");
  }

  private static LineEditor phrases(Place place, String... phrases) {
    return editor(
        new Phrases("phrase", List.of(phrases), place, Phrases.ANY_LENGTH, Removes.LINE, "test"));
  }

  private static Line line(String text) {
    int[] page = text.strip().codePoints().toArray();
    return new Line(page, PhraseSet.lower(page), 0, page.length, 0);
  }
}
