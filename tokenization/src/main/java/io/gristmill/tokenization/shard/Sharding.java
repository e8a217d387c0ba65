package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.gristmill.tokenization.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes token shards of documents on a Spark cluster. Documents are encoded where they lie; their
 * tokens travel once, to the file that the hash of their id names. The same documents give the same
 * bytes on any number of cores and partitions.
 */
public final class Sharding {
  private Sharding() {}

  /**
   * Encodes the kept documents and writes the shards; {@code shards.json} comes last. What the
   * folder held before is removed.
   *
   * @param documents the kept documents, columns of {@link DocumentColumns}
   * @throws IllegalArgumentException if there is no document or a column is missing
   */
  public static Shards write(
      Dataset<Row> documents, Tokenizer tokenizer, ShardConfig config, Path folder)
      throws IOException {
    Dataset<Row> kept = DocumentColumns.select(documents, config);
    FilePlan plan = plan(kept, col(DocumentColumns.TEXT_BYTES).multiply(col("times")), config);
    return write(encoded(kept, tokenizer, config), plan, tokenizer, config, folder);
  }

  /**
   * Writes the shards of documents that are tokens already. What the folder held before is removed.
   *
   * @param documents columns of {@link TokenColumns}; they are gone through twice
   * @param tokenizer that encoded them
   * @throws IllegalArgumentException if there is no document
   */
  public static Shards writeTokens(
      Dataset<Row> documents, Tokenizer tokenizer, ShardConfig config, Path folder)
      throws IOException {
    FilePlan plan = plan(documents, col("byte_count"), config);
    Dataset<Row> once = documents.withColumn("copy", lit(false));
    return write(once, plan, tokenizer, config, folder);
  }

  private static Shards write(
      Dataset<Row> documents, FilePlan plan, Tokenizer tokenizer, ShardConfig config, Path folder)
      throws IOException {
    Configuration configuration = documents.sparkSession().sparkContext().hadoopConfiguration();
    clear(folder, configuration);
    TokenWidth width = TokenWidth.of(tokenizer.vocabularySize());
    Dataset<Row> sorted = sorted(Placement.placed(documents, config, plan), plan);
    List<Row> files = written(sorted, plan, folder, width, config.rowGroupTokens()).collectAsList();
    ShardIndex index =
        new ShardIndex(
                tokenizer.sha256(),
                tokenizer.vocabularySize(),
                width,
                config.seed(),
                tokenizer.endOfText(),
                config.holdout(),
                config.domainPrefix(),
                groups(files, plan))
            .withMixtureDomains(config.domains());
    removeStrays(folder, index, configuration);
    return Shards.publish(folder, index, configuration);
  }

