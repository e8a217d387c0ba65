package io.gristmill.jobs.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Lists what lies in a folder and checksums it on the cluster: the folder may hold terabytes. */
final class FolderFiles {
  private FolderFiles() {}

  static List<PublishedFile> checksummed(SparkSession spark, Path folder) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    FileSystem files = folder.getFileSystem(hadoop);
    String root = files.makeQualified(folder).toString();
    List<PublishedFile> listed = listed(files, folder);
    if (listed.isEmpty()) {
      return List.of();
    }
    var configuration = new SerializableConfiguration(hadoop);
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Function<PublishedFile, PublishedFile> checksum =
        file -> checksummed(file, root, configuration);
    return context.parallelize(listed, Math.min(listed.size(), 1024)).map(checksum).collect();
  }

  /** Every file with its length alone. */
  static List<PublishedFile> listed(FileSystem files, Path folder) throws IOException {
    var listed = new ArrayList<PublishedFile>();
    list(files, folder, "", listed);
    listed.sort(Comparator.comparing(PublishedFile::path));
    return listed;
  }

  private static PublishedFile checksummed(
      PublishedFile file, String root, SerializableConfiguration configuration) throws IOException {
    Path path = new Path(root, file.path());
    try (FSDataInputStream in = path.getFileSystem(configuration.value()).open(path)) {
      return new PublishedFile(file.path(), file.length(), Sha256.of(in));
    }
  }

  private static void list(FileSystem files, Path folder, String prefix, List<PublishedFile> listed)
      throws IOException {
    for (FileStatus status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      if (status.isDirectory()) {
        list(files, status.getPath(), prefix + name + "/", listed);
      } else {
        listed.add(new PublishedFile(prefix + name, status.getLen(), ""));
      }
    }
  }
}
