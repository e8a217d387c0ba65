package io.gristmill.tokenization.quality;

import java.util.List;

/**
 * Tokens per character as a function of the vocabulary size: {@code a ln^2 V + b ln V + c}, the
 * form of Tao et al. 2024 (arXiv 2407.13623), who fitted it to English.
 *
 * @param smallest the smallest vocabulary size it was fitted on
 * @param largest the largest
 * @param error the largest part by which a point it was fitted to lies off it
 */
public record CompressionCurve(
    double a, double b, double c, double smallest, double largest, double error) {
  /** Their coefficients: Slimpajama in English, vocabularies of 4,096 to 96,256. */
  public static CompressionCurve english() {
    return new CompressionCurve(0.00639222, -0.15811069, 1.20470122, 4096, 96_256, 0);
  }

  /** Tokens per character at a vocabulary size. */
  public record Point(double vocabularySize, double tokensPerCharacter) {}

  /**
   * The curve of least squares.
   *
   * @throws IllegalArgumentException if there are fewer than three different sizes
   */
  public static CompressionCurve fit(List<Point> points) {
    if (points.stream().mapToDouble(Point::vocabularySize).distinct().count() < 3) {
      throw new IllegalArgumentException(
          "--sweep has %d sizes, must have at least 3 different ones to fit a curve to"
              .formatted(points.size()));
    }
    // Around the mean of ln V: the sums of its powers are then of one size.
    double mean =
        points.stream().mapToDouble(p -> Math.log(p.vocabularySize())).average().orElseThrow();
    double[] power = new double[5];
    double[] right = new double[3];
    for (Point point : points) {
      double u = Math.log(point.vocabularySize()) - mean;
      for (int i = 0; i < power.length; i++) {
        power[i] += Math.pow(u, i);
      }
      for (int i = 0; i < right.length; i++) {
        right[i] += Math.pow(u, i) * point.tokensPerCharacter();
      }
    }
    double[][] normal = {
      {power[0], power[1], power[2]}, {power[1], power[2], power[3]}, {power[2], power[3], power[4]}
    };
    double determinant = determinant(normal);
    double constant = determinant(withColumn(normal, 0, right)) / determinant;
    double linear = determinant(withColumn(normal, 1, right)) / determinant;
    double square = determinant(withColumn(normal, 2, right)) / determinant;
    double error =
        points.stream()
            .mapToDouble(
                point -> {
                  double u = Math.log(point.vocabularySize()) - mean;
                  double fitted = constant + (linear + square * u) * u;
                  return Math.abs(fitted / point.tokensPerCharacter() - 1);
                })
            .max()
            .orElseThrow();
    return new CompressionCurve(
        square,
        linear - 2 * square * mean,
        constant - linear * mean + square * mean * mean,
        points.stream().mapToDouble(Point::vocabularySize).min().orElseThrow(),
        points.stream().mapToDouble(Point::vocabularySize).max().orElseThrow(),
        error);
  }

  private static double determinant(double[][] m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }

  private static double[][] withColumn(double[][] matrix, int column, double[] values) {
    double[][] changed = new double[3][];
    for (int row = 0; row < 3; row++) {
      changed[row] = matrix[row].clone();
      changed[row][column] = values[row];
    }
    return changed;
  }

  /**
   * Tokens per character. Beyond the bottom of the parabola it stays at the bottom: a larger
   * vocabulary never makes text longer.
   */
  public double tokensPerCharacter(double vocabularySize) {
    double x = Math.log(vocabularySize);
    double bounded = a > 0 ? Math.min(x, -b / (2 * a)) : x;
    return (a * bounded + b) * bounded + c;
  }
}