  private static void clear(Path folder, Configuration configuration) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    fileSystem.delete(new Path(folder, Shards.INDEX), false);
    for (Split split : Split.values()) {
      fileSystem.delete(new Path(folder, "split=" + split.key()), true);
    }
  }

  /** Removes what attempts that were killed have left behind. */
  private static void removeStrays(Path folder, ShardIndex index, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = folder.getFileSystem(configuration);
    for (ShardGroup group : index.groups()) {
      Set<String> names =
          group.files().stream()
              .map(file -> new Path(file.path()).getName())
              .collect(Collectors.toSet());
      Path groupFolder =
          new Path(folder, ShardGroup.folder(group.split(), group.domain(), group.language()));
      for (FileStatus status : fileSystem.listStatus(groupFolder)) {
        if (!names.contains(status.getPath().getName())) {
          fileSystem.delete(status.getPath(), false);
        }
      }
    }
  }

  /** The files of the documents; neither texts nor tokens are read for it. */
  private static FilePlan plan(Dataset<Row> documents, Column bytes, ShardConfig config) {
    Holdout holdout = config.holdout();
    UDF1<String, String> split = clusterId -> holdout.split(clusterId).key();
    List<Row> rows =
        documents
            .select(
                udf(split, DataTypes.StringType).apply(col("cluster_id")).as("split"),
                col("domain"),
                col("language"),
                bytes.as("bytes"))
            .groupBy("split", "domain", "language")
            .agg(sum("bytes"))
            .collectAsList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "no document is kept, so there is nothing to tokenize; see the ledger for the reasons of rejection");
    }
    Map<FilePlan.Name, Long> textBytes = new LinkedHashMap<>();
    for (Row row : rows) {
      FilePlan.Name name =
          new FilePlan.Name(Split.named(row.getString(0)), row.getString(1), row.getString(2));
      textBytes.put(name, row.getLong(3));
    }
    FilePlan plan = FilePlan.of(textBytes, config.targetFileBytes());
    plan.requireDomains(config.domains().keySet()); // before hours of encoding
    return plan;
  }

  /** Columns of {@link TokenColumns}, and whether the document is there under another id too. */
  private static Dataset<Row> encoded(Dataset<Row> kept, Tokenizer tokenizer, ShardConfig config) {
    Broadcast<Tokenizer> shared =
        JavaSparkContext.fromSparkContext(kept.sparkSession().sparkContext()).broadcast(tokenizer);
    Column tokens =
        udf(new EncodedText(shared, config.domainPrefix()), DataTypes.BinaryType)
            .apply(col(DocumentColumns.DOMAIN), col(DocumentColumns.TEXT));
    Dataset<Row> encoded =
        kept.select(
            col(DocumentColumns.ID).as("document_id"),
            col(DocumentColumns.CLUSTER_ID),
            col(DocumentColumns.DOMAIN),
            col(DocumentColumns.LANGUAGE),
            tokens.as("tokens"),
            octet_length(col(DocumentColumns.TEXT)).cast(DataTypes.LongType).as("byte_count"),
            col("times"));
    return config.rehydration().everyOnce()
        ? encoded.withColumn("copy", lit(false))
        : Rehydration.repeated(encoded);
  }

  /** One partition per file, its documents in the order of their hashes. */
  private static Dataset<Row> sorted(Dataset<Row> placed, FilePlan plan) {
    return placed
        .select(WrittenFiles.DOCUMENTS)
        .repartitionById(plan.fileCount(), col("file"))
        .sortWithinPartitions("place", "document_id");
  }

  private static Dataset<Row> written(
      Dataset<Row> sorted, FilePlan plan, Path folder, TokenWidth width, int rowGroupTokens) {
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(sorted.sparkSession().sparkContext());
    String target = folder.toString();
    MapPartitionsFunction<Row, Row> write =
        rows ->
            new WrittenFiles(
                    plan,
                    new Path(target),
                    width,
                    rowGroupTokens,
                    String.valueOf(TaskContext.get().taskAttemptId()),
                    configuration.value().value())
                .write(rows)
                .iterator();
    return sorted.mapPartitions(write, Encoders.row(WrittenFiles.SCHEMA));
  }

  private static List<ShardGroup> groups(List<Row> rows, FilePlan plan) {
    Map<FilePlan.Name, List<Row>> byName =
        rows.stream()
            .sorted(Comparator.comparingInt(row -> row.getInt(0)))
            .collect(Collectors.groupingBy(row -> plan.groupOf(row.getInt(0)).name()));
    List<ShardGroup> groups = new ArrayList<>();
    for (FilePlan.Files group : plan.groups()) {
      List<Row> own = byName.get(group.name());
      List<ShardFile> files = own.stream().map(row -> WrittenFiles.file(row, plan)).toList();
      groups.add(
          new ShardGroup(
              group.name().split(),
              group.name().domain(),
              group.name().domain(),
              group.name().language(),
              files.stream().mapToLong(ShardFile::rows).sum(),
              files.stream().mapToLong(ShardFile::tokens).sum(),
              own.stream().mapToLong(row -> row.getLong(3)).sum(),
              new ShardGroup.Copies(
                  own.stream().mapToLong(row -> row.getLong(6)).sum(),
                  own.stream().mapToLong(row -> row.getLong(7)).sum()),
              files));
    }
    return groups;
  }
}
