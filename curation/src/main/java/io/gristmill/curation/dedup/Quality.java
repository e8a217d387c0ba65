package io.gristmill.curation.dedup;

import java.io.Serializable;

/**
 * Which signal tells the better of two duplicates. The range is divided into 128 levels; two
 * documents of one level count as equally good.
 *
 * @param signal name of a signal of documents/, empty for none
 * @param worst its value in the worst documents
 * @param best its value in the best ones; may be the smaller number
 */
public record Quality(String signal, double worst, double best) implements Serializable {
  public Quality {
    if (!signal.isEmpty() && !(Math.abs(best - worst) > 0 && Double.isFinite(best - worst))) {
      throw new IllegalArgumentException(
          "quality.worst is %s and quality.best is %s, must be two different numbers; 0 and 1 are usual"
              .formatted(worst, best));
    }
  }

  /** Quality does not count. */
  public static Quality none() {
    return new Quality("", 0, 1);
  }

  public boolean counts() {
    return !signal.isEmpty();
  }
}
