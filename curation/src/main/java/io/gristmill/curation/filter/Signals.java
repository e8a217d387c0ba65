package io.gristmill.curation.filter;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that was measured of one document. Immutable. */
public final class Signals {
  private static final List<String> NAMES = Stream.of(Signal.values()).map(Signal::key).toList();

  private static final Map<String, Signal> BY_NAME =
      Stream.of(Signal.values()).collect(Collectors.toMap(Signal::key, signal -> signal));

  private final EnumMap<Signal, Double> values;

  Signals(EnumMap<Signal, Double> values) {
    this.values = values;
  }

  /**
   * Measures a text, once for all filters.
   *
   * @param text the document, paragraphs separated by blank lines
   * @param language its BCP 47 tag, which chooses the stop words
   */
  public static Signals measure(String text, String language) {
    return measure(text, text, language);
  }

  /**
   * Measures a text that was edited.
   *
   * @param original the text as it came, of which the length alone is measured
   */
  public static Signals measure(String text, String original, String language) {
    return new Measurement(text, original, language).signals();
  }

  /** The names in their fixed order, that of {@link Signal}. */
  public static List<String> names() {
    return NAMES;
  }

  /** One value; NaN where the signal does not exist for this text. */
  public double value(Signal signal) {
    return values.getOrDefault(signal, Double.NaN);
  }

  /** One value by its name, as rules ask for it; NaN where there is none. */
  public double value(String name) {
    Signal signal = BY_NAME.get(name);
    return signal == null ? Double.NaN : value(signal);
  }

  /**
   * All values in the order of {@link #names}; null where the signal does not exist, as a nullable
   * column wants it.
   */
  public Double[] toDoubles() {
    return Stream.of(Signal.values()).map(values::get).toArray(Double[]::new);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signals that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
