package io.gristmill.jobs.report.data;

import io.gristmill.curation.filter.Profile;
import io.gristmill.jobs.stage.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * All figures of a run's report; those of stages that did not run are empty.
 *
 * @param name of the run
 * @param distributions of signals, with the thresholds of the profile
 * @param samples documents with what became of them
 * @param notes what could not be read, a sentence each
 */
public record ReportData(
    String name,
    Funnel funnel,
    Contaminations contaminations,
    Skew skew,
    Tokenizer tokenizer,
    Corpus corpus,
    Blend blend,
    History history,
    Scores scores,
    List<Generation> generations,
    List<Distribution> distributions,
    List<Sample> samples,
    List<String> notes) {
  public ReportData {
    generations = List.copyOf(generations);
    distributions = List.copyOf(distributions);
    samples = List.copyOf(samples);
    notes = List.copyOf(notes);
  }

  /** A run of which nothing is there yet. */
  public static ReportData none(String name) {
    return new ReportData(
        name,
        Funnel.none(),
        Contaminations.none(),
        Skew.none(),
        Tokenizer.none(),
        Corpus.none(),
        Blend.none(),
        History.none(),
        Scores.none(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * Reads the files of a run, as far as it got.
   *
   * @param profile whose thresholds are drawn
   * @param seed chooses the samples and the hits
   * @throws IOException if the file system fails; what is absent or damaged does not
   */
  public static ReportData read(SparkSession spark, RunFiles run, Profile profile, long seed)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    var notes = new ArrayList<>(unfinished(run, hadoop));
    Funnel funnel = Funnel.read(run.ledger(), hadoop, notes);
    return new ReportData(
        run.name(),
        funnel,
        Contaminations.read(spark, run.contamination(), funnel, seed, notes),
        Skew.read(run.duplicates(), hadoop, notes),
        Tokenizer.read(run.tokenizer(), hadoop, notes),
        Corpus.read(run.shards(), hadoop, notes),
        Blend.read(mixture(run, hadoop), hadoop, notes),
        History.read(run.metrics(), hadoop, notes),
        Scores.read(run.evaluation(), hadoop, notes),
        Generation.read(run.generations(), hadoop, notes),
        Distributions.read(spark, run.documents(), profile),
        Samples.read(spark, run.documents(), seed),
        notes);
  }

  /** What the training took, as far as it is known. */
  private static Path mixture(RunFiles run, Configuration hadoop) throws IOException {
    Path made = run.mixtureMade();
    return made.getFileSystem(hadoop).exists(made) ? made : run.mixture();
  }

  /** A sentence for each folder that is there without a manifest. */
  private static List<String> unfinished(RunFiles run, Configuration hadoop) throws IOException {
    var notes = new ArrayList<String>();
    for (Path folder : run.folders()) {
      if (folder.getFileSystem(hadoop).exists(folder) && Manifest.read(folder, hadoop).isEmpty()) {
        notes.add("%s/ is not finished: its figures are those so far.".formatted(folder.getName()));
      }
    }
    return notes;
  }
}
