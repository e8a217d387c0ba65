package io.gristmill.curation.dedup;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** The S-curve with what was measured, as SVG of its own. */
record CurvePlot(MinHashConfig minhash, List<DedupQuality.Level> levels) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int TOP = 20;
  private static final double FROM = 0.3;
  private static final int COMPARED_RADIUS = 3;
  private static final int REMOVED_RADIUS = 6;
  private static final String CURVE = "#3b6ea8";
  private static final String REMOVED = "#c0562b";

  String svg() {
    var svg = new StringBuilder();
    svg.append(
        text(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
            <title>Pairs compared and removed by their Jaccard similarity</title>
            <rect width="100%%" height="100%%" fill="white"/>
            """,
            WIDTH + LEFT + 20, HEIGHT + TOP + 110));
    for (int i = 0; i <= 5; i++) {
      double y = i / 5.0;
      svg.append(line(FROM, y, 1, y, "#ddd", ""));
      svg.append(label(LEFT - 8.0, y(y) + 4, "end", text("%.1f", y)));
    }
    for (int i = 3; i <= 10; i++) {
      svg.append(line(i / 10.0, 0, i / 10.0, 1, "#eee", ""));
      svg.append(label(x(i / 10.0), y(0) + 18, "middle", text("%.1f", i / 10.0)));
    }
    svg.append(
        line(
            minhash.similarity(), 0, minhash.similarity(), 1, REMOVED, "stroke-dasharray=\"4 4\""));
    svg.append(curve(minhash::chance));
    svg.append(points(COMPARED_RADIUS, CURVE, DedupQuality.Level::compared));
    svg.append(
        points(
            REMOVED_RADIUS,
            REMOVED,
            level -> (double) (level.removed() + level.wrong()) / level.pairs()));
    svg.append(label(x(0.65), y(0) + 40, "middle", "Jaccard similarity of the pair"));
    legend(
        svg,
        62,
        COMPARED_RADIUS,
        CURVE,
        "compared, of all pairs; the line is 1 - (1 - s^%d)^%d"
            .formatted(minhash.rowsPerBand(), minhash.bands()));
    legend(
        svg,
        82,
        REMOVED_RADIUS,
        REMOVED,
        "removed; the dashed line is the threshold %s".formatted(minhash.similarity()));
    return svg.append("</svg>\n").toString();
  }

  private static void legend(StringBuilder svg, int below, int radius, String colour, String what) {
    svg.append(circle(LEFT, y(0) + below - 4, radius, colour));
    svg.append(label(LEFT + 12.0, y(0) + below, "start", what));
  }

  private static String curve(DoubleUnaryOperator chance) {
    var path =
        new StringBuilder(
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"".formatted(CURVE));
    for (int i = 0; i <= 140; i++) {
      double s = FROM + (1 - FROM) * i / 140;
      path.append(text("%.1f,%.1f ", x(s), y(chance.applyAsDouble(s))));
    }
    return path.append("\"/>\n").toString();
  }

  private String points(int radius, String colour, ToDoubleFunction<DedupQuality.Level> share) {
    var points = new StringBuilder();
    for (DedupQuality.Level level : levels) {
      points.append(circle(x(level.similarity()), y(share.applyAsDouble(level)), radius, colour));
    }
    return points.toString();
  }

  /** A ring, so that one shows inside of another. */
  private static String circle(double x, double y, int radius, String colour) {
    return text(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
        x, y, radius, colour);
  }

  private static String line(
      double x1, double y1, double x2, double y2, String colour, String more) {
    return text(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" %s/>%n",
        x(x1), y(y1), x(x2), y(y2), colour, more);
  }

  private static String label(double x, double y, String anchor, String label) {
    return text("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, label);
  }

  private static double x(double similarity) {
    return LEFT + (similarity - FROM) / (1 - FROM) * WIDTH;
  }

  private static double y(double share) {
    return TOP + (1 - share) * HEIGHT;
  }

  @FormatMethod
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
