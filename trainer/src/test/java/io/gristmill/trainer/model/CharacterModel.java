package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.VectorKernels;
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.GradientNorm;
import io.gristmill.trainer.schedule.Cosine;
import io.gristmill.trainer.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A character model of the tiny Shakespeare, which others have trained often enough to know what to
 * expect: nanoGPT's small configuration for CPUs ends at 1.88 nats per character (karpathy/nanoGPT,
 * README: 4 layers, 4 heads, 128 channels, 64 positions, 12 sequences, 2,000 steps). Not a test:
 * run by {@code scripts/benchmark characters FILE [small|large]}.
 */
final class CharacterModel {
  private CharacterModel() {}

  /**
   * A training.
   *
   * @param sequences of a micro-batch; {@code threads} micro-batches make a step
   */
  private record Setting(
      ModelConfig model, int sequences, int threads, int steps, double peak, double beta2) {
    static Setting named(String name) {
      return switch (name) {
        case "small" -> new Setting(ModelConfig.of(65, 128, 4, 4, 384, 64), 6, 2, 2000, 1e-3, 0.99);
        case "large" ->
            new Setting(ModelConfig.of(65, 256, 4, 4, 704, 256), 8, 2, 1500, 1e-3, 0.99);
        default ->
            throw new IllegalArgumentException("setting is " + name + ", must be small or large");
      };
    }
  }

  public static void main(String[] arguments) throws IOException {
    int[] text = characters(Path.of(arguments[0]));
    Setting setting = Setting.named(arguments.length > 1 ? arguments[1] : "small");
    int split = text.length * 9 / 10;
    int[] training = Arrays.copyOfRange(text, 0, split);
    int[] heldOut = Arrays.copyOfRange(text, split, text.length);
    var llama = new Llama(setting.model(), new VectorKernels());
    Tensors parameters = llama.initial(1337);
    int threads = setting.threads();
    Tensors[] gradients = new Tensors[threads];
    Workspace[] workspaces = new Workspace[threads];
    for (int i = 0; i < threads; i++) {
      gradients[i] = Tensors.zeros(llama.layout());
      workspaces[i] = llama.workspace(setting.sequences(), setting.model().maxSequenceLength());
    }
    var optimizer =
        new AdamW(
            new AdamWConfig(0.9, setting.beta2(), 1e-8, 0.1), llama.layout(), llama.kernels());
    Schedule schedule = new Cosine(setting.peak(), 100, setting.steps(), 0.1);
    System.out.printf("%,d parameters, %,d characters%n", llama.layout().size(), text.length);
    long start = System.nanoTime();
    for (int step = 1; step <= setting.steps(); step++) {
      int now = step;
      double[] nats = new double[threads];
      IntStream.range(0, threads)
          .parallel()
          .forEach(
              i -> {
                var random = new SplittableRandom(now * 1000L + i);
                gradients[i].zero();
                Batch batch = random(training, setting, random);
                nats[i] = llama.lossAndGradient(parameters, batch, 1f, gradients[i], workspaces[i]);
              });
      for (int i = 1; i < threads; i++) {
        gradients[0].add(gradients[i]);
      }
      int targets = threads * setting.sequences() * setting.model().maxSequenceLength();
      double norm = GradientNorm.of(gradients[0], llama.kernels()) / targets;
      float scale = (float) (GradientNorm.clip(norm, 1) / targets);
      optimizer.update(parameters, gradients[0], step, schedule.rate(step), scale);
      if (step % 250 == 0 || step == setting.steps()) {
        System.out.printf(
            "step %d, %.0f s: training %.4f, held out %.4f nats per character%n",
            step,
            (System.nanoTime() - start) / 1e9,
            Arrays.stream(nats).sum() / targets,
            heldOut(llama, parameters, heldOut, setting, workspaces[0]));
      }
    }
  }

  /** Every window of the held-out part, one behind the other. */
  private static double heldOut(
      Llama llama, Tensors parameters, int[] text, Setting setting, Workspace workspace) {
    int length = setting.model().maxSequenceLength();
    int perBatch = setting.sequences() * length;
    double nats = 0;
    int count = 0;
    for (int from = 0; from + perBatch < text.length; from += perBatch) {
      int[] starts = new int[setting.sequences()];
      for (int s = 0; s < starts.length; s++) {
        starts[s] = from + s * length;
      }
      nats += llama.loss(parameters, batch(text, length, starts), workspace);
      count += perBatch;
    }
    return nats / count;
  }

  private static Batch random(int[] text, Setting setting, SplittableRandom random) {
    int length = setting.model().maxSequenceLength();
    int[] starts = random.ints(setting.sequences(), 0, text.length - length - 1).toArray();
    return batch(text, length, starts);
  }

  private static Batch batch(int[] text, int length, int[] starts) {
    int[] tokens = new int[starts.length * length];
    int[] targets = new int[tokens.length];
    for (int s = 0; s < starts.length; s++) {
      System.arraycopy(text, starts[s], tokens, s * length, length);
      System.arraycopy(text, starts[s] + 1, targets, s * length, length);
    }
    return new Batch(starts.length, length, tokens, targets, new int[tokens.length]);
  }

  /** The text as numbers of its characters in their order. */
  private static int[] characters(Path file) throws IOException {
    String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Map<Integer, Integer> ids = new TreeMap<>();
    text.chars().sorted().distinct().forEach(character -> ids.put(character, ids.size()));
    return text.chars().map(ids::get).toArray();
  }
}
