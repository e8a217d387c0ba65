package io.gristmill.mixing.packing;

import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardFile;
import io.gristmill.tokenization.shard.ShardFileWriter;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Shards of numbered tokens: document d of a group holds consecutive numbers and ends with 0. */
public final class WrittenShards {
  static final Configuration CONFIGURATION = new Configuration();

  private final Path folder;
  private final List<ShardGroup> groups = new ArrayList<>();
  private int next = 1;

  public WrittenShards(Path folder) {
    this.folder = folder;
  }

  /** Adds a group of documents of these lengths, the end-of-text token included. */
  WrittenShards group(Split split, String domain, String language, int... lengths)
      throws IOException {
    int[][] documents = new int[lengths.length][];
    for (int d = 0; d < lengths.length; d++) {
      documents[d] = new int[lengths[d]];
      for (int t = 0; t < lengths[d] - 1; t++) {
        documents[d][t] = next++;
      }
    }
    return documents(split, domain, language, documents);
  }

  /** Adds a group of documents, each of which ends with 0. */
  public WrittenShards documents(Split split, String domain, String language, int[]... documents)
      throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.toUri());
    String name = ShardGroup.folder(split, domain, language) + "/part-00000.parquet";
    long tokens = 0;
    try (ShardFileWriter writer =
        new ShardFileWriter(root, name, "0", TokenWidth.U32, 1024, CONFIGURATION)) {
      for (int d = 0; d < documents.length; d++) {
        int length = documents[d].length;
        writer.write(domain + d, domain + d, TokenWidth.U32.pack(documents[d]), length);
        tokens += length;
      }
      ShardFile file = writer.finish();
      groups.add(
          new ShardGroup(split, domain, language, documents.length, tokens, tokens, List.of(file)));
    }
    return this;
  }

  public Shards publish() throws IOException {
    ShardIndex index =
        new ShardIndex("cafe", 1 << 24, TokenWidth.U32, 7, 0, new Holdout(7, 0.1), groups);
    return Shards.publish(new org.apache.hadoop.fs.Path(folder.toUri()), index, CONFIGURATION);
  }
}
