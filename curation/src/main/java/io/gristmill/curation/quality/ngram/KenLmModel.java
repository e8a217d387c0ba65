package io.gristmill.curation.quality.ngram;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A model out of an ARPA file or one of KenLM's binary files, with the probabilities that KenLM
 * gives, to the last bit of a float. Threads may share one; each {@link Scoring} is one thread's.
 */
public final class KenLmModel {
  private static final long BEGIN = MurmurHash.of("<s>".getBytes(StandardCharsets.UTF_8));
  private static final long END = MurmurHash.of("</s>".getBytes(StandardCharsets.UTF_8));

  private final NgramTable table;

  KenLmModel(NgramTable table) {
    this.table = table;
  }

  /**
   * Reads a file; what it begins with tells its format. Names of ARPA files may end in {@code .gz}.
   *
   * @throws IllegalArgumentException naming file and byte or line if it is neither, damaged or cut
   *     short, or if it is a trie
   */
  public static KenLmModel read(Path path, Configuration hadoop) {
    return new KenLmModel(
        KenLmFile.isOne(path, hadoop) ? KenLmFile.read(path, hadoop) : ArpaFile.read(path, hadoop));
  }

  /** Begins to measure texts. */
  public Scoring scoring() {
    return new Scoring(table);
  }

  /** What one thread measures with. */
  public static final class Scoring {
    private final BackoffWalk walk;

    Scoring(NgramTable table) {
      walk = new BackoffWalk(table);
    }

    /** log10 of the probability of the words of a line and of its end, after its beginning. */
    public double score(List<String> words) {
      walk.begin(BEGIN);
      double sum = 0;
      for (String word : words) {
        sum += walk.next(MurmurHash.of(word.getBytes(StandardCharsets.UTF_8)));
      }
      return sum + walk.next(END);
    }

    /**
     * CCNet's perplexity of lines: 10 to the power of minus the mean score of words and ends of
     * lines. Nothing where there is no line with words.
     */
    public OptionalDouble perplexity(List<List<String>> lines) {
      double sum = 0;
      long length = 0;
      for (List<String> line : lines) {
        if (!line.isEmpty()) {
          sum += score(line);
          length += line.size() + 1;
        }
      }
      return length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.pow(10, -sum / length));
    }
  }
}
