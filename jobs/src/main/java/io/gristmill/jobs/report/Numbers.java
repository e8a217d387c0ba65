package io.gristmill.jobs.report;

import java.util.Locale;

/** Numbers as the page shows them, the same in every locale; a measure that is NaN is a dash. */
final class Numbers {
  static final String ABSENT = "–";
  private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

  private Numbers() {}

  /** All digits, in groups of three. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Three significant digits and a unit: 12, 1.23k, 45.6M. */
  static String brief(double number) {
    if (!Double.isFinite(number)) {
      return ABSENT;
    }
    int unit = 0;
    double scaled = number;
    while (Math.abs(scaled) >= 999.5 && unit < UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    boolean whole = unit == 0 && scaled == Math.rint(scaled);
    return fixed(scaled, whole || Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2)
        + UNITS[unit];
  }

  static String brief(long count) {
    return brief((double) count);
  }

  /** Bytes with a decimal unit: 812 B, 1.23 MB. */
  static String bytes(long bytes) {
    String brief = brief(bytes);
    char last = brief.charAt(brief.length() - 1);
    return Character.isLetter(last)
        ? brief.substring(0, brief.length() - 1) + " " + (last == 'k' ? "kB" : last + "B")
        : brief + " B";
  }

  /** A share of 1 as a percentage; a small one keeps a digit; only none is 0 %, only all 100 %. */
  static String percent(double share) {
    if (!Double.isFinite(share)) {
      return ABSENT;
    }
    double percent = 100 * share;
    if (percent > 0 && percent < 0.1) {
      return "<0.1 %";
    }
    if (percent < 100 && percent > 99.9) {
      return ">99.9 %";
    }
    boolean whole = percent == Math.rint(percent) || (percent >= 10 && percent < 99.5);
    return fixed(percent, whole ? 0 : 1) + " %";
  }

  /** part of whole as a percentage. */
  static String percent(long part, long whole) {
    return percent(whole == 0 ? Double.NaN : (double) part / whole);
  }

  /** So many digits after the point. */
  static String fixed(double number, int digits) {
    return Double.isFinite(number)
        ? String.format(Locale.ROOT, "%,." + digits + "f", number)
        : ABSENT;
  }

  /** Four significant digits without trailing zeros, for values of signals and thresholds. */
  static String measure(double number) {
    if (!Double.isFinite(number)) {
      return ABSENT;
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e15)) {
      return power(number, 3);
    }
    int digits =
        size == 0 || size >= 1000 ? 0 : (int) Math.max(0, 3 - Math.floor(Math.log10(size)));
    return number == Math.rint(number)
        ? fixed(number, 0)
        : trimmed(fixed(number, Math.max(digits, 1)));
  }

  /** The label of a tick, with as many digits as the distance of two ticks needs. */
  static String tick(double value, double step) {
    if (value == 0) {
      return "0";
    }
    if (step >= 1) {
      return Math.abs(value) < 10_000 ? fixed(value, 0) : trimmedUnit(value);
    }
    int digits = (int) Math.ceil(-Math.log10(step) - 1e-9);
    return digits > 3 ? power(value, 2) : fixed(value, digits);
  }

  private static String trimmedUnit(double value) {
    int unit = Math.min((int) Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9), UNITS.length - 1);
    return trimmed(fixed(value / Math.pow(10, 3 * unit), 3)) + UNITS[unit];
  }

  private static String power(double value, int digits) {
    int exponent = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    return trimmed(fixed(value / Math.pow(10, exponent), digits - 1)) + "e" + exponent;
  }

  private static String trimmed(String number) {
    return number.indexOf('.') < 0 ? number : number.replaceFirst("\\.?0+$", "");
  }
}
