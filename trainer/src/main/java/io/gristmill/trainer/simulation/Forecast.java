package io.gristmill.trainer.simulation;

/**
 * A run on so many workers, predicted.
 *
 * @param division how its step is divided; where it differs from the configuration, that must
 *     change
 * @param configured whether batch, slots and micro-batch are those of the configuration
 * @param sameBatch whether the batch is; another one is another training
 * @param step seconds by part
 * @param efficiency tokens per second and worker, of those of one worker
 * @param steps of the run
 * @param checkpointSeconds that one checkpoint takes
 * @param bestInterval steps between checkpoints that lose least; 0 where one at the end is best
 * @param hours expected, with checkpoints and failures; infinite where it would never end
 * @param lost share of the hours that checkpoints and failures take
 * @param memoryBytes of a worker
 * @param kilowattHours of all workers; 0 where watts are not given
 * @param money for all workers; 0 where no price is given
 */
public record Forecast(
    Division division,
    boolean configured,
    boolean sameBatch,
    StepParts step,
    double tokensPerSecond,
    double efficiency,
    long steps,
    double checkpointSeconds,
    long bestInterval,
    double hours,
    double lost,
    long memoryBytes,
    double kilowattHours,
    double money) {
  public int workers() {
    return division.workers();
  }

  /** Whether the run ends although nodes fail. */
  public boolean ends() {
    return Double.isFinite(hours);
  }
}
