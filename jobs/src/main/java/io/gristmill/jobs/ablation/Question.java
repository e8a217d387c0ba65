package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Findings;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.Trial;
import java.util.List;

/**
 * What a design asks of its trainings: which there are, and what their losses mean.
 *
 * @param <F> what is found of a size
 * @param <S> the same with all that led to it
 */
interface Question<F extends Findings, S extends SizeResult> {
  /** The trainings of a size that laws are fitted to. */
  List<Trial> trials(String size);

  /** The trainings of a size that laws foretell. */
  List<Trial> foretold(String size);

  /** The weights of the lines in the trunk. */
  List<Double> trunk();

  /** What a trunk was, in words. */
  String trunkWords(long tokens);

  /** Whether the loss of a line, by its place, is needed. */
  boolean needs(int line);

  /** Losses of the lines, in a few words. */
  String words(List<Double> losses);

  /** How they changed, in a few words. */
  String change(List<Double> from, List<Double> to);

  /**
   * The findings of a size.
   *
   * @param before losses of the lines before the trainings; none where nothing was learnt before
   */
  F findings(String size, List<Double> before, List<Measure> measures);

  /** What the findings predict, a line for each mixture. */
  List<String> predictions(F findings);

  /** The result of a size. */
  S size(F findings, SizeTrainings trainings);

  /** The answer. */
  AblationResult answer(List<S> sizes);
}
