package io.gristmill.curation.dedup;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The documents of a {@link PlantedCorpus} as rows of {@link Samples#SCHEMA} and as files. */
final class PlantedFiles {
  private PlantedFiles() {}

  /** Writes the documents as Parquet, each file of about 64 MB of text by a task of its own. */
  static Dataset<Row> write(
      SparkSession spark, PlantedConfig config, MinHashConfig minhash, Path folder) {
    documents(spark, config, minhash).write().parquet(folder.toString());
    return spark.read().schema(Samples.SCHEMA).parquet(folder.toString());
  }

  /** The documents, made when they are read, a partition a file. */
  static Dataset<Row> documents(SparkSession spark, PlantedConfig config, MinHashConfig minhash) {
    boolean bucket = config.shares().getOrDefault(PlantedKind.BUCKET, 0.0) > 0;
    String header = bucket ? BucketHeader.of(minhash) : "";
    FlatMapFunction<Long, Row> rows = file -> rows(file, config, minhash, header).iterator();
    return spark
        .range(0, config.files(), 1, config.files())
        .as(Encoders.LONG())
        .flatMap(rows, Encoders.row(Samples.SCHEMA));
  }

  /** The rows of a file. */
  static Stream<Row> rows(long file, PlantedConfig config, MinHashConfig minhash, String header) {
    var corpus = new PlantedCorpus(config, minhash, header);
    long first = file * config.documentsPerFile();
    long end = Math.min(first + config.documentsPerFile(), config.documents());
    return LongStream.range(first, end).mapToObj(number -> row(corpus.document(number), config));
  }

  private static Row row(PlantedCorpus.Document document, PlantedConfig config) {
    long number = PlantedCorpus.number(document.id());
    return RowFactory.create(
        Math.toIntExact(number / config.documentsPerFile()),
        Math.toIntExact(number % config.documentsPerFile()),
        document.id(),
        document.text(),
        Timestamp.from(Instant.ofEpochSecond(document.fetchedSeconds())));
  }
}
