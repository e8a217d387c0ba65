package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.progress.TrainingProgress;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.spark.BarrierTraining;
import io.gristmill.trainer.training.DecayBranch;
import io.gristmill.trainer.training.InitialModel;
import io.gristmill.trainer.training.ReferenceModel;
import io.gristmill.trainer.training.ScheduleConfig;
import io.gristmill.trainer.training.StopRequest;
import io.gristmill.trainer.training.TrainerConfig;
import io.gristmill.trainer.training.TrainingResult;
import io.gristmill.trainer.training.TrainingRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * mixture.json and shards/ to checkpoints: trains on the cluster's executors, and goes on after a
 * stop.
 */
public final class Pretrain implements Stage {
  private static final int VERSION = 1;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Console console;
  private final long decayFrom; // a step of the training, 0 for the training itself
  private InitialModel initial = InitialModel.random();
  private ReferenceModel reference = ReferenceModel.none();

  /** The training of the run. */
  Pretrain(SparkSession spark, RunConfig config, Console console) {
    this(spark, config, console, 0);
  }

  /** A decay of the learning rate that branches off from the training after a step. */
  static Pretrain decay(SparkSession spark, RunConfig config, Console console, long from) {
    return new Pretrain(spark, config, console, from);
  }

  private Pretrain(SparkSession spark, RunConfig config, Console console, long decayFrom) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.console = console;
    this.decayFrom = decayFrom;
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.PRETRAIN, arguments);
  }

  @Override
  public String name() {
    return StageName.PRETRAIN.toString();
  }

  @Override
  public Path folder() {
    return decayFrom > 0 ? folders.decay(decayFrom) : folders.training();
  }

  /**
   * Workers and threads are not among them, nor how often is validated and saved: they change no
   * bit of the model. What is held out does where the weights follow it, and the number of workers
   * where they exchange less than every gradient in full.
   */
  @Override
  public SortedMap<String, String> inputs() throws IOException {
    Inputs inputs = new Inputs(VERSION);
    if (config.modelFrom().isEmpty()) {
      inputs.configuration("model", config.model());
    } else if (decayFrom == 0) {
      inputs.value("model.from", initial().sha256());
    }
    if (decayFrom > 0) {
      inputs.value("the checkpoint to decay from", initial().sha256());
    }
    TrainingInputs.add(inputs, config).without("pretrain.validation");
    if (config.onlineMixing().on()) {
      inputs
          .configuration("pretrain.online-mixing", config.onlineMixing())
          .value("pretrain.online-mixing.reference", reference().sha256())
          .value("pretrain.validation-tokens", Long.toString(config.pretrain().validationTokens()));
    }
    if (config.exchange().changesBits()) {
      inputs.configuration("pretrain.exchange", config.exchange());
    }
    if (config.spikes().on()) {
      inputs.configuration("pretrain.spikes", config.spikes());
    }
    if (config.spikes().replaces()) { // it goes back to checkpoints
      inputs.value(
          "pretrain.spikes.checkpoint-interval",
          Long.toString(config.pretrain().checkpointInterval()));
    }
    return inputs
        .published("train-tokenizer", folders.tokenizer(), hadoop)
        .published("tokenize", folders.shards(), hadoop)
        .published("mix", folders.mixture(), hadoop)
        .all();
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public boolean keepsWhatItReplaces() {
    return true;
  }

  @Override
  public void check() throws IOException {
    training().check(trainingRun());
    if (decayFrom == 0) {
      lostPhases(mixture(), config.pretrain()).ifPresent(console::line);
    }
  }

  /** The phases divide the mixture, not the steps: fewer steps leave out its end. */
  static Optional<String> lostPhases(Mixture mixture, TrainerConfig trainer) {
    long trained = trainer.steps() * trainer.globalBatch();
    int phases = mixture.phases().size();
    if (phases == 1 || trained == 0 || trained + trainer.globalBatch() > mixture.sequences()) {
      return Optional.empty();
    }
    int ends = mixture.phaseOf(trained) + 1;
    return Optional.of(
        "  %,d steps end after %,d of the %,d sequences of the mixture, in phase %d of %d%s; leave pretrain.steps at 0, or set mixture.total-tokens to %,d and mix again"
            .formatted(
                trainer.steps(),
                trained,
                mixture.sequences(),
                ends,
                phases,
                ends < phases ? ": the ratio of the last is never trained on" : "",
                trained * mixture.sequenceLength()));
  }

  @Override
  public String run() throws IOException {
    TrainingRun run = trainingRun();
    console.line("  %,d parameters".formatted(ParameterLayout.of(run.model()).size()));
    TrainingResult result = train(run);
    result
        .best()
        .forEach(
            best ->
                console.line(
                    "  %s: best held-out loss %.4f nats per token, %.4f bits per byte, after step %d"
                        .formatted(
                            best.language(),
                            best.natsPerToken(),
                            best.bitsPerByte(),
                            best.step())));
    return "%,d steps, %,d tokens, last loss %.3f, %s"
        .formatted(
            result.steps(),
            result.tokens(),
            result.loss(),
            new Path(result.checkpoint()).getName());
  }

  private TrainingResult train(TrainingRun run) throws IOException {
    StopRequest request = StopRequest.in(folder(), hadoop);
    request.withdraw(); // one that nobody was there to follow
    try (StopOnTerm _ =
        StopOnTerm.listen(
            () -> {
              console.line("  SIGTERM: stopping after this step; a second one ends at once");
              request.make();
            })) {
      return training().train(run, new TrainingProgress(console));
    }
  }

  private BarrierTraining training() {
    return new BarrierTraining(
        JavaSparkContext.fromSparkContext(spark.sparkContext()), config.workers());
  }

  private Mixture mixture() throws IOException {
    return MixtureJson.read(new Path(folders.mixture(), MixtureJson.NAME), hadoop);
  }

  /** Hashes a model folder once, as it may be large. */
  private InitialModel initial() throws IOException {
    if (!initial.given() && decayFrom > 0) {
      initial = InitialModel.branch(trunk(), hadoop);
    } else if (!initial.given() && !config.modelFrom().isEmpty()) {
      initial = InitialModel.of(new Path(config.modelFrom()), hadoop);
    }
    return initial;
  }

  /** The checkpoint of the training that a decay branches off from. */
  private Path trunk() throws IOException {
    var checkpoints = new Checkpoints(new Path(folders.training(), "checkpoints"), hadoop);
    List<Long> published = checkpoints.published();
    if (!published.contains(decayFrom)) {
      throw new IllegalArgumentException(
          "--decay-from step-%06d: %s; pretrain.checkpoint-interval and pretrain.keep-checkpoints say which there are"
              .formatted(
                  decayFrom,
                  published.isEmpty()
                      ? "there is no checkpoint in " + folders.training()
                      : "the checkpoints of %s are of the steps %s"
                          .formatted(folders.training(), published)));
    }
    return checkpoints.folder(decayFrom);
  }

  private DecayBranch branch() throws IOException {
    Path trunk = trunk();
    Mixture mixture = mixture();
    TrainerConfig trainer = config.pretrain();
    DecayBranch branch =
        DecayBranch.of(
            TrainerState.read(CheckpointFiles.system(trunk, hadoop), trunk),
            config.schedule(),
            (long) trainer.globalBatch() * mixture.sequenceLength());
    long enough = mixture.sequences() / trainer.globalBatch();
    if (branch.steps() > enough) {
      throw new IllegalArgumentException(
          "a decay from step %d ends at step %d, the mixture has sequences for %d steps; set schedule.decay to at most %d steps, or decay from an earlier checkpoint"
              .formatted(decayFrom, branch.steps(), enough, enough - decayFrom));
    }
    return branch;
  }

  /** Hashes the reference once, as it may be large. */
  private ReferenceModel reference() throws IOException {
    String folder = config.onlineMixing().reference();
    if (!folder.isEmpty() && !reference.given()) {
      reference = ReferenceModel.of(new Path(folder), hadoop);
    }
    return reference;
  }

  private ModelConfig shape() throws IOException {
    if (config.modelFrom().isEmpty()) {
      // The vocabulary can have come out smaller than asked for.
      int vocabularySize = Shards.open(folders.shards(), hadoop).index().vocabularySize();
      return config.model().withVocabulary(vocabularySize);
    }
    Path from = new Path(config.modelFrom());
    return HuggingFace.readConfig(CheckpointFiles.system(from, hadoop), from);
  }

  private TrainingRun trainingRun() throws IOException {
    TrainerConfig trainer = config.pretrain();
    ScheduleConfig schedule = config.schedule();
    if (decayFrom > 0) {
      DecayBranch branch = branch();
      trainer = trainer.of(branch.steps());
      schedule = branch.schedule();
    }
    return new TrainingRun(
            shape(),
            initial(),
            trainer,
            config.optimizer(),
            schedule,
            qualified(folders.shards()),
            qualified(new Path(folders.mixture(), MixtureJson.NAME)),
            qualified(folders.tokenizer()),
            qualified(folder()))
        .with(config.onlineMixing(), reference())
        .with(config.muon())
        .with(config.exchange())
        .with(config.spikes());
  }

  private String qualified(Path path) throws IOException {
    return path.getFileSystem(hadoop).makeQualified(path).toString();
  }
}
