package io.gristmill.mixing.law.fit;

/**
 * A number that a fit chooses, and where it is likely to lie. The search begins between {@code low}
 * and {@code high} but may leave them.
 */
public record Parameter(String name, Scale scale, double low, double high) {
  public Parameter {
    boolean wrong =
        switch (scale) {
          case LINEAR -> !(low < high);
          case LOGARITHMIC -> !(0 < low && low < high);
          case SOLVED -> false;
        };
    if (wrong) {
      throw new IllegalArgumentException(
          "parameter %s is sought from %s to %s, must be a range%s"
              .formatted(name, low, high, scale == Scale.LOGARITHMIC ? " above 0" : ""));
    }
  }

  /** A parameter of either sign. */
  public static Parameter free(String name, double low, double high) {
    return new Parameter(name, Scale.LINEAR, low, high);
  }

  /** A parameter above 0. */
  public static Parameter positive(String name, double low, double high) {
    return new Parameter(name, Scale.LOGARITHMIC, low, high);
  }

  /** A factor or summand that linear least squares finds. */
  public static Parameter solved(String name) {
    return new Parameter(name, Scale.SOLVED, 0, 0);
  }

  /** Where {@code share} of the way from low to high is, as the search counts. */
  double start(double share) {
    return coordinate(low) + share * width();
  }

  /** How long the way from low to high is, as the search counts. */
  double width() {
    return coordinate(high) - coordinate(low);
  }

  /** By how much a parameter of this value might plausibly be another. */
  double plausible(double value) {
    return scale == Scale.LOGARITHMIC ? Math.max(value, low) * width() : width();
  }

  double value(double coordinate) {
    return scale == Scale.LOGARITHMIC ? Math.exp(coordinate) : coordinate;
  }

  double coordinate(double value) {
    return scale == Scale.LOGARITHMIC ? Math.log(value) : value;
  }
}
