package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.ModelHash;
import io.gristmill.trainer.data.ValidationBatches;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The model whose held-out losses a run with online mixing is compared with.
 *
 * @param folder a Hugging Face folder of a Llama model; empty for none
 * @param sha256 of its configuration and weights, so that a change is noticed; empty as well
 */
public record ReferenceModel(String folder, String sha256) {
  /** No model. */
  public static ReferenceModel none() {
    return new ReferenceModel("", "");
  }

  /**
   * The model in {@code folder}, or the last checkpoint of the training there; all of it is read
   * for its hash.
   *
   * @throws IOException if there is none, or it is no plain Llama's
   */
  public static ReferenceModel of(Path folder, Configuration configuration) throws IOException {
    FileSystem files = CheckpointFiles.system(folder, configuration);
    var checkpoints = new Checkpoints(new Path(folder, RunFolder.CHECKPOINTS), configuration);
    Path model = checkpoints.lastPublished().map(checkpoints::folder).orElse(folder);
    if (!files.exists(new Path(model, HuggingFace.CONFIG))) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing.reference is %s, which holds neither %s nor a finished checkpoint; name a model folder, or the training folder of a run"
              .formatted(folder, HuggingFace.CONFIG));
    }
    HuggingFace.readConfig(files, model);
    return new ReferenceModel(files.makeQualified(model).toString(), ModelHash.of(files, model));
  }

  /** Whether there is a model. */
  public boolean given() {
    return !folder.isEmpty();
  }

  /** Fails unless the model's tokens are the run's and its positions are enough. */
  void requireFits(Tokenizer tokenizer, Mixture mixture, Configuration configuration)
      throws IOException {
    Path path = new Path(folder);
    if (!TokenizerFiles.read(path, configuration).sha256().equals(tokenizer.sha256())) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing.reference %s has another tokenizer than the run, so their losses cannot be compared; train a reference on the run's shards"
              .formatted(folder));
    }
    int positions = config(configuration).maxSequenceLength();
    if (positions < mixture.sequenceLength()) {
      throw new IllegalArgumentException(
          "pretrain.online-mixing.reference %s has %d positions, the mixture's sequences have %d tokens; train a reference on sequences as long"
              .formatted(folder, positions, mixture.sequenceLength()));
    }
  }

  /** The model ready to be measured on the run's held-out tokens. */
  Loaded load(
      Kernels kernels,
      ValidationBatches batches,
      int microBatch,
      Mixture mixture,
      Worker worker,
      ThreadTeam team,
      Configuration configuration)
      throws IOException {
    Path path = new Path(folder);
    Llama model = new Llama(config(configuration), kernels);
    Tensors weights =
        HuggingFace.readWeights(CheckpointFiles.system(path, configuration), path, model.config());
    return new Loaded(
        new HeldOutLoss(
            model,
            batches,
            worker.group(),
            team,
            Training.desks(model, microBatch, mixture, worker.threads())),
        weights);
  }

  /** Its shape. */
  ModelConfig config(Configuration configuration) throws IOException {
    Path path = new Path(folder);
    return HuggingFace.readConfig(CheckpointFiles.system(path, configuration), path);
  }

  /** A model in memory. */
  record Loaded(HeldOutLoss heldOut, Tensors weights) {}
}
