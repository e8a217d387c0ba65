package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The size of the tokenizer, of {@code tokenizer.json}: 0 where it is not there. */
public record Tokenizer(long vocabularySize, long merges) {
  /** No tokenizer. */
  public static Tokenizer none() {
    return new Tokenizer(0, 0);
  }

  /** Reads {@code tokenizer.json}; tokens that were added to the vocabulary count once. */
  static Tokenizer read(Path folder, Configuration hadoop, List<String> notes) throws IOException {
    JsonNode root = JsonFile.read(new Path(folder, "tokenizer.json"), hadoop, notes);
    JsonNode vocabulary = root.path("model").path("vocab");
    long size = vocabulary.size();
    for (JsonNode added : root.path("added_tokens")) {
      size += vocabulary.has(JsonFile.word(added, "content")) ? 0 : 1;
    }
    return new Tokenizer(size, root.path("model").path("merges").size());
  }
}
