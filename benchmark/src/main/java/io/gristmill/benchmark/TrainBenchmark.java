package io.gristmill.benchmark;

import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.PeakFlops;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.training.TrainingStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * Whole training steps of ours and of libtorch in one process, in turns: the peak of fused
 * multiply-adds, a step of ours, a step of libtorch on the same tokens, and again. Both begin with
 * the same parameters, so that their losses stay equal and show that they compute the same. With
 * bf16 a step of ours in fp32, of a model of its own, takes a turn as well.
 *
 * <p>{@code scripts/benchmark train} runs it with what libtorch is tuned by: allocations that keep
 * their pages, and threads that wait without spinning.
 */
final class TrainBenchmark {
  private static final int WARMUP = 3;

  /** Rounding to bf16 at other places parts losses sooner. */
  private static final Map<Precision, Double> LOSS_TOLERANCES =
      Map.of(Precision.FP32, 1e-3, Precision.BF16, 1e-2);

  private final Setting setting;
  private final int threads;
  private final Precision precision;
  private final List<Timing> ours = new ArrayList<>();
  private final List<Timing> theirs = new ArrayList<>();
  private final List<Timing> fp32 = new ArrayList<>();
  private double peak;

  private TrainBenchmark(Setting setting, int threads, Precision precision) {
    this.setting = setting;
    this.threads = threads;
    this.precision = precision;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "arguments are SETTING THREADS STEPS PRECISION: 15m 2 5 fp32");
    }
    var precision = Precision.valueOf(args[3].toUpperCase(Locale.ROOT));
    var benchmark =
        new TrainBenchmark(Setting.named(args[0]), Integer.parseInt(args[1]), precision);
    benchmark.run(Integer.parseInt(args[2]));
  }

  private void run(int steps) throws IOException {
    torch.set_num_threads(threads);
    Kernels kernels = Kernels.of(precision);
    var llama = new Llama(setting.model(), kernels);
    Tensors parameters = llama.initial(1);
    var libtorch = new LibtorchStep(new LibtorchLlama(setting.model(), parameters, precision));
    System.out.printf(
        "%s, threads: %d; %.1f M parameters, %d x %d tokens a step, %.1f MFLOP a token; %s; libtorch %s%n",
        setting.name(),
        threads,
        llama.layout().size() / 1e6,
        setting.globalBatch(),
        setting.length(),
        1000 * setting.gigaflops() / setting.tokens(),
        kernels.description(),
        version());
    try (TrainingStep gristmill = step(llama, parameters);
        TrainingStep plain = step(new Llama(setting.model(), Kernels.best()), llama.initial(1));
        ExecutorService team = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < WARMUP + steps; round++) {
        peak = Math.max(peak, peak(team));
        List<Batch> batches = setting.batches(round, setting.microBatch());
        ours.add(Timing.of(gristmill::run, batches));
        if (precision != Precision.FP32) {
          fp32.add(Timing.of(plain::run, batches));
        }
        theirs.add(Timing.of(libtorch::run, setting.batches(round, sequences(round))));
        report(round);
      }
    }
    summarize(steps);
  }

  private TrainingStep step(Llama llama, Tensors parameters) {
    return new TrainingStep(
        llama, parameters, threads, setting.slots(), setting.microBatch(), setting.length());
  }

  private static String version() {
    Matcher version =
        Pattern.compile("TORCH_VERSION=([^,]*)").matcher(torch.show_config().getString());
    return (version.find() ? version.group(1) : "of unknown version")
        + ", "
        + torch.get_cpu_capability().getString();
  }

  /** Libtorch's batches: the first steps try whole and ours, the others take the faster. */
  private int sequences(int round) {
    return switch (round) {
      case 0, 2 -> setting.globalBatch();
      case 1 -> setting.microBatch();
      default ->
          theirs.get(1).cpuSeconds() < theirs.get(2).cpuSeconds()
              ? setting.microBatch()
              : setting.globalBatch();
    };
  }

  /** GFLOP/s of all threads together, while all of them run. */
  private double peak(ExecutorService team) {
    List<Callable<Double>> measurements = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      measurements.add(PeakFlops::measure);
    }
    try {
      double sum = 0;
      for (Future<Double> measured : team.invokeAll(measurements)) {
        sum += measured.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the peak could not be measured", e);
    }
  }

  private void report(int round) {
    Timing own = ours.getLast();
    Timing other = theirs.getLast();
    System.out.printf(
        "%s %d: ours %.2f s (%.2f s CPU) loss %.4f%s; libtorch by %d %.2f s (%.2f s CPU) loss %.4f%n",
        round < WARMUP ? "warm-up" : "step",
        round + 1,
        own.seconds(),
        own.cpuSeconds(),
        own.loss(),
        fp32.isEmpty()
            ? ""
            : ", in fp32 %.2f s (%.2f s CPU) loss %.4f"
                .formatted(
                    fp32.getLast().seconds(), fp32.getLast().cpuSeconds(), fp32.getLast().loss()),
        sequences(round),
        other.seconds(),
        other.cpuSeconds(),
        other.loss());
    double tolerance = LOSS_TOLERANCES.get(precision);
    if (!(Math.abs(own.loss() - other.loss()) < tolerance * other.loss())) {
      throw new IllegalStateException(
          "losses are %s and %s in step %d: the two do not train the same model"
              .formatted(own.loss(), other.loss(), round + 1));
    }
  }

  private void summarize(int steps) {
    List<Timing> own = ours.subList(WARMUP, WARMUP + steps);
    List<Timing> other = theirs.subList(WARMUP, WARMUP + steps);
    System.out.printf("medians of %d steps; peak %.1f GFLOP/s%n", steps, peak);
    System.out.printf(
        "| %-9s | %9s | %12s | %7s | %9s | %19s |%n",
        "", "tokens/s", "tokens/CPU-s", "GFLOP/s", "% of peak", "% of peak, CPU time");
    row("gristmill", own);
    row("libtorch", other);
    ratio("ratio", own, other);
    if (!fp32.isEmpty()) {
      List<Timing> plain = fp32.subList(WARMUP, WARMUP + steps);
      row("our fp32", plain);
      ratio("of it", own, plain);
    }
  }

  private static void ratio(String name, List<Timing> own, List<Timing> other) {
    System.out.printf(
        "| %-9s | %9.2f | %12.2f |%n",
        name,
        Timing.median(other, Timing::seconds) / Timing.median(own, Timing::seconds),
        Timing.median(other, Timing::cpuSeconds) / Timing.median(own, Timing::cpuSeconds));
  }

  private void row(String name, List<Timing> timings) {
    double seconds = Timing.median(timings, Timing::seconds);
    double cpuSeconds = Timing.median(timings, Timing::cpuSeconds);
    double speed = setting.gigaflops() / seconds;
    double cpuSpeed = setting.gigaflops() / cpuSeconds * threads;
    System.out.printf(
        "| %-9s | %9.0f | %12.0f | %7.1f | %9.1f | %19.1f |%n",
        name,
        setting.tokens() / seconds,
        setting.tokens() / cpuSeconds,
        speed,
        100 * speed / peak,
        100 * cpuSpeed / peak);
  }
}
