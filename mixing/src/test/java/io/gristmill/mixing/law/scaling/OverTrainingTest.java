package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawData;
import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverTrainingTest {
  /** The models of a training set by name and multiple of 20 tokens a parameter. */
  private static Map<String, LawData.Row> overTrained(String dataset) {
    return LawData.rows("overtraining-models").stream()
        .filter(row -> row.text("dataset").equals(dataset))
        .collect(
            Collectors.toMap(
                row -> row.text("model") + "-" + row.number("chinchilla_multiplier"),
                Function.identity(),
                (one, other) -> one));
  }

  private static Observation observation(LawData.Row row) {
    return new Observation(
        row.number("loss_c4_val"), row.number("params"), row.number("M_tokens_per_param"));
  }

  @ParameterizedTest
  @CsvSource({
    "rpj, 166.21, 366.69, -.27285, 1.83665, 32.0, .71, .73",
    "c4_original, 113.69, 189.52, -.24247, 1.50826, 0, 0, 4.30",
    "rw_original, 125.10, 246.21, -.25439, 1.73446, 16.0, .01, 1.62"
  })
  @Tag("shared")
  void overTrainedModelsArePredictedFromFiveSmallOnes(
      String dataset,
      double alpha,
      double beta,
      double b,
      double e,
      double multiple,
      double errorOfOne,
      double errorOfSeven) {
    Map<String, LawData.Row> models = overTrained(dataset);
    List<Observation> small =
        List.of(
                "d=96_l=8_h=4-1.0",
                "d=512_l=8_h=4-1.0",
                "d=576_l=24_h=8-1.0",
                "d=1024_l=24_h=8-1.0",
                "d=96_l=8_h=4-16.0")
            .stream()
            .map(models::get)
            .map(OverTrainingTest::observation)
            .toList();
    Fit fit = OverTraining.LAW.fit(small);
    double ofSeven = error(fit, models.get("open_lm_7b-1.0"));
    double ofOne = multiple > 0 ? error(fit, models.get("open_lm_1b-" + multiple)) : 0;
    LawTable.row(
        "Over-training, %s: alpha, beta, b, E; error at 7B%s in %%"
            .formatted(dataset, multiple > 0 ? ", 1B" : ""),
        "%s%s, %s, %s, %s; %s%s"
            .formatted(
                dataset.equals("rpj")
                    ? "errors published, rest worked out before: "
                    : "worked out before: ",
                alpha,
                beta,
                b,
                e,
                errorOfSeven,
                multiple > 0 ? ", " + errorOfOne : ""),
        "%.2f, %.2f, %.5f, %.5f; %.2f%s"
            .formatted(
                fit.value("alpha"),
                fit.value("beta"),
                fit.value("b"),
                fit.value("E"),
                ofSeven,
                multiple > 0 ? ", %.2f".formatted(ofOne) : ""));
    assertThat(fit.value("alpha")).isCloseTo(alpha, withinPercentage(0.5));
    assertThat(fit.value("beta")).isCloseTo(beta, withinPercentage(0.5));
    assertThat(fit.value("b")).isCloseTo(b, within(1e-4));
    assertThat(fit.value("E")).isCloseTo(e, within(1e-3));
    assertThat(ofSeven).isCloseTo(errorOfSeven, within(0.01));
    assertThat(ofOne).isCloseTo(errorOfOne, within(0.01));
  }

  /** How far the prediction is off, in percent. */
  private static double error(Fit fit, LawData.Row row) {
    Observation large = observation(row);
    double predicted =
        fit.reaching("parameters", large.inputs()[0])
            .reaching("tokens per parameter", large.inputs()[1])
            .predict(large.inputs());
    return 100 * Math.abs(predicted / large.value() - 1);
  }
}
