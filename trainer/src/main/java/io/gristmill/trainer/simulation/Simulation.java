package io.gristmill.trainer.simulation;

import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.training.MemoryPlan;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A run on 1, 2, 4, … workers.
 *
 * <p>The tree that sums the slots needs a power of two of workers, and a slot for each. So for each
 * number the slots that make the step fastest are looked for, from the configured ones to the
 * largest power of two that divides the batch. Where the batch has no sequence left for a thread,
 * larger ones are simulated and told apart.
 */
public final class Simulation {
  /** The largest power of two below 10,000. */
  public static final int MOST_WORKERS = 8192;

  /** Other slots must be faster by so much to be worth another tree. */
  private static final double WORTH = 1.01;

  /** Buffers for each peer, both directions: {@code collective.Link}. */
  private static final long LINK_BYTES = 2L << 20;

  /** Bytes of a checkpoint for each parameter: itself and two moments. */
  private static final double CHECKPOINT_BYTES = 12;

  private final Workload workload;
  private final Cluster cluster;
  private final DataParallelStep step;
  private final long parameters;

  public Simulation(Workload workload, Cluster cluster, StepCosts costs, long seed) {
    this.workload = workload;
    this.cluster = cluster;
    this.parameters = ParameterLayout.of(workload.model()).size();
    this.step =
        new DataParallelStep(
            costs,
            cluster,
            workload.model(),
            workload.sequenceLength(),
            Stragglers.draw(cluster.jitter(), MOST_WORKERS, seed));
  }

  /** Forecasts for every power of two up to {@link #MOST_WORKERS}. */
  public List<Forecast> run() {
    var forecasts = new ArrayList<Forecast>();
    for (int workers = 1; workers <= MOST_WORKERS; workers *= 2) {
      Division division = division(workers);
      double one =
          forecasts.isEmpty()
              ? tokens(division) / step.parts(division).total()
              : forecasts.getFirst().tokensPerSecond();
      forecasts.add(forecast(division, one));
    }
    return forecasts;
  }

  /** The fastest division of the configured batch, or of the smallest that suffices. */
  private Division division(int workers) {
    TrainerConfig trainer = workload.trainer();
    long threads = (long) workers * cluster.cores();
    if (threads <= Integer.lowestOneBit(trainer.globalBatch())
        || workers <= trainer.slots()) { // what is configured runs, if only with idle threads
      return fastest(workers, trainer.globalBatch());
    }
    long sequences = powerOfTwo(threads) * powerOfTwo(trainer.microBatch());
    return fastest(workers, Math.toIntExact(Math.max(sequences, trainer.globalBatch())));
  }

  private Division fastest(int workers, int globalBatch) {
    TrainerConfig trainer = workload.trainer();
    Division best = null;
    double seconds = Double.POSITIVE_INFINITY;
    int most = Integer.lowestOneBit(globalBatch);
    for (int slots = Math.max(workers, trainer.slots()); slots <= most; slots *= 2) {
      int micro = largestDivisor(globalBatch / slots, trainer.microBatch());
      var candidate = new Division(workers, cluster.cores(), slots, globalBatch, micro);
      double taken = step.parts(candidate).total();
      if (taken * WORTH < seconds) {
        best = candidate;
        seconds = taken;
      }
    }
    return best;
  }

  private Forecast forecast(Division division, double tokensPerSecondOfOne) {
    TrainerConfig trainer = workload.trainer();
    int workers = division.workers();
    StepParts parts = step.parts(division);
    double tokensPerSecond = tokens(division) / parts.total();
    long steps = Math.max(1, workload.tokens() / tokens(division));
    Reliability reliability =
        Reliability.of(cluster, workers, checkpointSeconds(workers), storageSeconds());
    double useful = steps * parts.total();
    double interval = trainer.checkpointInterval() * parts.total();
    boolean several = interval > 0 && interval < useful;
    double seconds = reliability.expectedSeconds(useful, several ? interval : useful);
    double hours = seconds / 3600;
    double best = reliability.bestInterval() / parts.total();
    return new Forecast(
        division,
        division.slots() == trainer.slots() && division.globalBatch() == trainer.globalBatch(),
        division.globalBatch() == trainer.globalBatch(),
        parts,
        tokensPerSecond,
        tokensPerSecond / workers / tokensPerSecondOfOne,
        steps,
        reliability.checkpointSeconds(),
        best < steps ? Math.max(1, Math.round(best)) : 0,
        hours,
        1 - useful / seconds,
        memory(division),
        hours * workers * cluster.watts() / 1000,
        hours * workers * cluster.price());
  }

  private long memory(Division division) {
    TrainerConfig trainer = workload.trainer();
    var changed =
        new TrainerConfig(
            trainer.steps(),
            division.globalBatch(),
            division.microBatch(),
            division.slots(),
            trainer.clip(),
            trainer.validationInterval(),
            trainer.validationTokens(),
            trainer.checkpointInterval(),
            trainer.keepCheckpoints(),
            trainer.seed(),
            trainer.dropout(),
            trainer.zLoss(),
            trainer.recompute(),
            trainer.precision());
    MemoryPlan plan =
        MemoryPlan.of(
            workload.model(),
            changed,
            workload.sequenceLength(),
            division.workers(),
            division.threads());
    return plan.total() + LINK_BYTES * (division.workers() - 1);
  }

  /** Worker 0 receives the moments of the others, and writes them and the parameters. */
  private double checkpointSeconds(int workers) {
    double foreign = 2.0 * Float.BYTES * parameters * (workers - 1) / workers;
    return foreign / (1e9 / 8 * cluster.networkGigabits()) + storageSeconds();
  }

  private double storageSeconds() {
    return CHECKPOINT_BYTES * parameters / (1e6 * cluster.storageMegabytes());
  }

  private long tokens(Division division) {
    return (long) division.globalBatch() * workload.sequenceLength();
  }

  private static long powerOfTwo(long atLeast) {
    return atLeast <= 1 ? 1 : Long.highestOneBit(atLeast - 1) << 1;
  }

  private static int largestDivisor(int of, int atMost) {
    int divisor = Math.min(of, atMost);
    while (of % divisor != 0) {
      divisor--;
    }
    return divisor;
  }
}
