package io.gristmill.curation.document;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Parquet files that are the same bytes for the same partitions: zstd, a row-group size of their
 * own, one encoding a column, and names made of the partition number alone. A footer lists the
 * encodings of a column in the order of a hash set of enumeration constants, which is another one
 * in every process; pages of version 2 without dictionaries have only one. The names that Spark
 * gives carry the id of the job; they are changed afterwards, file by file, so whoever reads the
 * folder must wait for the manifest.
 */
public final class ParquetFiles {
  /**
   * Bytes of a row group in memory. Parquet shrinks row groups when all that are being written at
   * once do not fit into the heap, which would show in the bytes; with 32 MiB they fit everywhere.
   */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private static final Pattern WRITTEN = Pattern.compile("part-(\\d{5,})-.*\\.parquet");

  private ParquetFiles() {}

  /** The name of the file of a partition. */
  public static String name(int partition) {
    return "part-%05d.parquet".formatted(partition);
  }

  /**
   * Writes each partition as one file, or as one file a value of {@code folders}. Takes the place
   * of the Parquet files that are in the folder; names that begin with '_' are left alone, so steps
   * and manifests may lie there.
   *
   * @param data no partition may hold rows of different {@code folders} out of order
   */
  public static void write(Dataset<Row> data, Path folder, String... folders) {
    Configuration hadoop = data.sparkSession().sparkContext().hadoopConfiguration();
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      clear(files, folder);
      data.write()
          .mode(SaveMode.Append)
          .option("compression", "zstd")
          .option("parquet.block.size", ROW_GROUP_BYTES)
          .option("parquet.writer.version", "v2")
          .option("parquet.enable.dictionary", "false")
          .partitionBy(folders)
          .parquet(folder.toString());
      rename(files, folder);
      files.delete(new Path(folder, "_SUCCESS"), false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replace the files of " + folder, e);
    }
  }

  private static void clear(FileSystem files, Path folder) throws IOException {
    if (!files.exists(folder)) {
      return;
    }
    for (FileStatus file : files.listStatus(folder)) {
      String name = file.getPath().getName();
      if (name.endsWith(".parquet") || name.contains("=") || name.equals("_temporary")) {
        files.delete(file.getPath(), true);
      }
    }
  }

  private static void rename(FileSystem files, Path folder) throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      Path path = file.getPath();
      Matcher written = WRITTEN.matcher(path.getName());
      if (file.isDirectory()) {
        if (path.getName().contains("=")) {
          rename(files, path);
        }
      } else if (written.matches()) {
        Path name = new Path(folder, name(Integer.parseInt(written.group(1))));
        if (!files.rename(path, name)) {
          throw new FileNotFoundException("%s could not become %s".formatted(path, name));
        }
      }
    }
  }
}
