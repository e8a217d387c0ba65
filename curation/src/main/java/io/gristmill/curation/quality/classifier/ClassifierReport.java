package io.gristmill.curation.quality.classifier;

import java.util.ArrayList;
import java.util.List;

/**
 * How a classifier does on the tenth of the examples that it has not seen in any way.
 *
 * @param trainingWanted texts that it was trained on
 * @param trainingUnwanted the same of the others
 * @param wanted texts that were held out
 * @param unwanted the same of the others
 * @param areaUnderRoc the chance that of two texts the wanted one has the higher score
 * @param cuts what thresholds keep
 */
public record ClassifierReport(
    long trainingWanted,
    long trainingUnwanted,
    long wanted,
    long unwanted,
    double areaUnderRoc,
    List<Cut> cuts) {

  /**
   * What a threshold does.
   *
   * @param threshold of the probability
   * @param precision wanted texts among those kept
   * @param recall of the wanted texts, those kept
   * @param falsePositives of the other texts, those kept
   */
  public record Cut(double threshold, double precision, double recall, double falsePositives) {}

  public ClassifierReport {
    cuts = List.copyOf(cuts);
  }

  /** Lines to read. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "trained on %,d wanted and %,d other texts; held out: %,d and %,d"
            .formatted(trainingWanted, trainingUnwanted, wanted, unwanted));
    lines.add("area under ROC %.4f".formatted(areaUnderRoc));
    lines.add("threshold  precision  recall  others kept");
    for (Cut cut : cuts) {
      lines.add(
          "%9.2f  %9.4f  %6.4f  %11.4f"
              .formatted(cut.threshold(), cut.precision(), cut.recall(), cut.falsePositives()));
    }
    return lines;
  }
}
