package io.gristmill.jobs.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the plan's lines show them, the same in every locale. */
final class Figures {
  private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

  /** In place of the hours, energy and money of a run that never ends. */
  private static final String NEVER = "never";

  private static final MathContext DIGITS = new MathContext(3);

  private Figures() {}

  /** Three significant digits and a unit: 12.0, 1.23k, 45.6M. */
  static String brief(double number) {
    if (!Double.isFinite(number)) {
      return NEVER;
    }
    int unit = 0;
    double scaled = number;
    while (Math.abs(scaled) >= 999.5 && unit < UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return measure(scaled) + UNITS[unit];
  }

  static String brief(long number) {
    return brief((double) number);
  }

  /** Three significant digits: 0.00123, 1.23, 123. */
  static String measure(double number) {
    if (number == 0) {
      return "0";
    }
    double rounded = BigDecimal.valueOf(number).round(DIGITS).doubleValue(); // 0.9996 has 1.00
    int digits = 2 - (int) Math.floor(Math.log10(Math.abs(rounded)) + 1e-9);
    return digits > 6
        ? String.format(Locale.ROOT, "%.2e", number)
        : String.format(Locale.ROOT, "%,." + Math.max(0, digits) + "f", rounded);
  }

  /** Hours in the unit that suits. */
  static String duration(double hours) {
    if (!Double.isFinite(hours)) {
      return NEVER;
    }
    if (hours < 1.0 / 60) {
      return measure(3600 * hours) + " s";
    }
    if (hours < 1) {
      return measure(60 * hours) + " min";
    }
    return hours < 48 ? measure(hours) + " h" : measure(hours / 24) + " d";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String bytes(long bytes) {
    return bytes < 1 << 30
        ? measure((double) bytes / (1 << 20)) + " MiB"
        : measure((double) bytes / (1 << 30)) + " GiB";
  }
}
