package io.gristmill.curation.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where a wide stage keeps its intermediate steps. Whoever runs the stage decides what that means:
 * a step already published for the same inputs may be returned as it is, so that a killed job goes
 * on in the middle.
 */
@FunctionalInterface
public interface Steps {
  /**
   * The folder of a step, written now unless it is there already.
   *
   * @param name of the step, unique within the stage, such as {@code components-03}
   * @param write fills the folder; the folder does not exist before
   */
  Path made(String name, Consumer<Path> write);

  /** A step that is one table. */
  default Dataset<Row> table(String name, Dataset<Row> rows) {
    Path folder = made(name, path -> rows.write().parquet(path.toString()));
    return rows.sparkSession().read().schema(rows.schema()).parquet(folder.toString());
  }

  /** Steps that are always made anew in sub-folders of {@code work}. */
  static Steps in(Path work, Configuration hadoop) {
    return (name, write) -> {
      Path folder = new Path(work, name);
      try {
        folder.getFileSystem(hadoop).delete(folder, true);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot clear " + folder, e);
      }
      write.accept(folder);
      return folder;
    };
  }
}
