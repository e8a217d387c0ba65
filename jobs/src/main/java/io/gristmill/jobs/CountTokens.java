package io.gristmill.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.TokenCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** documents/ and a tokenizer to token-counts.json: how many tokens there are, no shards needed. */
public final class CountTokens implements Stage {
  static final String NAME = "count-tokens";

  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Path tokenizer;
  private final double sample;

  /**
   * @param tokenizer a folder
   * @param sample the part of the documents to encode, above 0 to 1
   */
  CountTokens(SparkSession spark, RunConfig config, Path tokenizer, double sample) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.tokenizer = tokenizer;
    this.sample = sample;
  }

  public static void main(String[] arguments) {
    Gristmill.runCommand(NAME, arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Path folder() {
    return folders.tokenCounts();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    Inputs inputs = new Inputs(VERSION);
    if (!config.shards().rehydration().everyOnce()) {
      inputs.value("shards.rehydration", config.shards().rehydration().times().toString());
    }
    return inputs
        .configuration("shards.holdout", config.shards().holdout())
        .value("shards.domain-prefix", String.valueOf(config.shards().domainPrefix()))
        .value("shards.seed", String.valueOf(config.shards().seed()))
        .value("sample", String.valueOf(sample))
        .value("tokenizer", read().sha256())
        .published("curate", folders.documents(), hadoop)
        .all();
  }

  @Override
  public String run() throws IOException {
    Tokenizer read = read();
    TokenCounts counts =
        TokenCounts.of(Documents.kept(spark, folders), read, config.shards(), sample);
    ObjectNode root =
        JSON.createObjectNode()
            .put("tokenizer_sha256", read.sha256())
            .put("vocabulary_size", read.vocabularySize())
            .put("sample", sample);
    ArrayNode groups = root.putArray("groups");
    long all = 0;
    for (TokenCounts.Group group : counts.groups()) {
      long tokens = counts.tokens(group);
      all += tokens;
      groups
          .addObject()
          .put("split", group.split().key())
          .put("domain", group.domain())
          .put("language", group.language())
          .put("documents", group.documents())
          .put("bytes", group.bytes())
          .put("tokens", tokens)
          .put("bytes_per_token", bytesPerToken(group.bytes(), tokens));
    }
    try (OutputStream out = file().getFileSystem(hadoop).create(file(), true)) {
      out.write(JSON.writeValueAsBytes(root));
    }
    return "%s%,d tokens".formatted(sample < 1 ? "about " : "", all);
  }

  /** What the last run has counted, as a table for people. */
  List<String> table() throws IOException {
    JsonNode root;
    try (InputStream in = file().getFileSystem(hadoop).open(file())) {
      root = JSON.readTree(in);
    }
    List<String> lines = new ArrayList<>();
    String format = "%-10s %-20s %-8s %13s %18s %18s %11s";
    lines.add(
        format.formatted(
            "split", "domain", "language", "documents", "bytes", "tokens", "bytes/token"));
    long[] sums = new long[3];
    for (JsonNode group : root.path("groups")) {
      long[] counts = {
        group.path("documents").asLong(),
        group.path("bytes").asLong(),
        group.path("tokens").asLong()
      };
      lines.add(
          line(
              format,
              group.path("split").asText(),
              group.path("domain").asText(),
              group.path("language").asText(),
              counts));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
    lines.add(line(format, "all", "", "", sums));
    double part = root.path("sample").asDouble();
    if (part < 1) {
      lines.add(
          "Tokens are extrapolated by bytes from %s %% of the documents; documents and bytes are counted."
              .formatted(Math.round(part * 1e6) / 1e4));
    }
    return lines;
  }

  private static String line(
      String format, String split, String domain, String language, long[] counts) {
    return format.formatted(
        split,
        domain,
        language,
        "%,d".formatted(counts[0]),
        "%,d".formatted(counts[1]),
        "%,d".formatted(counts[2]),
        "%.3f".formatted(bytesPerToken(counts[1], counts[2])));
  }

  private static double bytesPerToken(long bytes, long tokens) {
    return tokens == 0 ? 0 : (double) bytes / tokens;
  }

  private Path file() {
    return new Path(folder(), "token-counts.json");
  }

  private Tokenizer read() throws IOException {
    return TokenizerFiles.read(tokenizer, hadoop);
  }
}
