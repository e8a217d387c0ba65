package io.gristmill.curation.decontamination;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.Lines;
import io.gristmill.curation.source.Listing;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The files of an evaluation set and the items in them, in order. An item that cannot be read stops
 * the run, for a set that is read in part would let the rest through.
 */
final class EvaluationFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINE = 16 << 20;

  private EvaluationFiles() {}

  /**
   * The files of a set.
   *
   * @throws IllegalArgumentException if there are none, or one is of another format
   */
  static List<SourceFile> list(EvaluationConfig config, Configuration hadoop) {
    SourceConfig usual = SourceConfig.of(config.path());
    List<SourceFile> files =
        Listing.files(
            List.of(
                new SourceConfig(
                    config.path(),
                    config.format(),
                    usual.domain(),
                    usual.mode(),
                    usual.textKey(),
                    usual.idKey(),
                    usual.urlKey())),
            hadoop);
    for (SourceFile file : files) {
      switch (file.format()) {
        case JSONL, PARQUET, TEXT -> {}
        default ->
            throw new IllegalArgumentException(
                "%s of the evaluation set %s is of format %s, must be jsonl, parquet or text; set its format, or give a glob that leaves it out"
                    .formatted(file.path(), config.name(), file.format()));
      }
    }
    return files;
  }

  /**
   * Reads all items of a set.
   *
   * @throws IllegalArgumentException naming file and line of an item that cannot be read
   */
  static void read(SparkSession session, EvaluationConfig config, Consumer<EvaluationItem> sink) {
    for (SourceFile file : list(config, session.sparkContext().hadoopConfiguration())) {
      switch (file.format()) {
        case PARQUET -> rows(session, file, config, sink);
        case TEXT -> lines(session, file, (id, line) -> sink.accept(ofText(id, line)));
        default ->
            lines(
                session,
                file,
                (id, line) -> sink.accept(ItemParts.of(object(id, line), config, id)));
      }
    }
  }

  private interface Line {
    void accept(String id, String line);
  }

  private static void lines(SparkSession session, SourceFile file, Line sink) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    long number = 0;
    try (Members members = Members.open(Storage.open(file.path(), file.length(), hadoop))) {
      var lines = new Lines(members, LONGEST_LINE);
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        number++;
        String id = "%s:%d".formatted(file.relative(), number);
        if (lines.overlong()) {
          throw new IllegalArgumentException(
              "%s: the line is longer than %d bytes, which is no item; set the format of the evaluation set"
                  .formatted(id, LONGEST_LINE));
        }
        String text = new String(line.get(), StandardCharsets.UTF_8);
        if (!text.isBlank()) {
          sink.accept(id, text.startsWith("\ufeff") ? text.substring(1) : text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the evaluation set's file %s after line %d: %s; get the file again"
              .formatted(file.path(), number, e.getMessage()),
          e);
    }
  }

  /** A line is a question; what follows a tab is its answer. */
  private static EvaluationItem ofText(String id, String line) {
    String[] parts = line.split("\t", 2);
    List<String> answers =
        parts.length == 1 || parts[1].isBlank() ? List.of() : List.of(parts[1].strip());
    return new EvaluationItem(id, parts[0].strip(), List.of(), answers);
  }

  private static JsonNode object(String id, String line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: %s; mend the line or take it out, or set the format of the evaluation set"
              .formatted(id, e.getOriginalMessage()),
          e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "%s: a value that is no object; an evaluation set has one object a line".formatted(id));
    }
    return node;
  }

  /** The rows of a Parquet file as JSON objects, in their order. */
  private static void rows(
      SparkSession session,
      SourceFile file,
      EvaluationConfig config,
      Consumer<EvaluationItem> sink) {
    Iterator<Row> rows =
        session
            .read()
            .parquet(file.path())
            .select(
                to_json(struct(col("*"))).as("item"), col("_metadata.row_index").as("row_index"))
            .coalesce(1)
            .sortWithinPartitions("row_index")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      String id = "%s:%d".formatted(file.relative(), row.getLong(1) + 1);
      sink.accept(ItemParts.of(object(id, row.getString(0)), config, id));
    }
  }
}
