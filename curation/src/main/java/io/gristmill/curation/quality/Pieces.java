package io.gristmill.curation.quality;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Cuts a text into the pieces of a SentencePiece model. Curation does not read such models itself:
 * whoever does is found by ServiceLoader.
 */
@FunctionalInterface
public interface Pieces {
  List<String> pieces(String text);

  /** Reads models. */
  interface Reader {
    /**
     * Reads a {@code .model} file.
     *
     * @throws IllegalArgumentException naming the file if it is none
     */
    Pieces read(Path path, Configuration hadoop);
  }
}
