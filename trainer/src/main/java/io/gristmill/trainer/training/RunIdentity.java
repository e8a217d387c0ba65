package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.trainer.checkpoint.Manifest;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.spike.SpikesConfig;
import java.util.List;

/**
 * What determines the bits of a run: two runs with the same identity have the same checkpoints.
 * Threads, workers, vector width, intervals and paths are no part of it; workers are where they
 * exchange less than every gradient in full.
 */
public final class RunIdentity {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private RunIdentity() {}

  /** What stands for the identity, and for nothing else. */
  public static String sha256(TrainingRun run, Mixture mixture, long steps) {
    return Manifest.sha256(of(run, mixture, steps).toString());
  }

  /** What the identities of a run and of its branches have in common. */
  static ObjectNode ofBranches(JsonNode identity) {
    ObjectNode common = identity.deepCopy();
    common.remove(List.of("schedule", "model_from_sha256", "branched_at_step"));
    common.withObject("/pretrain").remove("steps");
    return common;
  }

  /**
   * The identity as it stands in a checkpoint.
   *
   * @param kernels that the run computes with
   * @param steps of the whole run, which the schedule depends on
   */
  static ObjectNode of(TrainingRun run, Kernels kernels, Mixture mixture, long steps) {
    ObjectNode root = of(run, mixture, steps);
    if (!kernels.instructions().isEmpty()) {
      root.withObject("/numerics").put("instructions", kernels.instructions());
    }
    return root;
  }

  /** What is known of it before there are workers: all but the instructions of their machines. */
  private static ObjectNode of(TrainingRun run, Mixture mixture, long steps) {
    ObjectNode root = MAPPER.createObjectNode();
    root.set("model", MAPPER.valueToTree(run.model()));
    if (run.initial().given()) {
      root.put("model_from_sha256", run.initial().sha256());
      if (run.initial().branches()) {
        root.put("branched_at_step", run.initial().step());
      }
    }
    ObjectNode optimizer = MAPPER.valueToTree(run.optimizer());
    if (run.muon().on()) {
      optimizer.put("kind", "muon").put("momentum", run.muon().momentum());
    }
    root.set("optimizer", optimizer);
    root.set("schedule", MAPPER.valueToTree(run.schedule()));
    TrainerConfig trainer = run.trainer();
    ObjectNode pretrain = root.putObject("pretrain");
    pretrain
        .put("steps", steps)
        .put("global_batch", trainer.globalBatch())
        .put("micro_batch", trainer.microBatch())
        .put("slots", trainer.slots())
        .put("clip", trainer.clip())
        .put("seed", trainer.seed());
    if (trainer.dropout() > 0) {
      pretrain.put("dropout", trainer.dropout());
    }
    if (trainer.zLoss() > 0) {
      pretrain.put("z_loss", trainer.zLoss());
    }
    putExchange(pretrain, run.exchange());
    if (run.spikes().on()) {
      putSpikes(pretrain.putObject("spikes"), run);
    }
    root.putObject("numerics")
        .put("precision", trainer.precision().numerics())
        .put("depth_block", Kernels.DEPTH_BLOCK)
        .put("attention_block", Kernels.ATTENTION_BLOCK)
        .put("head_block", Kernels.HEAD_BLOCK)
        .put("norm_chunk", Kernels.NORM_CHUNK);
    if (run.onlineMixing().on()) {
      putOnlineMixing(root.putObject("online_mixing"), run);
    }
    root.put("mixture_sha256", Manifest.sha256(MixtureJson.text(mixture)));
    root.put("tokenizer_sha256", mixture.tokenizerSha256());
    return root;
  }

  /** What is rounded, and when, depends on who exchanges with whom: so their number is told. */
  private static void putExchange(ObjectNode pretrain, ExchangeConfig exchange) {
    if (exchange.changesBits()) {
      pretrain.put("workers", exchange.workers());
    }
    if (exchange.compression().on()) {
      pretrain.put("compression", exchange.compression().key());
    }
    if (exchange.trainsAlone()) {
      pretrain
          .put("local_steps", exchange.localSteps())
          .put("outer_learning_rate", exchange.outerLearningRate())
          .put("outer_momentum", exchange.outerMomentum());
    }
  }

  /** Where a run may go back to is then a part of it too. */
  private static void putSpikes(ObjectNode node, TrainingRun run) {
    SpikesConfig config = run.spikes();
    node.put("policy", config.policy().key())
        .put("window", config.window())
        .put("sigma", config.sigma());
    if (config.replaces()) {
      node.put("checkpoint_interval", run.trainer().checkpointInterval());
    }
  }

  /** The held-out tokens decide on the weights, so here they are part of it. */
  private static void putOnlineMixing(ObjectNode node, TrainingRun run) {
    OnlineMixingConfig config = run.onlineMixing();
    node.put("method", config.method().key())
        .put("interval", config.interval())
        .put("eta", config.eta())
        .put("floor", config.floor())
        .put("reference_sha256", run.reference().sha256())
        .put("validation_tokens", run.trainer().validationTokens());
    ObjectNode targets = node.putObject("targets");
    config.targets().forEach(target -> targets.put(target.label(), target.loss()));
  }
}
