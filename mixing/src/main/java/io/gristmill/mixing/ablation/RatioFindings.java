package io.gristmill.mixing.ablation;

import java.util.List;

/**
 * What an ablation of ratios tells of one size of model.
 *
 * @param size its name
 * @param before losses that changes are counted from
 * @param tokens of each training
 * @param outcomes by rising ratio
 * @param general L = alpha R^s + beta of the general loss, over the ratios between 0 and 1
 * @param domain the same of the domain's loss
 * @param tolerated by rising tolerance
 * @param turns by rising ratio, over the ratios between 0 and 1
 * @param turned the largest ratio that has turned, or why there is none
 * @param predictions by rising ratio
 * @param cautions what the reader must know before believing the rest
 */
public record RatioFindings(
    String size,
    Losses before,
    long tokens,
    List<RatioOutcome> outcomes,
    LawOutcome general,
    LawOutcome domain,
    List<ToleratedRatio> tolerated,
    List<Turn> turns,
    Turned turned,
    List<Prediction> predictions,
    List<String> cautions)
    implements Findings {
  public RatioFindings {
    outcomes = List.copyOf(outcomes);
    tolerated = List.copyOf(tolerated);
    turns = List.copyOf(turns);
    predictions = List.copyOf(predictions);
    cautions = List.copyOf(cautions);
  }

  /** The critical ratio by turning points. */
  public sealed interface Turned {
    record Known(io.gristmill.mixing.law.ratio.CriticalRatio ratio) implements Turned {}

    record Unknown(String why) implements Turned {}
  }
}
