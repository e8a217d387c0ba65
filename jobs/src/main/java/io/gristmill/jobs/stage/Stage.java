package io.gristmill.jobs.stage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;

/** One step of a run: reads published folders, writes its own. */
public interface Stage {
  /** As on the command line: {@code curate}, {@code train-tokenizer}, … */
  String name();

  /** The folder that holds all of its output. */
  Path folder();

  /** All that the output depends on, by name. Read after the stages before are published. */
  SortedMap<String, String> inputs() throws IOException;

  /**
   * Finds what would keep {@link #run} from succeeding, before any earlier output is touched.
   *
   * @throws IllegalArgumentException saying what to change
   */
  default void check() throws IOException {}

  /** What else this stage writes, outside of its folder; the stage is run again when it is gone. */
  default List<Path> besides() {
    return List.of();
  }

  /**
   * Whether earlier output is kept aside when other inputs take its place: it took long to make.
   */
  default boolean keepsWhatItReplaces() {
    return false;
  }

  /**
   * Writes the output.
   *
   * @return what came of it, in one line
   */
  String run() throws IOException;

  /**
   * Names of files of the folder that {@link #amend} writes; what they hold is for it to judge, and
   * no reason to run.
   */
  default Set<String> amendable() {
    return Set.of();
  }

  /**
   * Brings the amendable files of an output that is otherwise up to date in line with the
   * configuration. Each file is replaced as a whole, so that one of both is always there.
   *
   * @return what was changed, in one line; empty if nothing was
   */
  default Optional<String> amend() throws IOException {
    return Optional.empty();
  }

  /** Whether {@link #run} goes on from what an interrupted run with equal inputs has left. */
  default boolean resumes() {
    return false;
  }
}
