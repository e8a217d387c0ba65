package io.gristmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The weights of a Hugging Face model folder: {@code model.safetensors}, or where the model is
 * larger {@code model-00001-of-00003.safetensors} and so on with an index. The tensors of any file
 * are found by their names.
 */
public final class ModelWeights implements Closeable {
  /** The list of which tensor is in which file. */
  public static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final Map<String, SafetensorsReader> files = new TreeMap<>();
  private final Map<String, SafetensorsReader> byTensor = new HashMap<>();
  private final JsonNode index;

  private ModelWeights(Path folder, JsonNode index) {
    this.folder = folder;
    this.index = index;
  }

  /**
   * Opens the weights of {@code folder}.
   *
   * @throws IOException naming the file that is missing or damaged, or the tensor that is not where
   *     the index says
   */
  public static ModelWeights open(FileSystem system, Path folder) throws IOException {
    Path indexPath = new Path(folder, INDEX);
    boolean sharded = system.exists(indexPath);
    var weights =
        new ModelWeights(
            folder, sharded ? Json.read(system, indexPath) : MissingNode.getInstance());
    try {
      if (sharded) {
        JsonNode map = Json.entry(weights.index, "weight_map", indexPath);
        var names = new TreeSet<String>();
        map.forEach(file -> names.add(file.asText()));
        for (String name : names) {
          weights.add(system, name);
        }
        weights.require(map, indexPath);
      } else {
        weights.add(system, HuggingFace.MODEL);
      }
      return weights;
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private void add(FileSystem system, String name) throws IOException {
    Path path = new Path(folder, name);
    if (!path.getName().equals(name)) {
      throw new IOException("%s: %s is not a file of the folder".formatted(folder, name));
    }
    if (!system.exists(path)) {
      throw new IOException(
          "%s is missing; weights are read from safetensors files only".formatted(path));
    }
    SafetensorsReader reader = SafetensorsReader.open(system, path);
    files.put(name, reader);
    for (TensorEntry tensor : reader.tensors()) {
      if (byTensor.put(tensor.name(), reader) != null) {
        throw new IOException("%s: %s is in two files".formatted(folder, tensor.name()));
      }
    }
  }

  /** Fails unless the index and the files name the same tensors. */
  private void require(JsonNode map, Path index) throws IOException {
    for (Map.Entry<String, SafetensorsReader> file : files.entrySet()) {
      for (TensorEntry tensor : file.getValue().tensors()) {
        String indexed = map.path(tensor.name()).asText("no file");
        if (!indexed.equals(file.getKey())) {
          throw new IOException(
              "%s: %s is in %s by the index, but in %s"
                  .formatted(index, tensor.name(), indexed, file.getKey()));
        }
      }
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      if (!byTensor.containsKey(entry.getKey())) {
        throw new IOException(
            "%s: %s is missing in %s"
                .formatted(index, entry.getKey(), new Path(folder, entry.getValue().asText())));
      }
    }
  }

  /** The names of the files, in order. */
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  /** One of {@link #files}. */
  public SafetensorsReader file(String name) {
    return files.get(name);
  }

  /** A tensor of any file. */
  public Optional<TensorEntry> tensor(String name) {
    return tensors().stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }

  /**
   * The index for the same tensors in the same files with other totals; empty where the weights are
   * one file without an index.
   */
  public Optional<byte[]> index(long elements, long bytes) {
    if (index.isMissingNode()) {
      return Optional.empty();
    }
    ObjectNode changed = index.deepCopy();
    ObjectNode metadata = changed.withObject("/metadata");
    metadata.put("total_size", bytes);
    if (metadata.has("total_parameters")) {
      metadata.put("total_parameters", elements);
    }
    return Optional.of(Json.bytes(changed));
  }

  private List<TensorEntry> tensors() {
    return files.values().stream().flatMap(file -> file.tensors().stream()).toList();
  }

  /**
   * Fails unless the files hold exactly {@code expected}; old Llamas also store the frequencies of
   * their rotary positions, which follow from the configuration.
   */
  void require(List<TensorEntry> expected) throws IOException {
    List<TensorEntry> learned =
        tensors().stream().filter(t -> !t.name().endsWith(".rotary_emb.inv_freq")).toList();
    TensorEntry.requireSame(learned, expected, files.size() == 1 ? first() : folder);
  }

  private Path first() {
    return new Path(folder, files().getFirst());
  }

  /** Copies all {@code length} elements of a tensor as floats. */
  void read(String name, float[] target, int length) throws IOException {
    byTensor.get(name).read(name, 0, target, 0, length);
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsReader reader : files.values()) {
      reader.close();
    }
  }
}
