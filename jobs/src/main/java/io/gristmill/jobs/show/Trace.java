package io.gristmill.jobs.show;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.curation.Curation;
import io.gristmill.curation.decontamination.Contamination;
import io.gristmill.curation.dedup.Duplicate;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Rule;
import io.gristmill.curation.passage.Shortened;
import io.gristmill.curation.source.RawRecord;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What each stage of a run knows of one document, as JSON: an object a stage, in their order. A
 * stage that has not run yet is told as {@code "not yet"}, one that the configuration does not ask
 * for is left out.
 */
public final class Trace {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_YET = "not yet";
  private static final int PIECES = 32;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunConfig config;
  private final RunFolders folders;
  private final Profile profile;
  private final RunRows rows;

  public Trace(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config;
    this.folders = config.folders();
    this.profile = Curation.profile(config.curate(), hadoop);
    this.rows = new RunRows(spark, folders, profile);
  }

  /**
   * Follows a document.
   *
   * @param asked an id, the beginning of one, or a URL
   * @throws IllegalArgumentException if no record or several are meant
   */
  public ObjectNode of(String asked) throws IOException {
    String id = rows.id(asked);
    Optional<Row> document = rows.document(id);
    JsonNode row = json(document.isPresent() ? document.get() : rows.judged(id).orElseThrow());
    ObjectNode trace = JSON.createObjectNode();
    trace.put("id", id);
    copy(row, trace, "url", "domain", "source", "fetched_at");
    raw(row.path("source").asText(), trace.putObject("raw"));
    ObjectNode extracted = trace.putObject("extracted");
    copy(row, extracted, "title", "language", "language_score", "language_shares", "text_bytes");
    copy(row, extracted, "redactions", "removed", "detail", "text");
    measured(row, trace);
    ObjectNode verdict = trace.putObject("verdict");
    copy(row, verdict, "outcome", "stage", "reason", "signal", "value", "threshold");
    if (document.isEmpty() && row.path("outcome").asText().equals(Outcome.KEPT.key())) {
      verdict.put("outcome", "kept so far");
    }
    contamination(id, trace);
    duplicates(id, row, document.isPresent(), trace);
    if (config.curate().passages().on()) {
      stage(folders.passages(), Shortened.SCHEMA, id, "passages", trace);
    }
    tokens(id, row, trace);
    return trace;
  }

  private void raw(String source, ObjectNode raw) {
    try {
      Optional<RawRecord> record =
          RawRecord.of(Curation.inputs(config.curate(), hadoop), source, hadoop);
      if (record.isEmpty()) {
        raw.put("unreadable", "the file is no longer among the sources");
        return;
      }
      raw.put("file", record.get().file());
      raw.put("place", record.get().place());
      ArrayNode headers = raw.putArray("headers");
      record.get().headers().forEach(headers::add);
      raw.put("begin", record.get().begin());
    } catch (IOException | RuntimeException e) { // the source may be gone; the rest still tells
      raw.put("unreadable", e.toString());
    }
  }

  /** Every signal and score, with the rules of the profile in force that read it. */
  private void measured(JsonNode row, ObjectNode trace) {
    List<Rule> rules = profile.rulesOf(row.path("language").asText());
    for (String kind : List.of("signals", "scores")) {
      ObjectNode all = trace.putObject(kind);
      row.path(kind)
          .properties()
          .forEach(
              measured -> {
                ObjectNode one = all.putObject(measured.getKey());
                one.set("value", measured.getValue());
                rules.stream()
                    .filter(rule -> rule.signal().equals(measured.getKey()))
                    .forEach(rule -> threshold(rule, measured.getValue(), one));
              });
    }
  }

  private static void threshold(Rule rule, JsonNode value, ObjectNode one) {
    ObjectNode told = one.withArray("rules").addObject();
    told.put("reason", rule.reason());
    if (Double.isFinite(rule.min())) {
      told.put("min", rule.min());
    }
    if (Double.isFinite(rule.max())) {
      told.put("max", rule.max());
    }
    told.put("source", rule.source());
    boolean fails =
        value.isNumber() && (value.asDouble() < rule.min() || value.asDouble() > rule.max());
    told.put("fails", fails);
  }

  private void contamination(String id, ObjectNode trace) throws IOException {
    if (config.curate().decontamination().on()) {
      stage(folders.contamination(), Contamination.SCHEMA, id, "contamination", trace);
    }
  }

