package io.gristmill.jobs.stage;

import io.gristmill.curation.dedup.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Intermediate steps that are published like stages, so that a job that was killed goes on behind
 * the last one. Their inputs are those of the stage, which begins anew when they change.
 */
public final class PublishedSteps implements Steps {
  private final Path folder;
  private final Configuration hadoop;

  /**
   * @param folder of the steps, one below it each
   */
  public PublishedSteps(Path folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  @Override
  public Path made(String name, Consumer<Path> write) {
    Path step = new Path(folder, name);
    try {
      if (!isPublished(step)) {
        step.getFileSystem(hadoop).delete(step, true);
        write.accept(step);
        publish(name, step);
      }
      return step;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot publish the step " + step, e);
    }
  }

  private boolean isPublished(Path step) throws IOException {
    Optional<Manifest> manifest = Manifest.read(step, hadoop);
    return manifest.isPresent() && manifest.get().missing(step, Set.of(), hadoop).isEmpty();
  }

  private void publish(String name, Path step) throws IOException {
    FileSystem files = step.getFileSystem(hadoop);
    SortedMap<String, String> none = Collections.emptySortedMap();
    new Manifest(name, none, FolderFiles.listed(files, step)).write(step, hadoop);
  }
}
