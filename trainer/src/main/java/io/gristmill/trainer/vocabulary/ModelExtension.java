package io.gristmill.trainer.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.trainer.checkpoint.CheckpointFiles;
import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.checkpoint.Fence;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.Json;
import io.gristmill.trainer.checkpoint.Manifest;
import io.gristmill.trainer.checkpoint.ModelHash;
import io.gristmill.trainer.checkpoint.ModelWeights;
import io.gristmill.trainer.checkpoint.SafetensorsReader;
import io.gristmill.trainer.checkpoint.SafetensorsWriter;
import io.gristmill.trainer.checkpoint.TensorEntry;
import io.gristmill.trainer.checkpoint.TrainerState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Gives a Hugging Face model the rows that an extended tokenizer needs: {@code
 * model.embed_tokens.weight}, and {@code lm_head.weight} where the head is not tied. A new token
 * begins as the mean of the rows of the pieces that it was before; {@link VocabularyTable} tells
 * the rows. Every other tensor is copied bit for bit, {@code config.json} keeps every byte but
 * those of {@code vocab_size}, and other files of the folder are copied. Left behind are the old
 * tokenizer, weights in other formats, and the state of an optimizer, which knows no new rows.
 *
 * <p>Tensors are streamed: beside the rows of pieces nothing is held in memory.
 *
 * @param model a folder with {@code config.json}, safetensors in one file or several, and the
 *     {@code tokenizer.json} that the model was trained with
 * @param tokenizer a folder with the {@code tokenizer.json} that extends it
 * @param output a folder that does not exist yet, or is empty
 * @param multiple the rows are padded to a multiple of it; 1 for no padding
 * @see <a href="https://nlp.stanford.edu/~johnhew/vocab-expansion.html">Hewitt 2021</a>: why means,
 *     and not noise
 */
public record ModelExtension(Path model, Path tokenizer, Path output, int multiple) {
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";
  private static final String HEAD_BIAS = "lm_head.bias";
  private static final int LARGEST_MULTIPLE = 1 << 16;
  private static final int BLOCK_BYTES = 1 << 20;

  private static final List<String> WEIGHTS =
      List.of(".safetensors", ".index.json", ".bin", ".pt", ".pth", ".gguf", ".h5", ".msgpack");

  public ModelExtension {
    if (multiple < 1 || multiple > LARGEST_MULTIPLE) {
      throw new IllegalArgumentException(
          "--pad-to is %d, must be 1 to %d; 64 is usual".formatted(multiple, LARGEST_MULTIPLE));
    }
  }

  /**
   * Writes the extended model. Its {@code config.json} comes last but for the manifest: what an
   * interrupted run leaves is no model.
   *
   * @throws IllegalArgumentException if the tokenizer does not extend the model's, or the output is
   *     not empty
   * @throws IOException naming the file and the entry that is missing or does not fit
   */
  public ExtendedModel write(Configuration configuration) throws IOException {
    FileSystem source = CheckpointFiles.system(model, configuration);
    FileSystem files = CheckpointFiles.system(output, configuration);
    requireEmpty(files);
    Tokenizer old = TokenizerFiles.read(model, configuration);
    Tokenizer extended = TokenizerFiles.read(tokenizer, configuration);
    VocabularyExtension extension = VocabularyExtension.of(old, extended);
    Path configPath = new Path(model, HuggingFace.CONFIG);
    byte[] config = read(source, configPath);
    try (ModelWeights weights = ModelWeights.open(source, model)) {
      int oldRows = requireTables(weights, Json.read(source, configPath), old);
      int rows = Math.ceilDiv(Math.max(oldRows, extension.size()), multiple) * multiple;
      byte[] newConfig = HuggingFace.withVocabularySize(config, rows, configPath);
      String fingerprint =
          Manifest.sha256(
              "extend-model %d %s %s %s"
                  .formatted(rows, ModelHash.of(source, model), old.sha256(), extended.sha256()));

      var writer = new CheckpointWriter(files, output, Fence.none());
      copyOthers(source, writer);
      copyTokenizer(writer, configuration);
      copyWeights(weights, writer, extension, rows);
      writer.write(HuggingFace.CONFIG, newConfig);
      writer.publish(fingerprint);
      return new ExtendedModel(
          oldRows, rows, extension.size() - extension.oldSize(), extension.piecesPerToken());
    }
  }

  private void requireEmpty(FileSystem files) throws IOException {
    if (files.exists(output) && files.listStatus(output).length > 0) {
      throw new IllegalArgumentException(
          files.exists(new Path(output, Manifest.NAME))
              ? "%s is finished already; choose another output, or remove it".formatted(output)
              : "%s is not empty, and no finished model: an interrupted run left it, or it holds something else; remove it, or choose another output"
                  .formatted(output));
    }
  }

