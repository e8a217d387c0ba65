package io.gristmill.tokenization.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;

/** Shards of made-up documents, written without Spark. */
final class WrittenShards {
  static final Configuration CONFIGURATION = new Configuration();
  static final int END_OF_TEXT = 0;

  private WrittenShards() {}

  /** Documents of random lengths around 100 tokens, each ended by the end-of-text token. */
  static List<int[]> documents(SplittableRandom random, int count, int vocabularySize) {
    List<int[]> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] tokens = new int[1 + random.nextInt(200)];
      for (int t = 0; t < tokens.length - 1; t++) {
        tokens[t] = 1 + random.nextInt(vocabularySize - 1);
      }
      documents.add(tokens);
    }
    return documents;
  }

  /** One training group of several files. */
  static Shards write(Path folder, int vocabularySize, int files, List<int[]> documents)
      throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toUri());
    TokenWidth width = TokenWidth.of(vocabularySize);
    List<ShardFile> written = new ArrayList<>();
    for (int f = 0; f < files; f++) {
      String name = ShardGroup.folder(Split.TRAIN, "web", "en") + "/part-%05d.parquet".formatted(f);
      try (ShardFileWriter writer =
          new ShardFileWriter(path, name, "0", width, 1024, CONFIGURATION)) {
        for (int d = f * documents.size() / files; d < (f + 1) * documents.size() / files; d++) {
          writer.write("d" + d, "d" + d, width.pack(documents.get(d)), documents.get(d).length);
        }
        written.add(writer.finish());
      }
    }
    long tokens = documents.stream().mapToLong(d -> d.length).sum();
    ShardGroup group =
        new ShardGroup(Split.TRAIN, "web", "en", documents.size(), tokens, tokens, written);
    ShardIndex index =
        new ShardIndex(
            "cafe", vocabularySize, width, 7, END_OF_TEXT, new Holdout(7, 0.25), List.of(group));
    return Shards.publish(path, index, CONFIGURATION);
  }
}
