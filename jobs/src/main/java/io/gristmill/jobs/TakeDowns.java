package io.gristmill.jobs;

import io.gristmill.curation.Curation;
import io.gristmill.curation.TakeDown;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.privacy.Removals.Removed;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.TextFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What was asked to be taken down from a run: the list that its configuration names, and that of
 * its output, which grows with every {@code curate --remove}. Beside the judged rows lies the list
 * that has been followed there ({@code _removed.txt}), and the names of the files that were written
 * anew for it ({@code _rewritten.txt}).
 */
final class TakeDowns {
  private static final int TOLD = 10;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final String configured;
  private final RunFolders folders;
  private final Path followed;
  private final Path rewritten;

  TakeDowns(SparkSession spark, String configured, RunFolders folders) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.configured = configured;
    this.folders = folders;
    this.followed = new Path(folders.judged(), "_removed.txt");
    this.rewritten = new Path(folders.judged(), "_rewritten.txt");
  }

  /**
   * Adds a list to that of a run.
   *
   * @throws IllegalArgumentException naming the line that is neither an id nor a URL
   */
  static void add(String file, RunFolders folders) throws IOException {
    var hadoop = new Configuration();
    Removals before = read(folders.removals(), hadoop).orElseGet(Removals::none);
    Removals added = named(file, hadoop);
    if (added.asked().isEmpty()) {
      throw new IllegalArgumentException(
          "--remove %s names nothing; write an id or a URL on each line".formatted(file));
    }
    write(folders.removals(), added.and(before).lines(), hadoop);
  }

  /** All that was asked for. */
  Removals asked() throws IOException {
    Removals removals = configured.isEmpty() ? Removals.none() : named(configured, hadoop);
    return removals.and(read(folders.removals(), hadoop).orElseGet(Removals::none));
  }

  /** Notes that the rows were judged without some documents; says which were not met. */
  String judged(Removals removals) throws IOException {
    if (removals.asked().isEmpty()) {
      return "";
    }
    write(followed, removals.lines(), hadoop);
    return told(Curation.takeDown(spark, folders.judged(), removals), removals);
  }

  /** Takes down what was asked for since the rows were judged. */
  Optional<String> amend() throws IOException {
    Removals removals = asked();
    Removals before = read(followed, hadoop).orElseGet(Removals::none);
    List<String> gone =
        before.asked().keySet().stream().filter(key -> !removals.asked().containsKey(key)).toList();
    if (!gone.isEmpty()) {
      throw new IllegalArgumentException(
          "%s was taken down from %s and is not in the list any more; put it back into %s, or delete %s to read the sources again"
              .formatted(
                  before.asked().get(gone.getFirst()),
                  folders.judged(),
                  folders.removals(),
                  folders.judged()));
    }
    if (removals.asked().keySet().equals(before.asked().keySet())) {
      return Optional.empty();
    }
    TakeDown takeDown = Curation.takeDown(spark, folders.judged(), removals);
    if (!takeDown.files().isEmpty()) {
      write(rewritten, takeDown.names(), hadoop);
      takeDown.write();
    }
    write(followed, removals.lines(), hadoop);
    return Optional.of(told(takeDown, removals));
  }

  /** The judged files that may differ from what was published. */
  Set<String> amendable() {
    try {
      return Set.copyOf(lines(rewritten, hadoop).orElseGet(List::of));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + rewritten, e);
    }
  }

  private static String told(TakeDown takeDown, Removals removals) {
    List<Removed> removed = takeDown.removed();
    List<String> absent = removals.without(removed);
    String found = "%,d documents are taken down".formatted(removed.size());
    if (absent.isEmpty()) {
      return found;
    }
    String more = absent.size() > TOLD ? " and %,d more".formatted(absent.size() - TOLD) : "";
    return "%s; no record is %s%s"
        .formatted(found, absent.stream().limit(TOLD).collect(Collectors.joining(", ")), more);
  }

  private static Removals named(String file, Configuration hadoop) throws IOException {
    return read(new Path(file), hadoop)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is not there; it names the documents to take down, an id or a URL a line"
                        .formatted(file)));
  }

  private static Optional<Removals> read(Path path, Configuration hadoop) throws IOException {
    return lines(path, hadoop).map(lines -> Removals.parse(path.toString(), lines));
  }

  private static Optional<List<String>> lines(Path path, Configuration hadoop) throws IOException {
    try {
      return Optional.of(TextFile.lines(path, hadoop));
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    }
  }

  private static void write(Path path, List<String> lines, Configuration hadoop)
      throws IOException {
    TextFile.write(path, String.join("\n", lines) + "\n", hadoop);
  }
}
