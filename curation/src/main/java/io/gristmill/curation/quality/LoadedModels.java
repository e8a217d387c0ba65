package io.gristmill.curation.quality;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Models that were read in this process: the tasks of an executor share one of gigabytes, as they
 * never change it. A file that is another than when it was read is read again.
 */
final class LoadedModels {
  private static final Map<String, Loaded> MODELS = new ConcurrentHashMap<>();

  private record Loaded(long length, long modified, Object model) {}

  private LoadedModels() {}

  /**
   * The model of a file.
   *
   * @param read reads it
   * @throws IllegalArgumentException if there is no such file, or it is none of such a model
   */
  static <M> M of(
      Path path, Configuration hadoop, Class<M> kind, BiFunction<Path, Configuration, M> read) {
    FileStatus status = ModelInput.status(path, hadoop);
    Loaded loaded =
        MODELS.compute(
            kind.getName() + " " + status.getPath(),
            (key, before) ->
                before != null
                        && before.length == status.getLen()
                        && before.modified == status.getModificationTime()
                    ? before
                    : new Loaded(
                        status.getLen(), status.getModificationTime(), read.apply(path, hadoop)));
    return kind.cast(loaded.model);
  }
}
