package io.gristmill.trainer.training;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.ModelHash;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.vocabulary.VocabularyExtension;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a training begins with: random weights, those of a model that is trained on, or all of a
 * checkpoint of another run that it branches off from.
 *
 * @param folder a Hugging Face folder of a Llama model; empty for random weights
 * @param sha256 of its configuration and weights, so that a change is noticed; empty as well
 * @param step at which a branch begins, with the optimizer's state and the place in the data of the
 *     checkpoint; 0 for a training of its own
 */
public record InitialModel(String folder, String sha256, long step) {
  /** Weights that the seed determines. */
  public static InitialModel random() {
    return new InitialModel("", "", 0);
  }

  /**
   * The model in {@code folder}, all of which is read for its hash.
   *
   * @throws IOException if it is no plain Llama's, naming the file and the entry
   */
  public static InitialModel of(Path folder, Configuration configuration) throws IOException {
    FileSystem files = CheckpointFiles.system(folder, configuration);
    HuggingFace.readConfig(files, folder);
    return new InitialModel(files.makeQualified(folder).toString(), ModelHash.of(files, folder), 0);
  }

  /**
   * Where another run has left off: a decay of the learning rate branches off from the stable part
   * of a run so, while that goes on (Hu et al. 2024, arXiv 2404.06395, section 4.5).
   *
   * @throws IOException if the folder is no checkpoint of a run
   */
  public static InitialModel branch(Path checkpoint, Configuration configuration)
      throws IOException {
    FileSystem files = CheckpointFiles.system(checkpoint, configuration);
    return new InitialModel(
        files.makeQualified(checkpoint).toString(),
        ModelHash.of(files, checkpoint),
        TrainerState.read(files, checkpoint).step());
  }

  /** Whether there is a model, and its weights are not random. */
  public boolean given() {
    return !folder.isEmpty();
  }

  /** Whether the training goes on in the middle of another run. */
  public boolean branches() {
    return step > 0;
  }

  String description() {
    return branches()
        ? "step %d of %s".formatted(step, folder)
        : given() ? "the weights of " + folder : "random weights";
  }

  /** The weights of the folder as 32-bit floats. */
  Tensors weights(ModelConfig model, Configuration configuration) throws IOException {
    Path path = new Path(folder);
    return HuggingFace.readWeights(CheckpointFiles.system(path, configuration), path, model);
  }

  /**
   * Fails unless the model's own tokenizer, where the folder holds it, gives the ids of {@code
   * tokenizer} the same bytes: other rows than its own would silently be trained on.
   */
  void requireKnows(Tokenizer tokenizer, Configuration configuration) throws IOException {
    if (!given()) {
      return;
    }
    Path own = new Path(folder, TokenizerJson.FILE);
    if (own.getFileSystem(configuration).exists(own)) {
      Optional<String> difference =
          VocabularyExtension.difference(tokenizer, TokenizerFiles.read(own, configuration));
      if (difference.isPresent()) {
        throw new IllegalArgumentException(
            "model.from %s has another tokenizer than the run: %s; extend the model by the run's tokenizer with gristmill extend-model"
                .formatted(folder, difference.get()));
      }
    }
  }
}
