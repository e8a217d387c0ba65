package io.gristmill.trainer.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder {@code checkpoints/} of a run. */
public final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("step-(\\d{6,})");

  private final FileSystem files;
  private final Path folder;

  public Checkpoints(Path folder, Configuration configuration) throws IOException {
    this.folder = folder;
    this.files = CheckpointFiles.system(folder, configuration);
  }

  /** Where the checkpoint after {@code step} updates is or will be. */
  public Path folder(long step) {
    return new Path(folder, "step-%06d".formatted(step));
  }

  public FileSystem files() {
    return files;
  }

  /**
   * The newest checkpoint whose every file is as its manifest says.
   *
   * @param passedOver is told of each newer folder that is not, and why
   */
  public Optional<Long> lastGood(Consumer<String> passedOver) throws IOException {
    for (long step : newestFirst()) {
      Path candidate = folder(step);
      try {
        verify(step);
        return Optional.of(step);
      } catch (IOException e) {
        passedOver.accept("passed over %s: %s".formatted(candidate, e.getMessage()));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads every file of a checkpoint and compares it with its manifest.
   *
   * @throws IOException naming what is not as it was written
   */
  public void verify(long step) throws IOException {
    Manifest.read(files, folder(step)).verify(files, folder(step));
  }

  /** The steps whose manifest is whole, and all files of which are as long as it says. */
  public List<Long> published() throws IOException {
    List<Long> published = new ArrayList<>();
    for (long step : newestFirst()) {
      if (isPublished(step)) {
        published.add(step);
      }
    }
    return published;
  }

  /** A writer that was killed may leave half a manifest. */
  private boolean isPublished(long step) {
    try {
      Manifest.read(files, folder(step)).verifyLengths(files, folder(step));
      return true;
    } catch (IOException absentOrCut) {
      return false;
    }
  }

  /** The newest published step, without reading the files. */
  public Optional<Long> lastPublished() throws IOException {
    return published().stream().findFirst();
  }

  /**
   * Removes all but the newest {@code keep} of the published ones, and unfinished older ones. One
   * that is cut short or lacks a file does not count, so that it takes no good one's place.
   *
   * @param always steps that are not removed, however old
   */
  public void prune(int keep, Set<Long> always) throws IOException {
    int kept = 0;
    for (long step : newestFirst()) {
      boolean published = isPublished(step);
      if (published && kept < keep) {
        kept++;
      } else if (kept > 0 && !(published && always.contains(step))) {
        remove(files, folder(step));
      }
    }
  }

  /**
   * Removes all of later steps: a run that goes back takes them again, otherwise.
   *
   * @throws IOException if another attempt has begun since the fence was raised
   */
  public void removeAfter(long step, Fence fence) throws IOException {
    fence.check(files, folder);
    for (long later : newestFirst()) {
      if (later > step) {
        remove(files, folder(later));
      }
    }
  }

  /** Removes a folder, its manifest first, so that it is no checkpoint at any moment. */
  static void remove(FileSystem files, Path folder) throws IOException {
    files.delete(new Path(folder, Manifest.NAME), false);
    files.delete(folder, true);
  }

  private List<Long> newestFirst() throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    List<Long> steps = new ArrayList<>();
    for (Path path : Arrays.stream(found).map(FileStatus::getPath).toList()) {
      Matcher name = NAME.matcher(path.getName());
      if (name.matches()) {
        steps.add(Long.parseLong(name.group(1)));
      }
    }
    steps.sort(Comparator.reverseOrder());
    return steps;
  }
}
