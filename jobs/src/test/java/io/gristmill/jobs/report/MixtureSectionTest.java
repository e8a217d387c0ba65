package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.jobs.report.data.Blend;
import io.gristmill.jobs.report.data.Blend.Component;
import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.ReportData;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureSectionTest {
  @Test
  void phasesAndWhatRepeatsAreWorthAreShown() {
    var blend =
        new Blend(
            100,
            0,
            100_000,
            8,
            List.of(new Blend.Phase(0.9, 900), new Blend.Phase(0.1, 100)),
            List.of(
                new Component("*", "en", 0.65, 8, 645, List.of(630L, 15L), 64_500, 1),
                new Component("textbook", "zh*", 0.35, 2, 355, List.of(270L, 85L), 8_875, 4)),
            List.of(new Blend.Entropy("*/en", 0.65, 4.1234, 0.117, 64_500)),
            List.of());
    String text = page(blend);
    assertThat(text).contains("phase 1", "90 %", "90,000", "70 %", "30 %");
    assertThat(text).contains("English", "textbook · Chinese").doesNotContain("textbook/zh*");
    assertThat(text).contains("phase 2", "10,000", "15 %", "85 %");
    // four epochs are worth 3.73 and the fifth 0.80
    assertThat(text).contains("worth in new text", "3.73", "0.80");
    assertThat(text).contains("weights by entropy", "*/en", "4.123", "0.12", "64,500", "65 %");
    assertThat(text).contains("line: the cap").doesNotContain("the cap of");
  }

  @Test
  void aRunOfOneRatioHasNoPhases() {
    var blend =
        new Blend(
            100,
            0,
            1000,
            8,
            List.of(),
            List.of(new Component("*", "en", 1, 8, 10, List.of(), 1000, 1)),
            List.of(),
            List.of());
    assertThat(page(blend)).doesNotContain("phase 1", "by entropy").contains("the cap of 8");
  }

  @Test
  void sharesThatChangedAsTheTrainingWentAreDrawnOverItsSteps() {
    var blend =
        new Blend(
            100,
            0,
            1000,
            8,
            List.of(),
            List.of(new Component("*", "en", 0.5, 8, 10, List.of(), 1000, 1)),
            List.of(),
            List.of());
    var history =
        new History(
            History.none().setup(),
            List.of(new History.Step(40, 4000, 2, 1e-3, 1, 100, 1, List.of())),
            List.of(),
            List.of(),
            List.of(
                new History.Change(
                    0,
                    List.of(
                        new History.Weight("*", "en", 0.5, 0.5),
                        new History.Weight("news", "zh*", 0.5, 0.5))),
                new History.Change(
                    20,
                    List.of(
                        new History.Weight("*", "en", 0.25, 0.38),
                        new History.Weight("news", "zh*", 0.75, 0.62)))),
            List.of());
    assertThat(page(blend, history))
        .contains("Online mixing", "*/en, on average 38 %", "news/zh*, on average 62 %");
    assertThat(page(blend)).doesNotContain("Online mixing");
  }

  private static String page(Blend blend) {
    return page(blend, History.none());
  }

  private static String page(Blend blend, History history) {
    ReportData none = ReportData.none("run");
    return new PageXml(
            ReportPage.render(
                new ReportData(
                    none.name(),
                    none.funnel(),
                    none.contaminations(),
                    none.skew(),
                    none.tokenizer(),
                    none.corpus(),
                    blend,
                    history,
                    none.scores(),
                    none.generations(),
                    List.of(),
                    List.of(),
                    List.of())))
        .text();
  }
}
