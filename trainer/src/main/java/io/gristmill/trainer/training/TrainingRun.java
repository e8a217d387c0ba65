package io.gristmill.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.StandardParametrization;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;
import io.gristmill.trainer.spike.SpikesConfig;

/**
 * Everything that a worker must know to take part in a run.
 *
 * @param initial what the first parameters are
 * @param optimizer AdamW's constants, of all parameters or of those that are not {@code muon}'s
 * @param muon whether it updates the hidden matrices
 * @param shards folder of the token shards
 * @param mixture file {@code mixture.json}
 * @param tokenizer folder of {@code tokenizer.json}, copied into every checkpoint
 * @param output folder for {@code checkpoints/} and {@code metrics.jsonl}; every worker must see it
 * @param onlineMixing whether the weights of the mixture change as it goes
 * @param reference the model that {@code onlineMixing} names
 * @param exchange how often workers exchange, and in how many bytes
 * @param spikes whether spikes of the loss are looked for, and what is done about them
 */
public record TrainingRun(
    ModelConfig model,
    InitialModel initial,
    TrainerConfig trainer,
    AdamWConfig optimizer,
    ScheduleConfig schedule,
    String shards,
    String mixture,
    String tokenizer,
    String output,
    OnlineMixingConfig onlineMixing,
    ReferenceModel reference,
    MuonConfig muon,
    ExchangeConfig exchange,
    SpikesConfig spikes) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public TrainingRun {
    exchange.requireFits(trainer, onlineMixing);
    if (initial.branches() && onlineMixing.on()) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing stands beside a branch of %s, whose place in the data it would change; branch without it"
              .formatted(initial.folder()));
    }
    if (spikes.replaces() && onlineMixing.on()) {
      throw new IllegalArgumentException(
          "pretrain.spikes.policy is replace, whose batches come after the last step's in the order of the mixture, but pretrain.online-mixing makes that order as it goes; set the policy to skip, or remove online-mixing");
    }
    if (muon.on() && !(model.parametrization() instanceof StandardParametrization)) {
      throw new IllegalArgumentException(
          "optimizer.kind muon stands beside model.parametrization, whose learning rates are AdamW's; remove one");
    }
  }

  /** A run with the mixture as it is planned, by AdamW alone. */
  public TrainingRun(
      ModelConfig model,
      InitialModel initial,
      TrainerConfig trainer,
      AdamWConfig optimizer,
      ScheduleConfig schedule,
      String shards,
      String mixture,
      String tokenizer,
      String output) {
    this(
        model,
        initial,
        trainer,
        optimizer,
        schedule,
        shards,
        mixture,
        tokenizer,
        output,
        OnlineMixingConfig.none(),
        ReferenceModel.none(),
        MuonConfig.none(),
        ExchangeConfig.synchronous(),
        SpikesConfig.off());
  }

  /** The same run, changing the weights of its mixture as it goes. */
  public TrainingRun with(OnlineMixingConfig onlineMixing, ReferenceModel reference) {
    return with(mixture, output, onlineMixing, reference, muon, exchange, spikes);
  }

  /** The same run, with its hidden matrices updated by Muon, or not. */
  public TrainingRun with(MuonConfig muon) {
    return with(mixture, output, onlineMixing, reference, muon, exchange, spikes);
  }

  /** The same run, exchanging in this way. */
  public TrainingRun with(ExchangeConfig exchange) {
    return with(mixture, output, onlineMixing, reference, muon, exchange, spikes);
  }

  /** The same run, doing this about spikes. */
  public TrainingRun with(SpikesConfig spikes) {
    return with(mixture, output, onlineMixing, reference, muon, exchange, spikes);
  }

  /** The same run, with its mixture in this file and its output in this folder. */
  public TrainingRun at(String mixture, String output) {
    return with(mixture, output, onlineMixing, reference, muon, exchange, spikes);
  }

  private TrainingRun with(
      String mixture,
      String output,
      OnlineMixingConfig onlineMixing,
      ReferenceModel reference,
      MuonConfig muon,
      ExchangeConfig exchange,
      SpikesConfig spikes) {
    return new TrainingRun(
        model,
        initial,
        trainer,
        optimizer,
        schedule,
        shards,
        mixture,
        tokenizer,
        output,
        onlineMixing,
        reference,
        muon,
        exchange,
        spikes);
  }

  /** A form that travels to other processes. */
  public String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and text have a JSON form", e);
    }
  }

  /** Reads what {@link #toJson} wrote. */
  public static TrainingRun parse(String json) {
    try {
      return MAPPER.readValue(json, TrainingRun.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a training run: " + e.getOriginalMessage(), e);
    }
  }
}
