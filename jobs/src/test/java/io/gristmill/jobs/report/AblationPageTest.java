package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.jobs.ablation.AblationResult;
import io.gristmill.jobs.ablation.MixtureAblation;
import io.gristmill.jobs.ablation.MixtureSize;
import io.gristmill.jobs.ablation.RatioAblation;
import io.gristmill.jobs.ablation.RatioSize;
import io.gristmill.jobs.ablation.SizeResult;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.MixtureAnalysis;
import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.RatioAnalysis;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.mixing.ablation.RatioMeasure;
import io.gristmill.mixing.ablation.SizeLaw;
import io.gristmill.mixing.ablation.Trial;
import io.gristmill.mixing.mixture.Weight;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class AblationPageTest {
  private static final RatioDesign DESIGN =
      new RatioDesign("docs", List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), List.of(0.5), List.of(1L, 2L));

  @Test
  void theAnswerTheCurvesAndTheCautionsAreThere() {
    String html = AblationPage.render(result(DESIGN.ratios()));
    assertThat(new PageXml(html).elements("h2"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "The answer", "small by ratio", "small over tokens", "small laws", "Trainings");
    assertThat(html)
        .contains("general loss at most 0.05 nats above before")
        .contains("turning points")
        .contains("1 size: no law of the size follows")
        .contains("foretold")
        .doesNotContain("NaN")
        .doesNotContain("<script>alert");
  }

  @Test
  void withoutLawsTheMeasurementsAreShownAllTheSame() {
    String html = AblationPage.render(result(List.of(0.0, 0.4, 1.0)));
    assertThat(new PageXml(html).text())
        .contains("has no law")
        .contains("No laws, so no predictions.");
  }

  @Test
  void theSameResultGivesTheSameBytes() {
    assertThat(AblationPage.render(result(DESIGN.ratios())))
        .isEqualTo(AblationPage.render(result(DESIGN.ratios())));
  }

  @Test
  void mixturesHaveTheirAdviceToPaste() {
    String html = AblationPage.render(mixtures());
    assertThat(new PageXml(html).elements("h2"))
        .extracting(Element::getTextContent)
        .containsExactly("small: the answer", "small by mixture", "Trainings");
    assertThat(new PageXml(html).text())
        .contains("- {domain: \"web\", language: \"zh*\", weight: 0.")
        .contains("foretold mixture 1")
        .contains("one seed")
        .doesNotContain("NaN");
  }

  private static AblationResult mixtures() {
    List<Weight> lines = List.of(new Weight("web", "en", 0.6), new Weight("web", "zh*", 0.4));
    var design = new MixtureDesign(8, 3, List.of(), List.of(1L), 5);
    List<Double> most = List.of(1.0, 1.0);
    List<Measure> measures =
        design.trials("small", lines, most).stream().map(own -> end(own)).toList();
    List<Trial> foretold = design.foretold("small", lines, most);
    return new MixtureAblation(
        "mixtures",
        design,
        lines,
        1,
        List.of(
            new MixtureSize(
                "small",
                800_000,
                "random weights",
                List.of(100L, 50L),
                MixtureAnalysis.of(
                    "small", lines, List.of(0.6, 0.4), List.of(), measures, foretold, 20, 1),
                measures,
                foretold.stream().map(own -> end(own)).toList(),
                List.of())));
  }

  private static Measure end(Trial trial) {
    double english = trial.weights().getFirst();
    return new Measure(
        trial, 1000, List.of(2 + Math.exp(-2 * english), 2 + Math.exp(-2 * (1 - english))));
  }

  private static AblationResult result(List<Double> ratios) {
    List<RatioMeasure> measures = new ArrayList<>();
    for (long seed : DESIGN.seeds()) {
      ratios.forEach(ratio -> measures.addAll(measures(ratio, seed)));
    }
    List<RatioMeasure> foretold =
        DESIGN.seeds().stream().flatMap(seed -> measures(0.5, seed).stream()).toList();
    Losses before = new Losses(4, 5);
    return new RatioAblation(
        "<script>alert(1)</script>",
        DESIGN,
        6,
        List.of(
            new RatioSize(
                "small",
                800_000,
                "a trunk",
                100_000,
                50_000,
                RatioAnalysis.of(
                    "small",
                    List.of(before),
                    List.of(0.01, 0.05),
                    measures,
                    DESIGN.predicted(),
                    50,
                    1),
                measures,
                foretold,
                List.of(
                    new SizeResult.Finished(
                        "small, R 0.2", 6000, 1.5, "folder", "0123456789abcdef")))),
        SizeLaw.of(List.of(), 1, 50, 1));
  }

  private static List<RatioMeasure> measures(double ratio, long seed) {
    var measures = new ArrayList<RatioMeasure>();
    for (int i = 1; i <= 6; i++) {
      double general = (0.2 * ratio * ratio - 0.01) * i / 6 + 1e-3 * seed;
      double domain = -ratio * Math.sqrt(i / 6.0);
      measures.add(new RatioMeasure(ratio, seed, 1000L * i, new Losses(4 + general, 5 + domain)));
    }
    return measures;
  }
}
