package io.gristmill.curation.decontamination;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The evaluation sets of a run, read and indexed.
 *
 * @param sets in the order of the configuration
 */
record EvaluationSets(ItemIndex index, List<EvaluationSet> sets) {
  EvaluationSets {
    sets = List.copyOf(sets);
  }

  /**
   * Reads every set twice: first to learn which n-grams are common, then to index the items.
   *
   * @throws IllegalArgumentException naming file and line of an item that cannot be read
   */
  static EvaluationSets read(SparkSession session, DecontaminationConfig config) {
    var common = new CommonGrams.Counting(NGrams.of(config));
    for (EvaluationConfig evaluation : config.evaluations()) {
      EvaluationFiles.read(session, evaluation, common::add);
    }
    var index = new ItemIndex.Builder(config, common.counted());
    List<EvaluationSet> sets = new ArrayList<>();
    for (EvaluationConfig evaluation : config.evaluations()) {
      int number = sets.size();
      var counting = new EvaluationSet.Counting(evaluation.name());
      EvaluationFiles.read(
          session, evaluation, item -> counting.add(item, index.add(number, item)));
      sets.add(counting.counted());
    }
    return new EvaluationSets(index.build(), sets);
  }
}
