package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.packing.ValidationSequences;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Measures a model folder on the held-out documents of a run, as the run itself does. */
public final class CheckpointEvaluation {
  private CheckpointEvaluation() {}

  /**
   * The held-out loss of each domain and language.
   *
   * @param checkpoint a checkpoint of a run, or any Llama folder with its {@code tokenizer.json}
   * @param shards encoded with that tokenizer
   * @param mixture of the run, for the sequence length
   * @param microBatch windows at once; the run's own gives the run's own bits
   * @param tokensPerGroup at most this many tokens of each; 0 for all
   */
  public static Validation measure(
      Path checkpoint,
      Shards shards,
      Mixture mixture,
      int microBatch,
      long tokensPerGroup,
      int threads,
      Configuration configuration)
      throws IOException {
    FileSystem files = CheckpointFiles.system(checkpoint, configuration);
    Tokenizer tokenizer = TokenizerFiles.read(checkpoint, configuration);
    shards.requireTokenizer(tokenizer.sha256());
    ModelConfig config = HuggingFace.readConfig(files, checkpoint);
    Tensors weights = HuggingFace.readWeights(files, checkpoint, config);
    Llama model = new Llama(config, Kernels.best());
    boolean ofARun = files.exists(new Path(checkpoint, TrainerState.NAME));
    long step = ofARun ? TrainerState.read(files, checkpoint).step() : 0;
    try (ValidationSequences heldOut = ValidationSequences.open(shards, mixture.sequenceLength());
        ThreadTeam team = new ThreadTeam(threads)) {
      var batches =
          new ValidationBatches(
              heldOut,
              mixture.sequenceLength(),
              microBatch,
              tokensPerGroup,
              ByteLengths.of(tokenizer));
      List<Desk> desks = Training.desks(model, microBatch, mixture, threads);
      return new HeldOutLoss(model, batches, Group.alone(), team, desks).measure(weights, step);
    }
  }
}
