package io.gristmill.trainer.simulation;

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
import io.gristmill.trainer.training.TrainingStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * What a step costs on this machine: some steps of one worker on random tokens, and, without any
 * training, the exchange of a vector between two ends on the loopback.
 *
 * @param costs medians
 * @param threads of the worker
 * @param steps that were measured, after some to warm up
 * @param stepSeconds median of a whole step of one worker
 * @param jitter standard deviation over mean of its steps' seconds
 */
public record StepMeasurement(
    StepCosts costs, int threads, int steps, double stepSeconds, double jitter) {
  private static final int WARMUP = 2;
  private static final int MOST_STEPS = 20;
  private static final int FEWEST_STEPS = 3;
  private static final double ENOUGH_SECONDS = 15;
  private static final int MOST_FLOATS = 16 << 20;
  private static final int EXCHANGES = 9;
  private static final int MESSAGES = 500;

  /**
   * Measures.
   *
   * @param threads of the worker, all busy
   * @param slotsOfThread micro-batches that each thread computes in a step
   * @param sequences of a micro-batch
   */
  public static StepMeasurement of(
      Kernels kernels, ModelConfig model, int threads, int slotsOfThread, int sequences, int length)
      throws IOException {
    // The tree wants a power of two; with other numbers of threads some have a slot less.
    int slots = Integer.highestOneBit(threads * slotsOfThread);
    var llama = new Llama(model, kernels);
    Tensors parameters = llama.initial(1);
    var random = new SplittableRandom(1);
    List<TrainingStep.Times> times = new ArrayList<>();
    try (var step = new TrainingStep(llama, parameters, threads, slots, sequences, length)) {
      double measured = 0;
      while (times.size() < WARMUP + FEWEST_STEPS
          || (measured < ENOUGH_SECONDS && times.size() < WARMUP + MOST_STEPS)) {
        step.run(batches(random, model, slots, sequences, length), 1e-4);
        times.add(step.times());
        measured += times.size() > WARMUP ? step.times().seconds() : 0;
      }
    }
    List<TrainingStep.Times> warm = times.subList(WARMUP, times.size());
    long tokens = (long) slots * sequences * length;
    double size = llama.layout().size();
    double[] exchange = exchange((int) Math.min(MOST_FLOATS, llama.layout().size()));
    return new StepMeasurement(
        new StepCosts(
            median(warm, TrainingStep.Times::computeSeconds) / tokens,
            // All slots are cleared, which writes; all but one are added, which reads twice too.
            median(warm, TrainingStep.Times::summingSeconds) / (size * (4.0 * slots - 3)),
            median(warm, TrainingStep.Times::updateSeconds) / size,
            exchange[0],
            exchange[1]),
        threads,
        warm.size(),
        median(warm, TrainingStep.Times::seconds),
        spread(warm.stream().mapToDouble(TrainingStep.Times::seconds).toArray()));
  }

  /** Random tokens for the slots of a step, every sequence one document. */
  public static List<Batch> batches(
      SplittableRandom random, ModelConfig model, int slots, int sequences, int length) {
    List<Batch> batches = new ArrayList<>();
    int size = sequences * length;
    for (int slot = 0; slot < slots; slot++) {
      int[] tokens = random.ints(size, 0, model.vocabularySize()).toArray();
      int[] targets = random.ints(size, 0, model.vocabularySize()).toArray();
      batches.add(new Batch(sequences, length, tokens, targets, new int[size]));
    }
    return batches;
  }

  /** What one of a group's workers does. */
  public interface Work<R> {
    R run(Group group) throws Exception;
  }

  /**
   * Runs one function for each worker of a group on the loopback, each on a thread of its own.
   *
   * @return results by rank
   */
  public static <R> List<R> onLoopback(int workers, Work<R> work) throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      listeners.add(Listener.bind("127.0.0.1"));
    }
    List<WorkerAddress> addresses = listeners.stream().map(Listener::address).toList();
    Secret secret = Secret.random();
    List<Callable<R>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      int rank = i;
      tasks.add(
          () -> {
            try (Group group =
                Group.connect(
                    rank,
                    addresses,
                    listeners.get(rank),
                    secret,
                    Patience.ofSilence(120),
                    () -> false)) {
              return work.run(group);
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<R> results = new ArrayList<>();
      for (Future<R> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException("a worker on the loopback failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while workers exchange on the loopback", e);
    }
  }

  /** Seconds of a float each way, and of a message. */
  private static double[] exchange(int floats) throws IOException {
    return onLoopback(2, group -> exchange(group, floats)).getFirst();
  }

  private static double[] exchange(Group group, int floats) throws IOException {
    FloatVector vector = FloatVector.of(new float[floats]);
    double[] large = new double[EXCHANGES];
    for (int i = 0; i < EXCHANGES; i++) {
      long begin = System.nanoTime();
      group.reduceScatter(vector, i);
      group.allGather(vector, i);
      large[i] = (System.nanoTime() - begin) / 1e9 / floats; // half of them, twice
    }
    double[] small = new double[MESSAGES];
    for (int i = 0; i < MESSAGES; i++) {
      long begin = System.nanoTime();
      group.allGather(new byte[Double.BYTES], i);
      small[i] = (System.nanoTime() - begin) / 1e9;
    }
    return new double[] {median(large), median(small)};
  }

  private static double median(
      List<TrainingStep.Times> times, ToDoubleFunction<TrainingStep.Times> of) {
    return median(times.stream().mapToDouble(of).toArray());
  }

  /** The middle value, or the mean of the two. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double spread(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length - 1)) / mean;
  }
}
