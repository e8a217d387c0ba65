package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Workers;
import io.gristmill.trainer.evaluation.BestLoss;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.schedule.Decay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * What exchanging less costs in loss: the same training of two workers, on the same text in the
 * same order, in each mode and with several seeds. Not a test: run by {@code scripts/benchmark
 * network-loss FILE [STEPS [SEEDS]]}.
 */
final class NetworkLoss {
  private static final int WORKERS = 2;
  private static final int LENGTH = 64;
  private static final int BATCH = 16;
  private static final int DOCUMENT = 2_000;
  private static final double HELD_OUT = 0.1;
  private static final double PEAK = 2e-3;
  private static final ModelConfig MODEL =
      new ModelConfig(257, 128, 2, 4, 4, 32, 352, LENGTH, 10_000, 1e-5, true);

  private NetworkLoss() {}

  private record Mode(String name, ExchangeConfig exchange) {}

  private static final List<Mode> MODES =
      List.of(
          new Mode("synchronous", ExchangeConfig.synchronous()),
          new Mode("bf16", ExchangeConfig.compressed(Compression.BF16, WORKERS)),
          new Mode("int8", ExchangeConfig.compressed(Compression.INT8, WORKERS)),
          new Mode("local-steps 10", ExchangeConfig.local(10, WORKERS)),
          new Mode("local-steps 50", ExchangeConfig.local(50, WORKERS)),
          new Mode(
              "local-steps 50, int8", new ExchangeConfig(Compression.INT8, 50, 0.7, 0.9, WORKERS)),
          new Mode("local-steps 10, mean", mean(10)),
          new Mode("local-steps 50, mean", mean(50)));

  /** The mean of the workers' parameters: an outer rate of 1 without momentum. */
  private static ExchangeConfig mean(long localSteps) {
    return new ExchangeConfig(Compression.NONE, localSteps, 1, 0, WORKERS);
  }

  public static void main(String[] arguments) throws Exception {
    List<String> documents = documents(Path.of(arguments[0]));
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 600;
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("network-loss");
    TinyWorld world = write(folder, documents);
    System.out.printf(
        "%,d steps of %,d tokens, %d workers; held-out loss, nats per byte%n",
        steps, BATCH * LENGTH, WORKERS);
    System.out.println("| mode | seeds 1 to %d | mean | above synchronous |".formatted(seeds));
    System.out.println("|---|---|---|---|");
    double synchronous = Double.NaN;
    for (Mode mode : MODES) {
      List<String> each = new ArrayList<>();
      double sum = 0;
      for (int seed = 1; seed <= seeds; seed++) {
        double loss = loss(world, mode, steps, seed);
        each.add("%.4f".formatted(loss));
        sum += loss;
      }
      double mean = sum / seeds;
      if (!mode.exchange().changesBits()) {
        synchronous = mean;
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.4f | %+.4f |%n",
          mode.name(),
          String.join(", ", each),
          mean,
          mean - synchronous);
    }
  }

  private static double loss(TinyWorld world, Mode mode, int steps, int seed) throws Exception {
    var trainer = new TrainerConfig(steps, BATCH, BATCH / 4, 4, 1, 0, 0, 0, 1, seed);
    String output = mode.name().replaceAll("\\W+", "-") + "-" + seed;
    TrainingRun asked = world.run(output, trainer, MODEL, InitialModel.random(), PEAK);
    var run =
        new TrainingRun(
                MODEL,
                asked.initial(),
                trainer,
                AdamWConfig.defaults(),
                new ScheduleConfig(
                    ScheduleConfig.Kind.COSINE, PEAK, 0.05, 0, Decay.LINEAR, 0.1, 4, -0.51),
                asked.shards(),
                asked.mixture(),
                asked.tokenizer(),
                asked.output())
            .with(mode.exchange());
    TrainingResult result =
        Workers.run(
                WORKERS,
                group ->
                    Training.run(
                        run,
                        new Worker(group, 1, WORKERS, Fence.none(), () -> false),
                        TinyWorld.CONFIGURATION,
                        Progress.silent()))
            .getFirst();
    return result.best().stream().mapToDouble(BestLoss::natsPerToken).average().orElseThrow();
  }

  private static TinyWorld write(Path folder, List<String> documents) throws IOException {
    BpeTokenizer tokenizer = TinyWorld.tokenizer();
    TokenizerFiles.write(
        tokenizer, TinyWorld.path(folder.resolve("tokenizer")), TinyWorld.CONFIGURATION);
    int split = (int) (documents.size() * (1 - HELD_OUT));
    List<ShardGroup> groups =
        List.of(
            TinyWorld.group(folder, tokenizer, Split.TRAIN, "en", documents.subList(0, split)),
            TinyWorld.group(
                folder,
                tokenizer,
                Split.VALIDATION,
                "en",
                documents.subList(split, documents.size())));
    var mixture =
        new MixtureConfig(List.of(new Weight("*", "en", 1)), LENGTH, 0, 8, WhenCapped.SHRINK, 3);
    return TinyWorld.publish(folder, tokenizer, groups, mixture);
  }

  /** Paragraphs joined to documents of some length. */
  private static List<String> documents(Path file) throws IOException {
    String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> documents = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    for (String paragraph : text.split("\n\n")) {
      document.append(paragraph).append("\n\n");
      if (document.length() > DOCUMENT) {
        documents.add(document.toString());
        document.setLength(0);
      }
    }
    return documents;
  }
}
