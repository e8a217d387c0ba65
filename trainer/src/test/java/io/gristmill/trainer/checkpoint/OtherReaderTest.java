package io.gristmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tjake.jlama.model.AbstractModel;
import com.github.tjake.jlama.model.ModelSupport;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.tensor.KvBufferCache;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.PowerParametrization;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.training.TinyWorld;
import io.gristmill.trainer.vocabulary.ExtendedTokenizer;
import io.gristmill.trainer.vocabulary.ModelExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds our model folders against an independent reader and forward pass, Jlama. */
class OtherReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int LENGTH = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"true, 4, 10000", "false, 2, 50000"})
  void anotherProgramComputesTheSameLogits(boolean tied, int keyValueHeads, double ropeTheta)
      throws Exception {
    var config = new ModelConfig(257, 128, 2, 4, keyValueHeads, 32, 352, 64, ropeTheta, 1e-5, tied);
    Llama llama = new Llama(config, Kernels.best());
    Tensors weights = llama.initial(SEED);
    write(folder, config, weights);

    assertSameLogits(llama, weights, folder);
  }

  @Test
  void anotherProgramComputesTheSameLogitsUnderGraniteMultipliers() throws Exception {
    var config =
        new ModelConfig(257, 128, 2, 4, 2, 32, 352, 64, 10_000, 1e-5, true)
            .with(new PowerParametrization(64, 0.1, 12, 0.22, 1.0 / 32, 2));
    Llama llama = new Llama(config, Kernels.best());
    Tensors weights = llama.initial(SEED);
    write(folder, config, weights);

    assertSameLogits(llama, weights, folder);
  }

  @Test
  void anotherProgramComputesTheSameLogitsOfAnExtendedModel() throws Exception {
    var config = new ModelConfig(257, 128, 2, 4, 2, 32, 352, 64, 10_000, 1e-5, false);
    Path model = Files.createDirectory(folder.resolve("model"));
    write(model, config, new Llama(config, Kernels.best()).initial(SEED));
    Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
    TokenizerFiles.write(ExtendedTokenizer.extended(), path(tokenizer), TinyWorld.CONFIGURATION);
    Path extended = folder.resolve("extended");
    new ModelExtension(path(model), path(tokenizer), path(extended), 64)
        .write(TinyWorld.CONFIGURATION);

    FileSystem files = CheckpointFiles.system(path(extended), TinyWorld.CONFIGURATION);
    ModelConfig larger = HuggingFace.readConfig(files, path(extended));
    assertThat(larger.vocabularySize()).isEqualTo(320);
    Tensors weights = HuggingFace.readWeights(files, path(extended), larger);
    assertSameLogits(new Llama(larger, Kernels.best()), weights, extended);
  }

  private static void write(Path folder, ModelConfig config, Tensors weights) throws IOException {
    FileSystem files = CheckpointFiles.system(path(folder), TinyWorld.CONFIGURATION);
    var writer = new CheckpointWriter(files, path(folder), Fence.none());
    HuggingFace.write(writer, config, weights, 0);
    TinyWorld.writeTokenizer(folder);
  }

  private static void assertSameLogits(Llama llama, Tensors weights, Path folder) {
    int vocabulary = llama.config().vocabularySize();
    int[] tokens = new SplittableRandom(SEED).ints(LENGTH, 1, vocabulary).toArray();
    var batch = new Batch(1, LENGTH, tokens, new int[LENGTH], new int[LENGTH]);
    float[] ours = llama.logits(weights, batch, llama.workspace(1, LENGTH));

    try (AbstractModel theirs = ModelSupport.loadModel(folder.toFile(), DType.F32, DType.F32);
        var cache = new KvBufferCache(theirs);
        KvBufferCache.KvBuffer buffer = cache.getEphemeralKvBuffer()) {
      for (int n = 0; n < LENGTH; n++) {
        var hidden = theirs.forward(tokens[n], n, buffer, Optional.empty());
        try (var logits = theirs.makeDenseTensor(vocabulary)) {
          theirs.sample(hidden, 0f, 0.5f, logits);
          for (int v = 0; v < vocabulary; v++) {
            assertThat(Math.abs(logits.get(0, v) - ours[n * vocabulary + v]))
                .as("position %d token %d seed %d", n, v, SEED)
                .isLessThan(1e-4f);
          }
        }
      }
    }
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
