package io.gristmill.trainer.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What stands for the content of a model folder: its configuration and its weights. */
public final class ModelHash {
  private ModelHash() {}

  /** SHA-256 in lowercase hex; reads every byte of the weights. */
  public static String of(FileSystem system, Path folder) throws IOException {
    List<String> names = new ArrayList<>(List.of(HuggingFace.CONFIG));
    try (ModelWeights weights = ModelWeights.open(system, folder)) {
      names.addAll(weights.files());
    }
    var lines = new StringBuilder();
    for (String name : names) {
      String sha256 = Manifest.sha256(system, new Path(folder, name));
      lines.append(name).append(' ').append(sha256).append('\n');
    }
    return Manifest.sha256(lines.toString());
  }
}