  /**
   * Finds the tables in the weights, of one size and as the configuration and the tokenizer say.
   *
   * @return the rows of each
   */
  private int requireTables(ModelWeights weights, JsonNode config, Tokenizer old)
      throws IOException {
    int size = config.path("vocab_size").asInt();
    requireTable(weights, EMBEDDING, size);
    if (weights.tensor(HEAD).isPresent()) {
      requireTable(weights, HEAD, size);
    } else if (!config.path("tie_word_embeddings").asBoolean()) {
      throw new IOException(
          "%s: %s is missing, and %s does not say tie_word_embeddings"
              .formatted(model, HEAD, HuggingFace.CONFIG));
    }
    if (weights.tensor(HEAD_BIAS).isPresent()) {
      throw new IOException(
          "%s: %s would need numbers for new tokens; only heads without one can be extended"
              .formatted(model, HEAD_BIAS));
    }
    if (size < old.vocabularySize()) {
      throw new IOException(
          "%s: vocab_size is %d, but %s has %d tokens; the two do not belong together"
              .formatted(model, size, TokenizerJson.FILE, old.vocabularySize()));
    }
    return size;
  }

  private void requireTable(ModelWeights weights, String name, int rows) throws IOException {
    TensorEntry table =
        weights
            .tensor(name)
            .orElseThrow(
                () ->
                    new IOException(
                        "%s: %s is missing; only Llama-like models can be extended"
                            .formatted(model, name)));
    if (table.shape().size() != 2 || table.shape().getFirst() != rows) {
      throw new IOException(
          "%s: %s has shape %s, %s says vocab_size %d"
              .formatted(model, name, table.shape(), HuggingFace.CONFIG, rows));
    }
    if (!table.dtype().isWeight()) {
      throw new IOException(
          "%s: %s is of type %s, only F32, BF16 and F16 can be extended"
              .formatted(model, name, table.dtype()));
    }
  }

  private static void copyWeights(
      ModelWeights weights, CheckpointWriter writer, VocabularyExtension extension, int rows)
      throws IOException {
    long elements = 0;
    long bytes = 0;
    for (String name : weights.files()) {
      SafetensorsReader from = weights.file(name);
      List<TensorEntry> entries = from.tensors().stream().map(t -> resized(t, rows)).toList();
      try (OutputStream out = writer.create(name);
          var to = new SafetensorsWriter(out, entries, from.metadata())) {
        for (TensorEntry tensor : from.tensors()) {
          copy(from, tensor, to, extension, rows);
        }
      }
      elements += entries.stream().mapToLong(TensorEntry::size).sum();
      bytes += entries.stream().mapToLong(TensorEntry::bytes).sum();
    }
    Optional<byte[]> index = weights.index(elements, bytes);
    if (index.isPresent()) {
      writer.write(ModelWeights.INDEX, index.get());
    }
  }

  private static boolean isTable(TensorEntry tensor) {
    return tensor.name().equals(EMBEDDING) || tensor.name().equals(HEAD);
  }

  private static TensorEntry resized(TensorEntry tensor, int rows) {
    return isTable(tensor) ? VocabularyTable.resized(tensor, rows) : tensor;
  }

  private static void copy(
      SafetensorsReader from,
      TensorEntry tensor,
      SafetensorsWriter to,
      VocabularyExtension extension,
      int rows)
      throws IOException {
    if (isTable(tensor)) {
      new VocabularyTable(from, tensor, extension, to).write(rows);
      return;
    }
    byte[] block = new byte[(int) Math.min(BLOCK_BYTES, tensor.bytes())];
    for (long done = 0; done < tensor.bytes(); done += block.length) {
      int count = (int) Math.min(block.length, tensor.bytes() - done);
      from.readBytes(tensor.name(), done, block, 0, count);
      to.writeBytes(block, 0, count);
    }
  }

  /** Generation settings, licence, chat template, code: what is true of the new model too. */
  private void copyOthers(FileSystem source, CheckpointWriter writer) throws IOException {
    for (FileStatus file : source.listStatus(model)) {
      String name = file.getPath().getName();
      boolean left =
          file.isDirectory()
              || name.startsWith("_")
              || name.startsWith(".")
              || name.equals(HuggingFace.CONFIG)
              || name.equals(TrainerState.NAME)
              || TokenizerFiles.NAMES.contains(name)
              || WEIGHTS.stream().anyMatch(name::endsWith);
      if (!left) {
        writer.copy(source, file.getPath());
      }
    }
  }

  private void copyTokenizer(CheckpointWriter writer, Configuration configuration)
      throws IOException {
    FileSystem source = CheckpointFiles.system(tokenizer, configuration);
    for (String name : TokenizerFiles.NAMES) {
      Path file = new Path(tokenizer, name);
      if (source.exists(file)) {
        writer.copy(source, file);
      }
    }
  }

  private static byte[] read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }
}
