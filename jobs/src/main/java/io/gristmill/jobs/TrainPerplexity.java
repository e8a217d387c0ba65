package io.gristmill.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.gristmill.curation.TrainingTexts;
import io.gristmill.curation.quality.ngram.NgramModel;
import io.gristmill.curation.quality.ngram.NgramTraining;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.jobs.config.PerplexityConfig;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.TextFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Texts to perplexity/: a model of n-grams for each of their languages. */
public final class TrainPerplexity implements Stage {
  static final String NAME = "train-perplexity";

  private static final int VERSION = 1;
  private static final String SUMMARY = "perplexity.txt";

  /** Of so many texts one is not trained on where percentiles have no texts of their own. */
  private static final int MEASURED_PART = 20;

  private final SparkSession spark;
  private final RunConfig run;
  private final PerplexityConfig config;
  private final Configuration hadoop;

  TrainPerplexity(SparkSession spark, RunConfig run) {
    this.spark = spark;
    this.run = run;
    this.config = run.perplexity();
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  public static void main(String[] arguments) {
    Gristmill.runCommand(NAME, arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Path folder() {
    return run.folders().perplexity();
  }

  @Override
  public void check() {
    if (config.text().isEmpty()) {
      throw new IllegalArgumentException(
          "perplexity.text is missing, must be a list of sources to train on; 'perplexity: {text: [{path: encyclopedia.jsonl.gz}]}' is one");
    }
  }

  @Override
  public SortedMap<String, String> inputs() {
    check();
    return QualityInputs.of(new Inputs(VERSION), run.curate(), hadoop)
        .configuration("perplexity", config)
        .hash("texts", QualityInputs.listed(config.text(), run.curate(), hadoop))
        .hash("texts of percentiles", listedMeasured())
        .all();
  }

  private String listedMeasured() {
    List<SourceConfig> measured = config.measured();
    return measured.isEmpty() ? "" : QualityInputs.listed(measured, run.curate(), hadoop);
  }

  @Override
  public String run() throws IOException {
    Dataset<Row> texts = texts(config.text());
    Dataset<Row> crawl = config.measured().isEmpty() ? texts : texts(config.measured());
    var summary = new ArrayList<String>();
    for (Row row : texts.groupBy("language").count().orderBy("language").collectAsList()) {
      String language = row.getString(0);
      Column heldOut = pmod(xxhash64(col("id")), lit(MEASURED_PART)).equalTo(0);
      boolean apart = !config.measured().isEmpty();
      Dataset<Row> own = texts.where(col("language").equalTo(language));
      Dataset<Row> measured = crawl.where(col("language").equalTo(language));
      if (!apart) {
        measured = measured.where(heldOut);
        own = own.where(heldOut.equalTo(false));
      }
      if (own.isEmpty() || measured.isEmpty()) {
        summary.add("%-8s left out: too few texts".formatted(language));
        continue;
      }
      NgramModel model = NgramTraining.train(own, measured, language, config.ngrams());
      try (OutputStream out =
          folder()
              .getFileSystem(hadoop)
              .create(new Path(folder(), language + NgramModel.SUFFIX), true)) {
        model.write(out);
      }
      summary.add(line(model, row.getLong(1)));
    }
    texts.unpersist();
    crawl.unpersist();
    TextFile.write(new Path(folder(), SUMMARY), String.join("\n", summary) + "\n", hadoop);
    return String.join("; ", summary);
  }

  List<String> summary() throws IOException {
    return TextFile.lines(new Path(folder(), SUMMARY), hadoop);
  }

  private Dataset<Row> texts(List<SourceConfig> sources) {
    return TrainingTexts.texts(spark, sources, run.curate())
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static String line(NgramModel model, long texts) {
    float[] percentiles = model.percentiles();
    return String.format(
        Locale.ROOT,
        "%-8s %,d texts, %,d n-grams; perplexity at 30 %%: %.1f, at 60 %%: %.1f, at 90 %%: %.1f",
        model.language(),
        texts,
        model.ngrams(),
        percentiles[29],
        percentiles[59],
        percentiles[89]);
  }

  /** The command. */
  @Command(
      name = NAME,
      mixinStandardHelpOptions = true,
      header = "Models of n-grams that say how surprising a document is, one a language.")
  static final class Training implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private RunOptions options;

    @Override
    public Integer call() throws IOException {
      RunConfig config = options.read();
      Road.travel(
          config,
          (spark, console) -> List.of(new TrainPerplexity(spark, config)),
          stages -> stages.getFirst().summary().forEach(command.commandLine().getOut()::println));
      return 0;
    }
  }
}