  private void duplicates(String id, JsonNode row, boolean concluded, ObjectNode trace)
      throws IOException {
    if (!rows.published(folders.duplicates())) {
      trace.put("duplicates", NOT_YET);
      return;
    }
    ObjectNode duplicates = trace.putObject("duplicates");
    List<Row> found = rows.rows(folders.duplicates(), Duplicate.SCHEMA, id);
    JsonNode known = found.isEmpty() ? row : json(found.getFirst());
    copy(known, duplicates, "reason", "survivor_id", "similarity", "cluster_id", "cluster_size");
    if (found.isEmpty() && !concluded) {
      duplicates.put("cluster_size", 1);
    }
    String cluster = known.path("cluster_id").asText("");
    if (!found.isEmpty()) {
      ArrayNode members = duplicates.putArray("members");
      spark
          .read()
          .schema(Duplicate.SCHEMA)
          .parquet(folders.duplicates().toString())
          .where(col("cluster_id").equalTo(cluster))
          .orderBy("id")
          .limit(PIECES)
          .collectAsList()
          .forEach(
              member -> {
                ObjectNode one = members.addObject();
                copy(json(member), one, "id", "reason", "survivor_id", "similarity");
              });
    }
  }

  private void stage(Path folder, StructType schema, String id, String name, ObjectNode trace)
      throws IOException {
    if (!rows.published(folder)) {
      trace.put(name, NOT_YET);
      return;
    }
    ArrayNode found = trace.putArray(name);
    rows.rows(folder, schema, id).forEach(row -> found.add(json(row)));
  }

  private void tokens(String id, JsonNode row, ObjectNode trace) throws IOException {
    if (!row.path("outcome").asText().equals("kept") && !row.path("reason").asText("").isEmpty()) {
      return;
    }
    if (!rows.published(folders.shards())) {
      trace.put("tokens", NOT_YET);
      return;
    }
    ArrayNode copies = trace.putArray("tokens");
    Tokenizer tokenizer = TokenizerFiles.read(folders.tokenizer(), hadoop);
    TokenWidth width = TokenWidth.of(tokenizer.vocabularySize());
    for (String folder : shardFolders(row)) {
      spark
          .read()
          .option("recursiveFileLookup", "true")
          .parquet(folder)
          .where(col("document_id").equalTo(id))
          .select(
              col("tokens"),
              col("token_count"),
              col("_metadata.file_path"),
              col("_metadata.row_index"))
          .collectAsList()
          .forEach(shard -> tokens(shard, tokenizer, width, copies.addObject()));
    }
  }

  /** The folders of shards that can hold the document: those of its domain and language. */
  private List<String> shardFolders(JsonNode row) throws IOException {
    List<String> found = new ArrayList<>();
    for (Split split : Split.values()) {
      Path folder =
          new Path(
              folders.shards(),
              ShardGroup.folder(split, row.path("domain").asText(), row.path("language").asText()));
      if (folder.getFileSystem(hadoop).exists(folder)) {
        found.add(folder.toString());
      }
    }
    return found.isEmpty() ? List.of(folders.shards().toString()) : found;
  }

  private static void tokens(Row shard, Tokenizer tokenizer, TokenWidth width, ObjectNode told) {
    byte[] packed = shard.getAs("tokens");
    long count = ((Number) shard.getAs("token_count")).longValue();
    told.put("count", count);
    told.put("shard", shard.<String>getAs("file_path"));
    told.put("row", shard.<Long>getAs("row_index"));
    ArrayNode ids = told.putArray("first_ids");
    ArrayNode pieces = told.putArray("first_pieces");
    for (int i = 0; i < Math.min(count, PIECES); i++) {
      int token = width.unpack(packed, i);
      ids.add(token);
      pieces.add(new String(tokenizer.bytesOf(token), StandardCharsets.UTF_8));
    }
  }

  private static JsonNode json(Row row) {
    try {
      return JSON.readTree(row.json());
    } catch (IOException e) {
      throw new IllegalStateException("Spark writes JSON that cannot be read", e);
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String... names) {
    for (String name : names) {
      JsonNode value = from.path(name);
      if (!value.isMissingNode() && !value.isNull() && !(value.isObject() && value.isEmpty())) {
        to.set(name, value);
      }
    }
  }
}
