package io.gristmill.tokenization.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes the files of one partition of placed documents in order and says what is in each. */
final class WrittenFiles {
  static final StructType SCHEMA =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("length", DataTypes.LongType, false)
          .add("sha256", DataTypes.StringType, false)
          .add("byte_count", DataTypes.LongType, false)
          .add("rows", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("tokens", DataTypes.createArrayType(DataTypes.LongType, false), false)
          .add("copies", DataTypes.LongType, false)
          .add("copied_tokens", DataTypes.LongType, false);

  /** The columns of the documents, in this order. */
  static final Column[] DOCUMENTS =
      Stream.of("file", "place", "document_id", "cluster_id", "tokens", "byte_count", "copy")
          .map(functions::col)
          .toArray(Column[]::new);

  private final FilePlan plan;
  private final Path folder;
  private final TokenWidth width;
  private final int rowGroupTokens;
  private final String attempt;
  private final Configuration configuration;

  WrittenFiles(
      FilePlan plan,
      Path folder,
      TokenWidth width,
      int rowGroupTokens,
      String attempt,
      Configuration configuration) {
    this.plan = plan;
    this.folder = folder;
    this.width = width;
    this.rowGroupTokens = rowGroupTokens;
    this.attempt = attempt;
    this.configuration = configuration;
  }

  /** Writes all files of the partition; a row per file. */
  List<Row> write(Iterator<Row> documents) {
    List<Row> written = new ArrayList<>();
    Optional<Row> next = documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    while (next.isPresent()) {
      next = writeFile(next.get(), documents, written);
    }
    return written;
  }

  /** Writes the file of the first document and returns the first document of the next file. */
  private Optional<Row> writeFile(Row first, Iterator<Row> documents, List<Row> written) {
    int file = first.getInt(0);
    String path = plan.groupOf(file).path(file);
    try (ShardFileWriter writer =
        new ShardFileWriter(folder, path, attempt, width, rowGroupTokens, configuration)) {
      Row document = first;
      String previous = "";
      long bytes = 0;
      long copies = 0;
      long copiedTokens = 0;
      Optional<Row> next = Optional.empty();
      while (true) {
        String id = document.getString(2);
        if (id.equals(previous)) {
          throw new IllegalStateException(
              "document %s stands twice among the kept documents; curate again".formatted(id));
        }
        previous = id;
        writer.write(id, document.getString(3), document.getAs(4), document.getLong(5));
        bytes += document.getLong(5);
        if (document.getBoolean(6)) {
          copies++;
          copiedTokens += document.<byte[]>getAs(4).length / width.bytes();
        }
        if (!documents.hasNext()) {
          break;
        }
        document = documents.next();
        if (document.getInt(0) != file) {
          next = Optional.of(document);
          break;
        }
      }
      written.add(row(file, bytes, copies, copiedTokens, writer.finish()));
      return next;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(new Path(folder, path)), e);
    }
  }

  private static Row row(int file, long bytes, long copies, long copiedTokens, ShardFile written) {
    return RowFactory.create(
        file,
        written.length(),
        written.sha256(),
        bytes,
        written.rowGroups().stream().map(RowGroup::rows).toArray(),
        written.rowGroups().stream().map(RowGroup::tokens).toArray(),
        copies,
        copiedTokens);
  }

  /** The file that a row tells of. */
  static ShardFile file(Row row, FilePlan plan) {
    List<Long> rows = row.getList(4);
    List<Long> tokens = row.getList(5);
    List<RowGroup> rowGroups = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      rowGroups.add(new RowGroup(rows.get(i), tokens.get(i)));
    }
    int file = row.getInt(0);
    return new ShardFile(
        plan.groupOf(file).path(file), row.getLong(1), row.getString(2), rowGroups);
  }
}
