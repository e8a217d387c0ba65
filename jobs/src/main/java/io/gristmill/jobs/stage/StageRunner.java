package io.gristmill.jobs.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Runs stages in order: skips what is up to date, resumes what is half done, redoes what changed.
 */
public final class StageRunner {
  private final SparkSession spark;
  private final Configuration hadoop;
  private final Consumer<String> log;

  /**
   * @param log takes one line per event
   */
  public StageRunner(SparkSession spark, Consumer<String> log) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.log = log;
  }

  /**
   * Brings every stage up to date.
   *
   * @return how many stages had to run
   */
  public int run(List<? extends Stage> stages) throws IOException {
    int ran = 0;
    for (int i = 0; i < stages.size(); i++) {
      String label = "[%d/%d] %s".formatted(i + 1, stages.size(), stages.get(i).name());
      if (bringUpToDate(stages.get(i), label)) {
        ran++;
      }
    }
    return ran;
  }

  private boolean bringUpToDate(Stage stage, String label) throws IOException {
    SortedMap<String, String> inputs = stage.inputs();
    Optional<String> reason = staleness(stage, inputs);
    if (reason.isEmpty()) {
      return amend(stage, label);
    }
    boolean resumed =
        stage.resumes()
            && Manifest.readStarted(stage.folder(), hadoop)
                .filter(started -> started.inputs().equals(inputs))
                .isPresent();
    log.accept("%s: %s".formatted(label, resumed ? "resuming what was interrupted" : reason.get()));
    long start = System.nanoTime();
    stage.check();
    if (!resumed) {
      clear(stage, label);
    }
    stage.folder().getFileSystem(hadoop).mkdirs(stage.folder());
    new Manifest(stage.name(), inputs, List.of()).writeStarted(stage.folder(), hadoop);
    String outcome = stage.run();
    publish(stage, inputs);
    log.accept("%s: done in %s: %s".formatted(label, seconds(System.nanoTime() - start), outcome));
    return true;
  }

  /** Whether the files that need no run were changed. */
  private boolean amend(Stage stage, String label) throws IOException {
    Optional<String> amended = stage.amend();
    Manifest before = Manifest.read(stage.folder(), hadoop).orElseThrow();
    Manifest after = before.amended(stage.folder(), stage.amendable(), hadoop);
    if (!after.equals(before)) {
      after.write(stage.folder(), hadoop);
    }
    log.accept("%s: %s".formatted(label, amended.orElse("up to date")));
    return amended.isPresent();
  }

  /** Makes room for new output; what Gristmill did not write is not its to remove. */
  private void clear(Stage stage, String label) throws IOException {
    Path folder = stage.folder();
    FileSystem files = folder.getFileSystem(hadoop);
    if (!files.exists(folder)) {
      return;
    }
    if (!Manifest.isIn(folder, hadoop)) {
      FileStatus[] found = files.listStatus(folder);
      if (found.length > 0) {
        throw new IllegalArgumentException(
            "%s holds %s and was not made by Gristmill; move it away, or choose another output"
                .formatted(folder, found[0].getPath().getName()));
      }
    }
    if (stage.keepsWhatItReplaces() && Manifest.read(folder, hadoop).isPresent()) {
      Path aside = aside(folder, files);
      if (!files.rename(folder, aside)) {
        throw new IOException("%s cannot be renamed to %s".formatted(folder, aside));
      }
      log.accept("%s: what was there is kept in %s".formatted(label, aside));
    } else {
      files.delete(folder, true);
    }
  }

  private static Path aside(Path folder, FileSystem files) throws IOException {
    int number = 1;
    Path aside = aside(folder, number);
    while (files.exists(aside)) {
      number++;
      aside = aside(folder, number);
    }
    return aside;
  }

  private static Path aside(Path folder, int number) {
    return new Path(folder.getParent(), "%s.replaced-%d".formatted(folder.getName(), number));
  }

  private void publish(Stage stage, SortedMap<String, String> inputs) throws IOException {
    Path folder = stage.folder();
    new Manifest(stage.name(), inputs, FolderFiles.checksummed(spark, folder))
        .write(folder, hadoop);
  }

  /** Why the stage has to run; empty when it need not. */
  private Optional<String> staleness(Stage stage, SortedMap<String, String> inputs)
      throws IOException {
    Optional<Manifest> published = Manifest.read(stage.folder(), hadoop);
    if (published.isEmpty()) {
      return Optional.of("no output yet");
    }
    var changes = new ArrayList<String>();
    inputs.forEach(
        (name, value) -> {
          String before = published.get().inputs().get(name);
          if (before == null) {
            changes.add("%s is new (%s)".formatted(name, value));
          } else if (!before.equals(value)) {
            changes.add(change(name, before, value));
          }
        });
    published.get().inputs().keySet().stream()
        .filter(name -> !inputs.containsKey(name))
        .forEach(name -> changes.add(name + " is gone"));
    if (!changes.isEmpty()) {
      int shown = Math.min(3, changes.size());
      String more = changes.size() > shown ? " and %d more".formatted(changes.size() - shown) : "";
      return Optional.of("again, since " + String.join("; ", changes.subList(0, shown)) + more);
    }
    for (Path path : stage.besides()) {
      if (!path.getFileSystem(hadoop).exists(path)) {
        return Optional.of("again, since %s is gone".formatted(path));
      }
    }
    return published
        .get()
        .missing(stage.folder(), stage.amendable(), hadoop)
        .map(missing -> "again, since " + missing);
  }

  /** Hashes say nothing to a person. */
  private static String change(String name, String before, String value) {
    return value.matches("[0-9a-f]{64}")
        ? name + " changed"
        : "%s changed from %s to %s".formatted(name, before, value);
  }

  private static String seconds(long nanos) {
    double seconds = nanos / 1e9;
    return seconds < 60
        ? "%.1f s".formatted(seconds)
        : "%d min %d s".formatted((long) seconds / 60, (long) seconds % 60);
  }
}
