package io.gristmill.tokenization.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.tokenization.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VocabularyLawTest {
  private static final VocabularyLaw LAW = VocabularyLaw.published();
  private static final CompressionCurve ENGLISH = CompressionCurve.english();

  /** The compute that suits a model of N parameters: N = exp(-2.4847) C^.5 (approach 1). */
  private static double suitable(double parameters) {
    return Math.pow(parameters / Math.exp(-2.4846510161625193), 2);
  }

  @Test
  void givesThePublishedOptimaOfThreeBillion() {
    // 39K, 43K and 37K by the three approaches, at 3B and hidden size 3200.
    double compute = suitable(3e9);
    assertThat(VocabularyLaw.vocabularyParametersForCompute(compute) / 3200)
        .isEqualTo(39_000, within(500.0));
    assertThat(VocabularyLaw.vocabularyParametersForModel(3e9) / 3200)
        .isEqualTo(43_000, within(500.0));
    assertThat(LAW.optimum(3e9, 3200, compute)).isEqualTo(37_000, within(500.0));
  }

  @Test
  void givesThePublishedOptimaWhereTheTextIsTooLittleOrPlenty() {
    // At 302M: 16K when the compute suits the model, 10K at a fifth of it, 24K at 4 to 5 times.
    double compute = suitable(302e6);
    assertThat(LAW.optimum(302e6, 1024, compute)).isEqualTo(16_000, within(500.0));
    assertThat(LAW.optimum(302e6, 1024, compute / 5)).isEqualTo(10_000, within(500.0));
    assertThat(LAW.optimum(302e6, 1024, 4.5 * compute)).isEqualTo(24_000, within(500.0));
  }

  @Test
  void theOptimumHasTheLeastLossOfItsCompute() {
    double best = LAW.optimum(302e6, 1024, 1e19);
    double least = loss(302e6, 1024, best, 1e19);
    for (double factor : new double[] {0.5, 0.9, 0.99, 1.01, 1.1, 2}) {
      assertThat(loss(302e6, 1024, factor * best, 1e19)).as("%s", factor).isGreaterThan(least);
    }
  }

  private static double loss(double parameters, int hiddenSize, double size, double compute) {
    double tokens = compute / VocabularyLaw.compute(parameters, hiddenSize, size, 1);
    return LAW.loss(parameters, size * hiddenSize, tokens);
  }

  @Test
  void theOptimumForATextIsTheOptimumOfItsOwnCompute() {
    double best = LAW.optimumFor(302e6, 1024, 2e10, ENGLISH);
    double tokens = 2e10 * ENGLISH.tokensPerCharacter(best);
    double compute = VocabularyLaw.compute(302e6, 1024, best, tokens);
    assertThat(LAW.optimum(302e6, 1024, compute)).isCloseTo(best, Percentage.withPercentage(1e-6));
  }

  @Test
  void theCheapestSizeIsWhereTheDerivativeOfComputeIsZero() {
    // searched_Vopt of the authors' program for 33M, hidden size 512: 10322
    assertThat(VocabularyLaw.cheapest(33e6, 512, ENGLISH))
        .isCloseTo(10_322.0, Percentage.withPercentage(0.1));
  }

  @Test
  void saysWhatIsOutsideOfTheFit() {
    assertThat(VocabularyLaw.beyond(302e6, 1e19, 16_000)).isEmpty();
    assertThat(VocabularyLaw.beyond(10e6, 1e16, 2000))
        .containsExactly(
            "10.0 million parameters are outside of 33.0 to 1,130.0",
            "1.0e+16 operations are outside of 2.2e+17 to 4.4e+20",
            "2,000 tokens of vocabulary are outside of 4,096 to 96,256");
  }

  @Test
  void theFitFindsTheCurveThatPointsLieOn() {
    List<CompressionCurve.Point> points = new ArrayList<>();
    for (double size = 1024; size <= 262_144; size *= 2) {
      points.add(new CompressionCurve.Point(size, value(ENGLISH, size)));
    }
    CompressionCurve fitted = CompressionCurve.fit(points);
    assertThat(fitted.a()).isEqualTo(ENGLISH.a(), within(1e-12));
    assertThat(fitted.b()).isEqualTo(ENGLISH.b(), within(1e-11));
    assertThat(fitted.c()).isEqualTo(ENGLISH.c(), within(1e-10));
    assertThat(fitted.smallest()).isEqualTo(1024);
    assertThat(fitted.largest()).isEqualTo(262_144);
  }

  private static double value(CompressionCurve curve, double size) {
    double x = Math.log(size);
    return curve.a() * x * x + curve.b() * x + curve.c();
  }

  @Test
  void theCurveNeverRises() {
    double bottom = ENGLISH.tokensPerCharacter(1e6);
    assertThat(ENGLISH.tokensPerCharacter(1e7)).isEqualTo(bottom);
    assertThat(ENGLISH.tokensPerCharacter(1e5)).isGreaterThan(bottom);
  }

  @Test
  void aCurveNeedsThreeSizes() {
    var point = new CompressionCurve.Point(1000, 0.5);
    assertThatThrownBy(() -> CompressionCurve.fit(List.of(point, point, point)))
        .hasMessage("--sweep has 3 sizes, must have at least 3 different ones to fit a curve to");
  }

  /** A point of the authors' experiments. */
  private record Trained(
      double size,
      double hidden,
      double characters,
      double parameters,
      double compute,
      double loss) {
    double tokens() {
      return characters * ENGLISH.tokensPerCharacter(size);
    }
  }

  private static List<Trained> experiments() throws IOException {
    return Files.readAllLines(SharedData.root().resolve("laws/vocabulary-isoflop.csv")).stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(
            cells ->
                new Trained(
                    Double.parseDouble(cells[0]),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5])))
        .toList();
  }

  @Test
  @Tag("shared")
  void computeIsWhatTheExperimentsSay() throws IOException {
    for (Trained point : experiments()) {
      assertThat(
              VocabularyLaw.compute(
                  point.parameters(), (int) point.hidden(), point.size(), point.tokens()))
          .isCloseTo(point.compute(), Percentage.withPercentage(1e-4));
    }
  }

  @Test
  @Tag("shared")
  void theOptimumIsWhereTheExperimentsHaveTheirLeastLoss() throws IOException {
    // At the largest compute that all vocabulary sizes of a model reached, the bottom of a parabola
    // through the losses over ln V is within a factor of 1.7 of the law's optimum.
    Map<Double, List<Trained>> models =
        experiments().stream()
            .collect(Collectors.groupingBy(Trained::parameters, TreeMap::new, Collectors.toList()));
    assertThat(models).hasSize(6);
    models.forEach(
        (parameters, points) -> {
          Map<Double, List<Trained>> sizes =
              points.stream()
                  .collect(Collectors.groupingBy(Trained::size, TreeMap::new, Collectors.toList()));
          double compute =
              sizes.values().stream()
                  .mapToDouble(
                      own -> own.stream().mapToDouble(Trained::compute).max().orElseThrow())
                  .min()
                  .orElseThrow();
          List<CompressionCurve.Point> losses = new ArrayList<>();
          sizes.forEach(
              (size, own) -> losses.add(new CompressionCurve.Point(size, lossAt(own, compute))));
          CompressionCurve parabola = CompressionCurve.fit(losses);
          double bottom = Math.exp(-parabola.b() / (2 * parabola.a()));
          double optimum = LAW.optimum(parameters, (int) points.getFirst().hidden(), compute);
          assertThat(optimum / bottom).as("%.0f parameters", parameters).isBetween(1 / 1.7, 1.7);
        });
  }

  /** The loss at a compute, between the two points around it. */
  private static double lossAt(List<Trained> points, double compute) {
    List<Trained> sorted =
        points.stream().sorted(Comparator.comparingDouble(Trained::compute)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      Trained left = sorted.get(i - 1);
      Trained right = sorted.get(i);
      if (right.compute() >= compute) {
        double share =
            Math.log(compute / left.compute()) / Math.log(right.compute() / left.compute());
        return left.loss() + share * (right.loss() - left.loss());
      }
    }
    throw new IllegalArgumentException("%s is beyond the last point".formatted(compute));
  }
}
