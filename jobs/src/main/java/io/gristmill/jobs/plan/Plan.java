package io.gristmill.jobs.plan;

import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.simulation.Forecast;
import io.gristmill.trainer.simulation.StepCosts;
import java.util.List;

/**
 * What a configuration will come to; {@code plan.json} has the same fields. Everything but the
 * costs is computed, and those are measured only where {@code measurement} says so.
 *
 * @param name of the run
 * @param cluster that is planned for
 * @param costs of a step's parts on one worker
 * @param measurement how the costs were measured; empty where the cluster's description gives them
 * @param forecasts for 1, 2, 4, … workers
 */
public record Plan(
    String name,
    Model model,
    Data data,
    Training training,
    Recommendation recommendation,
    Cluster cluster,
    StepCosts costs,
    String measurement,
    List<Forecast> forecasts) {
  public Plan {
    forecasts = List.copyOf(forecasts);
  }

  /**
   * The model.
   *
   * @param nonVocabulary parameters outside of embedding and head
   * @param flopsPerToken of training
   */
  public record Model(long parameters, long nonVocabulary, double flopsPerToken) {}

  /**
   * The text.
   *
   * @param tokens of the run, repeats included
   * @param unique of them different; 0 where the shards do not exist yet
   * @param share of the mixture that the run takes
   * @param components of the mixture; none where the shards do not exist yet
   */
  public record Data(long tokens, long unique, double share, List<Component> components) {
    public Data {
      components = List.copyOf(components);
    }

    /** Whether epochs are known. */
    public boolean known() {
      return !components.isEmpty();
    }
  }

  /**
   * A domain and language of the whole mixture.
   *
   * @param label domain/language
   * @param share of the mixture
   * @param available tokens that there are
   * @param worth epochs of new text that the epochs are worth
   * @param next what one more would add
   */
  public record Component(
      String label, double share, long available, double epochs, double worth, double next) {}

  /**
   * The training as configured.
   *
   * @param steps of the run
   * @param batchTokens of a step
   * @param tokensPerParameter of all parameters
   * @param computeOptimal tokens per parameter that Chinchilla found best for compute
   * @param wsdOptimal tokens per parameter that MiniCPM found best at 1e21 operations
   * @param expectedLoss nats per token on English C4 by the law of repeated data
   */
  public record Training(
      long steps,
      long batchTokens,
      double tokensPerParameter,
      double computeOptimal,
      double wsdOptimal,
      double expectedLoss) {}

  /** The forecast for the largest number of workers that the cluster has nodes for. */
  public Forecast here() {
    return forecasts.stream()
        .filter(forecast -> forecast.workers() <= cluster.nodes())
        .toList()
        .getLast();
  }

  /** The last before the batch has too few sequences for more workers. */
  public Forecast lastOfSameBatch() {
    return forecasts.stream().filter(Forecast::sameBatch).toList().getLast();
  }

  /** With the same batch, the last of which a node is worth at least half of one alone. */
  public Forecast lastAtHalf() {
    return forecasts.stream()
        .filter(forecast -> forecast.sameBatch() && forecast.efficiency() >= 0.5)
        .toList()
        .getLast();
  }
}
