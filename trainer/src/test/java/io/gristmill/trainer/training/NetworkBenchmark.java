package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.FloatVector;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.Listener;
import io.gristmill.trainer.collective.Patience;
import io.gristmill.trainer.collective.Secret;
import io.gristmill.trainer.collective.WorkerAddress;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One of two workers with a thread each, in a process and a network of its own: the rate of an
 * all-reduce, and tokens per second in each mode. {@code scripts/benchmark network} starts both.
 *
 * <p>Arguments: rank, the hosts of both with a comma between, a folder that both see, the setting,
 * and the steps.
 */
final class NetworkBenchmark {
  private static final int WARMUP = 2;
  private static final int REPEATS = 9;
  private static final int MEGABYTES = 64;

  private final int rank;
  private final List<String> hosts;
  private final Path meeting;
  private int meetings;

  private NetworkBenchmark(int rank, List<String> hosts, Path meeting) {
    this.rank = rank;
    this.hosts = hosts;
    this.meeting = meeting;
  }

  private record Setting(ModelConfig model, int slots, int sequences, int length) {
    static Setting named(String name) {
      return switch (name) {
        case "15m" -> new Setting(ModelConfig.of(32_000, 288, 6, 6, 768, 256), 4, 2, 256);
        case "110m" -> new Setting(ModelConfig.of(32_000, 768, 12, 12, 2048, 512), 4, 1, 512);
        default ->
            throw new IllegalArgumentException(
                "setting is %s, must be 15m or 110m".formatted(name));
      };
    }

    long tokens() {
      return (long) slots * sequences * length;
    }
  }

  private record Mode(String name, ExchangeConfig exchange) {}

  public static void main(String[] arguments) throws Exception {
    int rank = Integer.parseInt(arguments[0]);
    List<String> hosts = List.of(arguments[1].split(","));
    var benchmark = new NetworkBenchmark(rank, hosts, Path.of(arguments[2]));
    Setting setting = Setting.named(arguments[3]);
    int steps = Integer.parseInt(arguments[4]);
    benchmark.allReduce();
    benchmark.modes(setting, arguments[3], steps);
  }

  private void allReduce() throws Exception {
    float[] values = new float[MEGABYTES * 1_000_000 / Float.BYTES];
    var vector = FloatVector.of(values);
    double[] seconds = new double[REPEATS];
    try (Group group = meet()) {
      for (int i = -WARMUP; i < REPEATS; i++) {
        group.barrier(i);
        long begin = System.nanoTime();
        group.reduceScatter(vector, i);
        group.allGather(vector, i);
        if (i >= 0) {
          seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
      }
    }
    // Of two workers each sends one half in the reduce-scatter and the other in the all-gather.
    tell(
        "all-reduce of %d MB: %.3f s, %.3f Gbit/s each way"
            .formatted(MEGABYTES, median(seconds), values.length * 32 / 1e9 / median(seconds)));
  }

  private void modes(Setting setting, String name, int steps) throws Exception {
    int workers = hosts.size();
    List<Mode> modes =
        List.of(
            new Mode("synchronous", ExchangeConfig.synchronous()),
            new Mode("bf16", ExchangeConfig.compressed(Compression.BF16, workers)),
            new Mode("int8", ExchangeConfig.compressed(Compression.INT8, workers)),
            new Mode("local-steps 10", ExchangeConfig.local(10, workers)),
            new Mode("local-steps 50", ExchangeConfig.local(50, workers)));
    tell("%s, %,d tokens a step".formatted(name, workers * setting.tokens()));
    tell("| mode | median step s | seconds a round | tokens a second | of synchronous |");
    tell("|---|---|---|---|---|");
    double synchronous = 0;
    for (Mode mode : modes) {
      int round = (int) Math.max(mode.exchange().localSteps(), steps);
      double[] seconds;
      try (Group group = meet()) {
        seconds = steps(group, setting, mode.exchange(), round);
      }
      // Whole rounds, of which the last step has the exchange.
      double speed = workers * setting.tokens() * round / Arrays.stream(seconds).sum();
      synchronous = synchronous == 0 ? speed : synchronous;
      tell(
          "| %s | %.3f | %.2f | %.0f | %.2f |"
              .formatted(
                  mode.name(),
                  median(seconds),
                  Arrays.stream(seconds).sum() * mode.exchange().localSteps() / round,
                  speed,
                  speed / synchronous));
    }
  }

  private double[] steps(Group group, Setting setting, ExchangeConfig exchange, int steps)
      throws IOException {
    var llama = new Llama(setting.model(), Kernels.best());
    Tensors parameters = llama.initial(1);
    var random = new SplittableRandom(rank);
    double[] seconds = new double[steps];
    // Warmed up in a step of its own, so that what is measured are whole rounds.
    try (var warm =
        new TrainingStep(
            group, llama, parameters, 1, setting.slots(), setting.sequences(), setting.length())) {
      for (int i = 0; i < WARMUP; i++) {
        warm.run(batches(random, setting), 1e-4);
      }
    }
    try (var step =
        new TrainingStep(
            group,
            exchange,
            llama,
            parameters,
            1,
            setting.slots(),
            setting.sequences(),
            setting.length())) {
      for (int i = 0; i < steps; i++) {
        step.run(batches(random, setting), 1e-4);
        seconds[i] = step.times().seconds();
      }
    }
    return seconds;
  }

  private static List<Batch> batches(SplittableRandom random, Setting setting) {
    List<Batch> batches = new ArrayList<>();
    int count = setting.sequences() * setting.length();
    for (int slot = 0; slot < setting.slots(); slot++) {
      int[] tokens = random.ints(count, 0, setting.model().vocabularySize()).toArray();
      int[] targets = random.ints(count, 0, setting.model().vocabularySize()).toArray();
      batches.add(
          new Batch(setting.sequences(), setting.length(), tokens, targets, new int[count]));
    }
    return batches;
  }

  /** A new group; addresses and secret go by way of the folder. */
  private Group meet() throws Exception {
    meetings++;
    Listener listener = Listener.bind(hosts.get(rank));
    if (rank == 0) {
      Path draft = meeting.resolve("draft");
      try (var out = new ObjectOutputStream(Files.newOutputStream(draft))) {
        out.writeObject(Secret.random());
      }
      publish(draft, "secret");
    }
    Path draft = meeting.resolve("draft-" + rank);
    Files.writeString(draft, listener.address().toString());
    publish(draft, "address-" + rank);
    List<WorkerAddress> addresses = new ArrayList<>();
    for (int other = 0; other < hosts.size(); other++) {
      addresses.add(WorkerAddress.parse(Files.readString(await("address-" + other))));
    }
    Secret secret;
    try (var in = new ObjectInputStream(Files.newInputStream(await("secret")))) {
      secret = (Secret) in.readObject();
    }
    return Group.connect(rank, addresses, listener, secret, Patience.ofSilence(60), () -> false);
  }

  private void publish(Path draft, String name) throws IOException {
    Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path await(String name) throws InterruptedException {
    while (!Files.exists(file(name))) {
      Thread.sleep(10);
    }
    return file(name);
  }

  private Path file(String name) {
    return meeting.resolve("%d-%s".formatted(meetings, name));
  }

  private void tell(String line) {
    if (rank == 0) {
      System.out.println(String.format(Locale.ROOT, "%s", line));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
