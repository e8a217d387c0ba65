package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibm.icu.util.VersionInfo;
import io.gristmill.curation.document.ParquetFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The signatures of the documents that a run kept, in an index/ beside its documents/, so that a
 * later run finds which of its own it has already. The texts stay in documents/, where the
 * verification reads those that it needs.
 */
public final class CorpusIndex {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MADE_WITH = "_index.json";

  private CorpusIndex() {}

  /**
   * Signs the documents that were kept. Addresses are always signed.
   *
   * @param documents folder of the files of the kept documents
   * @param index folder to write
   */
  public static void write(SparkSession session, Path documents, MinHashConfig config, Path index)
      throws IOException {
    ParquetFiles.write(Signatures.signatures(documents(session, documents), config, true), index);
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    Path file = new Path(index, MADE_WITH);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(madeWith(config)));
    }
  }

  /**
   * A corpus with its index.
   *
   * @throws IllegalArgumentException if there is no index, or one that other settings have made
   */
  public static KnownCorpus read(
      SparkSession session, Path documents, Path index, MinHashConfig config) throws IOException {
    check(index, config, session.sparkContext().hadoopConfiguration());
    return new KnownCorpus(
        documents(session, documents),
        session.read().schema(Signatures.SCHEMA).parquet(index.toString()));
  }

  private static void check(Path index, MinHashConfig config, Configuration hadoop)
      throws IOException {
    Path file = new Path(index, MADE_WITH);
    JsonNode found;
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      found = JSON.readTree(in);
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "duplicates.known: %s is no index; run the earlier crawl with duplicates.index: true"
              .formatted(index),
          e);
    }
    madeWith(config)
        .properties()
        .forEach(
            setting -> {
              JsonNode there = found.path(setting.getKey());
              if (!there.asText().equals(setting.getValue().asText())) {
                throw new IllegalArgumentException(
                    "duplicates.known: %s was made with %s %s, this run has %s; take the same, or make the index again"
                        .formatted(
                            index, setting.getKey(), there.asText(), setting.getValue().asText()));
              }
            });
  }

  /** What two signatures must have in common to be compared. */
  private static JsonNode madeWith(MinHashConfig config) {
    return JSON.createObjectNode()
        .put("shingle-characters", config.shingleCharacters())
        .put("shingle-words", config.shingleWords())
        .put("bands", config.bands())
        .put("rows-per-band", config.rowsPerBand())
        .put("seed", config.seed())
        .put("Unicode of ICU", VersionInfo.ICU_VERSION.toString());
  }

  private static Dataset<Row> documents(SparkSession session, Path documents) {
    return session
        .read()
        .parquet(documents.toString())
        .select(
            regexp_extract(col("_metadata.file_name"), "(\\d+)", 1).cast("int").as("file"),
            col("_metadata.row_index").cast("int").as("row"),
            col("id"),
            col("url"),
            col("text"),
            col("fetched_at"),
            lit(0).as("quality"),
            lit(true).as("known"));
  }
}
