package io.gristmill.jobs.stage;

import java.io.IOException;
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
   * Writes the output.
   *
   * @return what came of it, in one line
   */
  String run() throws IOException;

  /** Whether {@link #run} goes on from what an interrupted run with equal inputs has left. */
  default boolean resumes() {
    return false;
  }
}
