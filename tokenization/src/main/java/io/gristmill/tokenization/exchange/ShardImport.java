package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.shard.ShardConfig;
import io.gristmill.tokenization.shard.Sharding;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.TokenColumns;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The files of another trainer to token shards, one Spark task a file. A document is named by its
 * domain, language, file and number there, so that shuffle and held-out part are those of any other
 * shards; all documents are read once before anything is written.
 */
public record ShardImport(TokenFormat format, List<ImportSource> sources) {
  public ShardImport {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("nothing to import; name a file or a folder");
    }
  }

  /**
   * A file to read.
   *
   * @param name domain, language and path within its source: what its documents are named by
   * @param modified milliseconds since 1970
   */
  public record File(String path, String name, ImportSource source, long length, long modified)
      implements Serializable {}

  /**
   * The files of all sources.
   *
   * @throws FileNotFoundException if a source is not there
   * @throws IllegalArgumentException if one holds no file of the format
   */
  public List<File> files(Configuration configuration) throws IOException {
    List<File> files = new ArrayList<>();
    for (ImportSource source : sources) {
      Path root = new Path(source.path());
      FileSystem fileSystem = root.getFileSystem(configuration);
      if (!fileSystem.exists(root)) {
        throw new FileNotFoundException("%s: no such file or folder to import".formatted(root));
      }
      FileStatus status = fileSystem.getFileStatus(root);
      int before = files.size();
      if (status.isDirectory()) {
        list(fileSystem, status, "", source, files);
      } else {
        add(status, "", source, files);
      }
      if (files.size() == before) {
        throw new IllegalArgumentException(
            "%s holds no file that ends with .bin; %s's files do".formatted(root, format));
      }
    }
    files.sort(Comparator.comparing(File::name));
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i).name().equals(files.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "%s and %s would both be %s; import from the folder above them, or as two domains"
                .formatted(files.get(i - 1).path(), files.get(i).path(), files.get(i).name()));
      }
    }
    return files;
  }

  private static void list(
      FileSystem fileSystem, FileStatus folder, String prefix, ImportSource source, List<File> to)
      throws IOException {
    for (FileStatus status : fileSystem.listStatus(folder.getPath())) {
      String name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDirectory()) {
        list(fileSystem, status, prefix + name + "/", source, to);
      } else {
        add(status, prefix, source, to);
      }
    }
  }

  private static void add(FileStatus status, String prefix, ImportSource source, List<File> to) {
    String name = status.getPath().getName();
    if (name.endsWith(".bin")) {
      to.add(
          new File(
              status.getPath().toString(),
              "%s/%s/%s%s".formatted(source.domain(), source.language(), prefix, name),
              source,
              status.getLen(),
              status.getModificationTime()));
    }
  }

  /**
   * Writes the shards; {@code shards.json} comes last. What the folder held before is removed once
   * all files have been read.
   *
   * @param tokenizer that made the tokens: its ids are checked, its end-of-text token ends
   *     documents
   * @throws IllegalArgumentException naming file and byte, if a file is cut short, of another
   *     format, or has an id that the tokenizer lacks
   */
  public Shards write(SparkSession spark, Tokenizer tokenizer, ShardConfig config, Path folder)
      throws IOException {
    if (config.domainPrefix()) {
      throw new IllegalArgumentException(
          "shards.domain-prefix is true, but imported documents are taken as they are; set it to false");
    }
    List<File> files = files(spark.sparkContext().hadoopConfiguration());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(spark.sparkContext());
    Broadcast<Tokenizer> shared = context.broadcast(tokenizer);
    TokenFormat format = this.format;
    FlatMapFunction<File, Row> read =
        file -> new ImportedDocuments(file, format, shared.value(), configuration.value().value());
    JavaRDD<Row> documents = context.parallelize(files, files.size()).flatMap(read);
    return Sharding.writeTokens(
        spark.createDataFrame(documents, TokenColumns.SCHEMA), tokenizer, config, folder);
  }
}
