package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.document.Document;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.Stage;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private final Judge judge = new Judge(CurationConfig.of(List.of(SourceConfig.of("/in"))));

  @Test
  void aRejectedPageKeepsEverySignalAndSaysWhy() {
    Document document = judge.judge(page("Too short to be of use."), "web");
    assertThat(document.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(document.stage()).isEqualTo(Stage.FILTER);
    assertThat(document.language().tag()).isEqualTo("en");
    assertThat(document.signals()).hasSameSizeAs(Signals.names());
    assertThat(document.cause().signal()).isNotEmpty();
    assertThat(document.text()).isEmpty();
    assertThat(document.textBytes()).isEqualTo(23);
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
        "");
  }
}
