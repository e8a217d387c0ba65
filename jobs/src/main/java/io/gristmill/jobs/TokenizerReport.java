package io.gristmill.jobs;

import static org.apache.spark.sql.functions.lit;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.report.QualityPage;
import io.gristmill.jobs.report.QualitySummary;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.TextFile;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTraining;
import io.gristmill.tokenization.bpe.Trained;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.quality.Group;
import io.gristmill.tokenization.quality.Measures;
import io.gristmill.tokenization.quality.QualityConfig;
import io.gristmill.tokenization.quality.QualityCounting;
import io.gristmill.tokenization.quality.QualityJson;
import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.SizeQuality;
import io.gristmill.tokenization.quality.Tally;
import io.gristmill.tokenization.quality.TokenizerQuality;
import io.gristmill.tokenization.quality.VocabularyAdvice;
import io.gristmill.tokenization.quality.VocabularySweep;
import io.gristmill.tokenization.shard.DocumentColumns;
import io.gristmill.trainer.model.ParameterLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * documents/ and tokenizer/ to tokenizer-quality/: quality.json, quality.html, quality.txt. Run
 * when asked for, since no other stage needs it.
 */
public final class TokenizerReport implements Stage {
  static final String NAME = "tokenizer-report";

  private static final int VERSION = 1;
  private static final String SUMMARY = "quality.txt";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Asked asked;
  private final Console console;

  TokenizerReport(SparkSession spark, RunConfig config, Asked asked, Console console) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.asked = asked;
    this.console = console;
  }

  /**
   * What the command line says.
   *
   * @param tokenizers to compare the run's own with
   * @param sweep vocabulary sizes; none for some up to the run's own
   * @param trainingCharacters 0 for what the configuration trains on
   */
  record Asked(
      List<Path> tokenizers,
      QualityConfig quality,
      List<Integer> sweep,
      double trainingCharacters) {
    Asked {
      tokenizers = List.copyOf(tokenizers);
      sweep = List.copyOf(sweep);
      if (!sweep.isEmpty() && sweep.stream().distinct().count() < 3) {
        throw new IllegalArgumentException(
            "--sweep has %d sizes, must have at least 3 different ones; 2048,4096,8192,16384"
                .formatted(sweep.size()));
      }
      if (!(trainingCharacters >= 0)) {
        throw new IllegalArgumentException(
            "--training-characters is %s, must be above 0, such as 2e9"
                .formatted(trainingCharacters));
      }
    }
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
    return folders.tokenizerQuality();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    var inputs =
        new Inputs(VERSION)
            .value("name", config.name())
            .configuration("model", config.model())
            .configuration("tokenizer", config.tokenizer())
            .value("mixture.total-tokens", Long.toString(config.mixture().totalTokens()))
            .value("mixture.max-epochs", Double.toString(config.mixture().maxEpochs()))
            .configuration("shards.holdout", config.shards().holdout())
            .configuration("quality", asked.quality())
            .value("sweep", asked.sweep().toString())
            .value("training-characters", Double.toString(asked.trainingCharacters()))
            .published("curate", folders.documents(), hadoop)
            .published("train-tokenizer", folders.tokenizer(), hadoop);
    for (Path path : asked.tokenizers()) {
      inputs.value("tokenizer " + path, TokenizerFiles.read(path, hadoop).sha256());
    }
    return inputs.all();
  }

  @Override
  public String run() throws IOException {
    var names = new ArrayList<>(List.of("this run"));
    var tokenizers = new ArrayList<Tokenizer>();
    tokenizers.add(TokenizerFiles.read(folders.tokenizer(), hadoop));
    for (Path path : asked.tokenizers()) {
      names.add(name(path));
      tokenizers.add(TokenizerFiles.read(path, hadoop));
    }
    Dataset<Row> documents = Documents.kept(spark, folders);
    SortedMap<Group, Tally> tallies = count(documents, tokenizers);
    boolean heldOut = QualityReport.heldOut(tallies);
    var measured = new ArrayList<TokenizerQuality>();
    for (int i = 0; i < tokenizers.size(); i++) {
      measured.add(
          TokenizerQuality.of(names.get(i), tokenizers.get(i), tallies, i, asked.quality()));
    }
    List<SizeQuality> sweep = sweep(documents, tokenizers.getFirst(), heldOut);
    var report =
        new QualityReport(
            config.name(),
            asked.quality(),
            heldOut,
            measured,
            sweep,
            VocabularyAdvice.of(
                (double) ParameterLayout.of(config.model()).nonVocabulary(),
                config.model().hiddenSize(),
                trainingCharacters(measured.getFirst()),
                sweep));
    write(QualityJson.write(report), QualityJson.FILE);
    write(QualityPage.render(report), "quality.html");
    write(String.join("\n", QualitySummary.lines(report)) + "\n", SUMMARY);
    return new Path(folder(), "quality.html").toString();
  }

  /** What the last run has found, in some lines for a terminal. */
  List<String> summary() throws IOException {
    return TextFile.lines(new Path(folder(), SUMMARY), hadoop);
  }

  /** The path as it was given; its last folder alone is "tokenizer" for every run. */
  private static String name(Path path) {
    return path.toString().replaceFirst("(?<=.)/" + Pattern.quote(TokenizerJson.FILE) + "$", "");
  }

  private SortedMap<Group, Tally> count(Dataset<Row> documents, List<Tokenizer> tokenizers) {
    return QualityCounting.count(
        documents, tokenizers, config.shards().holdout(), asked.quality().sample());
  }

  /** The domains together: what a size costs is asked by language. */
  private List<SizeQuality> sweep(Dataset<Row> documents, Tokenizer own, boolean heldOut) {
    BpeTokenizer largest = largest(documents, own);
    List<Tokenizer> prefixes =
        VocabularySweep.prefixes(
            largest, asked.sweep().isEmpty() ? VocabularySweep.sizes(largest) : asked.sweep());
    Dataset<Row> undivided =
        documents.withColumn(DocumentColumns.DOMAIN, lit(TokenizerQuality.ALL));
    return VocabularySweep.measure(prefixes, count(undivided, prefixes), heldOut, asked.quality());
  }

  /** The run's own where its first merges are enough, else one trained for the largest size. */
  private BpeTokenizer largest(Dataset<Row> documents, Tokenizer own) {
    int most = asked.sweep().isEmpty() ? own.vocabularySize() : Collections.max(asked.sweep());
    if (own instanceof BpeTokenizer bpe && most <= bpe.vocabularySize()) {
      return bpe;
    }
    Trained trained =
        BpeTraining.train(
            TrainTokenizer.training(documents, config.shards().holdout()),
            config.tokenizer().withVocabularySize(most),
            (merges, wanted) -> console.status("%,d of %,d merges".formatted(merges, wanted)));
    trained.warning().ifPresent(warning -> console.line("  " + warning));
    return trained.tokenizer();
  }

  /** What the configuration trains on, estimated from the sample. */
  private double trainingCharacters(TokenizerQuality own) {
    if (asked.trainingCharacters() > 0) {
      return asked.trainingCharacters();
    }
    Measures training = own.measures(false, TokenizerQuality.ALL);
    if (training == null) {
      return 0;
    }
    double most =
        training.characters() / asked.quality().sample().fraction() * config.mixture().maxEpochs();
    long totalTokens = config.mixture().totalTokens();
    return totalTokens > 0 ? Math.min(most, totalTokens / training.tokensPerCharacter()) : most;
  }

  private void write(String text, String file) throws IOException {
    TextFile.write(new Path(folder(), file), text, hadoop);
  }
}
