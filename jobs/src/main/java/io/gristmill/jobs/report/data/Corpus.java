package io.gristmill.jobs.report.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The encoded documents, of {@code shards.json}, and the tokenizer that encoded them.
 *
 * @param tokenizerSha256 of tokenizer.json
 * @param holdout the share of the duplicate clusters that is held out, NaN where it is not said
 */
public record Corpus(
    String tokenizerSha256, long vocabularySize, double holdout, List<Group> groups) {
  public Corpus {
    groups = List.copyOf(groups);
  }

  /**
   * Documents of one split, domain and language.
   *
   * @param split {@code train} or {@code validation}
   * @param bytes UTF-8 bytes of the texts
   * @param copiedTokens of the tokens, those of copies that rehydration has added
   */
  public record Group(
      String split,
      String domain,
      String language,
      long documents,
      long tokens,
      long bytes,
      long copiedTokens) {
    public boolean training() {
      return split.equals("train");
    }
  }

  /** No shards. */
  public static Corpus none() {
    return new Corpus("", 0, Double.NaN, List.of());
  }

  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Tokens to train on. */
  public long trainingTokens() {
    return groups.stream().filter(Group::training).mapToLong(Group::tokens).sum();
  }

  /** Reads {@code shards.json}. */
  static Corpus read(Path shards, Configuration hadoop, List<String> notes) throws IOException {
    JsonNode root = JsonFile.read(shards, hadoop, notes);
    var groups = new ArrayList<Group>();
    for (JsonNode group : root.path("groups")) {
      groups.add(
          new Group(
              JsonFile.word(group, "split"),
              JsonFile.word(group, "domain"),
              JsonFile.word(group, "language"),
              JsonFile.count(group, "documents"),
              JsonFile.count(group, "tokens"),
              JsonFile.count(group, "bytes"),
              JsonFile.count(group.path("copies"), "tokens")));
    }
    return new Corpus(
        JsonFile.word(root, "tokenizer_sha256"),
        JsonFile.count(root, "vocabulary_size"),
        JsonFile.measure(root.path("holdout"), "fraction"),
        groups);
  }
}
