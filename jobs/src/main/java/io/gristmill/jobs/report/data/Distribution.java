package io.gristmill.jobs.report.data;

import java.util.List;
import java.util.Optional;

/**
 * How the values of a signal lie over the documents of a language, and where the rules cut.
 *
 * @param documents of which the signal was measured
 * @param axis which values the bins hold
 * @param bins documents in each
 * @param cuts the bounds of the rules that read it, in their order
 */
public record Distribution(
    String language, String signal, long documents, Axis axis, List<Long> bins, List<Cut> cuts) {
  public Distribution {
    bins = List.copyOf(bins);
    cuts = List.copyOf(cuts);
  }

  /**
   * A bound of a rule.
   *
   * @param least whether smaller values are rejected, else larger ones
   * @param beyond documents that it rejects or would, were it alone
   * @param inside the nearest document that passes it
   * @param outside the nearest that does not, among those whose text is stored
   */
  public record Cut(
      String reason,
      double threshold,
      boolean least,
      String source,
      long beyond,
      Optional<Near> inside,
      Optional<Near> outside) {}

  /**
   * A document near a bound.
   *
   * @param text its beginning
   */
  public record Near(String id, double value, String text) {}
}
