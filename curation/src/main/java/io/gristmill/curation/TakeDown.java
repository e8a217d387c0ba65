package io.gristmill.curation;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.Outcome;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.privacy.Removals.Removed;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Documents that leave rows which were judged before. The files that hold them are written anew,
 * with the rows that judging them again would give; the others are not touched.
 *
 * @param session to look and write with
 * @param judged folder of the rows
 * @param removals what was asked for
 * @param files numbers of the files that hold text of it, ascending
 */
public record TakeDown(SparkSession session, Path judged, Removals removals, List<Integer> files) {
  private static final String BESIDE = "_removing";

  public TakeDown {
    files = List.copyOf(files);
  }

  static TakeDown of(SparkSession session, Path judged, Removals removals) {
    List<Integer> files =
        asked(session, judged, removals)
            .where(col("reason").isNull().or(col("reason").notEqual(Removals.REMOVED_ON_REQUEST)))
            .select("file")
            .distinct()
            .orderBy("file")
            .as(Encoders.INT())
            .collectAsList();
    return new TakeDown(session, judged, removals, files);
  }

  /** Names of the files that {@link #write} replaces. */
  public List<String> names() {
    return files.stream().map(ParquetFiles::name).toList();
  }

  /** Writes the files beside, then puts each in its place. */
  public void write() throws IOException {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    FileSystem system = judged.getFileSystem(hadoop);
    Path beside = new Path(judged, BESIDE);
    system.delete(beside, true);
    String[] paths =
        names().stream().map(name -> new Path(judged, name).toString()).toArray(String[]::new);
    Removals asked = removals;
    MapFunction<Row, Row> without = row -> without(row, asked);
    Column place = array_position(lit(files.toArray(Integer[]::new)), col("file"));
    Dataset<Row> rows =
        session
            .read()
            .schema(DocumentSchema.JUDGED)
            .parquet(paths)
            .map(without, Encoders.row(DocumentSchema.JUDGED))
            .repartitionById(files.size(), place.minus(1).cast("int"))
            .sortWithinPartitions("row");
    ParquetFiles.write(rows, beside);
    for (int i = 0; i < files.size(); i++) {
      Path old = new Path(judged, ParquetFiles.name(files.get(i)));
      system.delete(old, false);
      if (!system.rename(new Path(beside, ParquetFiles.name(i)), old)) {
        throw new IOException(
            "%s cannot be put in its place; run the command again".formatted(old));
      }
    }
    system.delete(beside, true);
  }

  /** The documents that have been taken down. */
  public List<Removed> removed() {
    return asked(session, judged, removals)
        .where(col("reason").equalTo(Removals.REMOVED_ON_REQUEST))
        .select("id", "url")
        .collectAsList()
        .stream()
        .map(row -> new Removed(row.getString(0), text(row, 1)))
        .toList();
  }

  private static Dataset<Row> asked(SparkSession session, Path judged, Removals removals) {
    UDF2<String, String, Boolean> asks = (id, url) -> removals.ask(id, url == null ? "" : url);
    return Judged.all(session, judged)
        .where(col("outcome").notEqual(Outcome.READ.key()))
        .where(udf(asks, DataTypes.BooleanType).apply(col("id"), col("url")));
  }

  private static Row without(Row row, Removals removals) {
    String id = row.getAs("id");
    int url = row.fieldIndex("url");
    boolean file = Outcome.READ.key().equals(row.getAs("outcome"));
    return file || !removals.ask(id, text(row, url))
        ? row
        : DocumentSchema.toRow(
            row.getAs("file"),
            row.getAs("row"),
            Judge.removed(id, text(row, url), row.getAs("source"), row.getAs("domain")));
  }

  private static String text(Row row, int column) {
    return row.isNullAt(column) ? "" : row.getString(column);
  }
}
