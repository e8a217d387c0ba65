package io.gristmill.curation.quality.classifier;

import java.util.Comparator;
import java.util.List;

/**
 * Margins of examples that a model was not trained on, the highest first: how well it tells them
 * apart, and what probability a margin stands for.
 */
record Margins(List<Bin> bins) {
  private static final int STEPS = 50;
  private static final double SMALL = 1e-12;

  /** Examples of about one margin. */
  record Bin(double margin, long wanted, long unwanted) {}

  Margins {
    bins = bins.stream().sorted(Comparator.comparingDouble(Bin::margin).reversed()).toList();
  }

  /**
   * @param scale of a margin
   * @param shift of a scaled margin
   */
  record Calibration(double scale, double shift) {}

  long wanted() {
    return bins.stream().mapToLong(Bin::wanted).sum();
  }

  long unwanted() {
    return bins.stream().mapToLong(Bin::unwanted).sum();
  }

  /**
   * Platt's calibration (1999) by Newton's steps, both kinds counting alike however many there are
   * of each, so that .5 stands for even odds.
   */
  Calibration calibration() {
    double wantedTarget = (wanted() + 1.0) / (wanted() + 2.0);
    double unwantedTarget = 1 / (unwanted() + 2.0);
    double scale = 1;
    double shift = 0;
    for (int step = 0; step < STEPS; step++) {
      double slopeScale = SMALL * scale;
      double slopeShift = 0;
      double scaleScale = SMALL;
      double scaleShift = 0;
      double shiftShift = SMALL;
      for (Bin bin : bins) {
        double p = ClassifierModel.logistic(scale * bin.margin() + shift);
        double wanted = .5 * bin.wanted() / Math.max(1, wanted());
        double unwanted = .5 * bin.unwanted() / Math.max(1, unwanted());
        double slope = wanted * (p - wantedTarget) + unwanted * (p - unwantedTarget);
        double curve = (wanted + unwanted) * p * (1 - p);
        slopeScale += slope * bin.margin();
        slopeShift += slope;
        scaleScale += curve * bin.margin() * bin.margin();
        scaleShift += curve * bin.margin();
        shiftShift += curve;
      }
      double determinant = scaleScale * shiftShift - scaleShift * scaleShift;
      double scaleStep = (shiftShift * slopeScale - scaleShift * slopeShift) / determinant;
      double shiftStep = (scaleScale * slopeShift - scaleShift * slopeScale) / determinant;
      double length = Math.min(1, 4 / Math.max(SMALL, Math.hypot(scaleStep, shiftStep)));
      scale -= length * scaleStep;
      shift -= length * shiftStep;
      if (Math.hypot(scaleStep, shiftStep) < 1e-9) {
        break;
      }
    }
    return new Calibration(scale, shift);
  }

  /** The chance that a wanted example has the higher margin of two, ties half. */
  double areaUnderRoc() {
    double area = 0;
    long above = 0;
    for (Bin bin : bins) {
      area += bin.unwanted() * (above + bin.wanted() / 2.0);
      above += bin.wanted();
    }
    return area / (double) (wanted() * unwanted());
  }

  /** What is kept by a threshold on the probability. */
  ClassifierReport.Cut cut(double threshold, Calibration calibration) {
    long wanted = 0;
    long unwanted = 0;
    for (Bin bin : bins) {
      double p = ClassifierModel.logistic(calibration.scale() * bin.margin() + calibration.shift());
      if (p >= threshold) {
        wanted += bin.wanted();
        unwanted += bin.unwanted();
      }
    }
    return new ClassifierReport.Cut(
        threshold,
        wanted + unwanted == 0 ? 1 : wanted / (double) (wanted + unwanted),
        wanted / (double) wanted(),
        unwanted / (double) unwanted());
  }
}
