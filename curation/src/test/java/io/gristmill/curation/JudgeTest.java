package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.document.Document;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Edited;
import io.gristmill.curation.filter.Signal;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.filter.TextEdit;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static final CurationConfig USUAL = CurationConfig.of(List.of(SourceConfig.of("/in")));
  private final Judge judge = new Judge(USUAL, List.of(), Lists.none(), List.of());

  @Test
  void aPageIsMeasuredAndItsTextKeptForTheRulesToDecide() {
    Document document = judge.judge(page("Too short to be of use."), "web");
    assertThat(document.outcome()).isEqualTo(Outcome.KEPT);
    assertThat(document.language().tag()).isEqualTo("en");
    assertThat(document.signals()).hasSameSizeAs(Signals.names());
    assertThat(document.text()).contains("Too short to be of use.");
    assertThat(document.textBytes()).isEqualTo(23);
    assertThat(document.removed()).isEmpty();
  }

  @Test
  void aPageInALanguageThatIsNotAcceptedSaysWhichShareIsInThose() {
    Document document =
        accepting("en", "zh-Hans").judge(page("Мельник носит мешки с зерном. A sack."), "web");
    assertThat(document.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(document.stage()).isEqualTo(Stage.FILTER);
    assertThat(document.cause().reason()).isEqualTo("language");
    assertThat(document.cause().signal()).isEqualTo("accepted_language_share");
    assertThat(document.cause().value()).isBetween(0.1, 0.3);
    assertThat(document.cause().threshold()).isEqualTo(0.7);
    assertThat(document.signals()).hasSameSizeAs(Signals.names());
    assertThat(document.text()).isEmpty();
    assertThat(
            accepting("ru")
                .judge(
                    page("Мельник каждый вечер носит мешки с зерном по узкой лестнице наверх."),
                    "web")
                .outcome())
        .isEqualTo(Outcome.KEPT);
  }

  @Test
  void editsComeBeforeEverythingIsMeasuredAndAreCounted() {
    TextEdit menus =
        (text, language) ->
            new Edited(text.replace("Home\n", ""), new TreeMap<>(Map.of("menu", 5)), 1);
    TextEdit notices =
        (text, language) ->
            new Edited(
                text.replace("All rights reserved.", ""),
                new TreeMap<>(Map.of("notice", 20, "menu", 1)),
                3);
    var editing = new Judge(USUAL, List.of(menus, notices), Lists.none(), List.of());
    Document document = editing.judge(page("Home\nA sack of grain.All rights reserved."), "web");
    assertThat(document.text()).contains("A sack of grain.");
    assertThat(document.removed()).isEqualTo(Map.of("menu", 6, "notice", 20));
    assertThat(document.signals().get(Signals.names().indexOf(Signal.CHARACTERS.key())))
        .isEqualTo(16);
    assertThat(document.scores())
        .isEqualTo(
            Map.of(
                "word_removal_share", 4.0 / 8,
                "removed_menu_share", 6.0 / 42,
                "removed_notice_share", 20.0 / 42));
    Document emptied = editing.judge(page("Home\nAll rights reserved."), "web");
    assertThat(emptied.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(emptied.cause().reason()).isEqualTo("emptied");
  }

  @Test
  void whatIsNotADocumentIsRejectedWhereItWasRead() {
    Document document =
        judge.judge(new Skip("ab", "http://x/", "a.warc@0", "not_html", "image/png"), "web");
    assertThat(document.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(document.stage()).isEqualTo(Stage.READ);
    assertThat(document.cause().reason()).isEqualTo("not_html");
    assertThat(document.cause().detail()).isEqualTo("image/png");
  }

  @Test
  void aFailureHasAnIdOfItsPlace() {
    var failure = new Failure("a.warc@7", "record_malformed", "no header", 12);
    Document document = judge.judge(failure, "web");
    assertThat(document.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(document.id()).matches("[0-9a-f]{32}");
    assertThat(judge.judge(failure, "web").id()).isEqualTo(document.id());
  }

  @Test
  void marksStayInTheWidthThatTheyHave() {
    String text = "他问：“磨坊（旧的）在哪里？”——在桥边，“ｔｈｅ　ｍｉｌｌ”，１２袋…… (half-width, too)";
    assertThat(judge.judge(page(text), "web").text()).contains(text);
  }

  /** No text ends a task, and each is kept or gone for a reason, in time that its length allows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\ud800",
        "\udc00\ud800 磨坊",
        "e\u0301\u0301\u0301\u0301\u0301\u0301",
        "\u202e\u2066\u200d\ufeff",
        "{[(<\"'",
        "\n",
        "\r\u2028\u2029\u0085",
        ".",
        "a",
        "磨",
        "1",
        "@a.b",
        "http://",
        "😀\u200d🏽",
        "\uffff\ufdd0\ue000",
        "磨坊mill"
      })
  void noTextEndsATask(String unit) {
    for (int times : new int[] {1, 7, 10_000}) {
      Document document = judge.judge(page(unit.repeat(times)), "web");
      assertThat(document.outcome()).isIn(Outcome.KEPT, Outcome.REJECTED);
      if (document.outcome() == Outcome.REJECTED) {
        assertThat(document.cause().reason()).isNotBlank();
      }
    }
  }

  private static Judge accepting(String... languages) {
    return new Judge(
        new CurationConfig(
            USUAL.sources(),
            USUAL.profile(),
            List.of(languages),
            List.of(),
            false,
            USUAL.decontamination(),
            USUAL.duplicates(),
            USUAL.passages(),
            USUAL.rejectedText(),
            USUAL.redaction(),
            USUAL.removals(),
            USUAL.perHost()),
        List.of(),
        Lists.none(),
        List.of());
  }

  private static Page page(String text) {
    return new Page(
        "0123456789abcdef0123456789abcdef",
        "",
        "a@1",
        Optional.empty(),
        "",
        text,
        "",
        "",
        "",
        Optional.empty(),
        "",
        "",
        "");
  }
}
