package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;

/** 256 centroids for each part of a vector (Jegou et al. 2011), as fastText stores them. */
final class ProductQuantiser {
  private static final int CENTROIDS = 256;

  private final int parts;
  private final int width;
  private final int lastWidth;
  private final float[] centroids;

  private ProductQuantiser(int parts, int width, int lastWidth, float[] centroids) {
    this.parts = parts;
    this.width = width;
    this.lastWidth = lastWidth;
    this.centroids = centroids;
  }

  static ProductQuantiser read(ModelInput in, int columns, String what) {
    int dimension = in.int32(what + " dimension");
    int parts = in.int32(what + " parts");
    int width = in.int32(what + " part width");
    int lastWidth = in.int32(what + " last part's width");
    if (dimension != columns
        || parts < 1
        || width < 1
        || lastWidth < 1
        || lastWidth > width
        || (long) width * (parts - 1) + lastWidth != dimension) {
      throw in.wrong(
          what + " dimension",
          dimension,
          "does not fit %d parts of %d, the last of %d, and %d columns; copy the file again"
              .formatted(parts, width, lastWidth, columns));
    }
    float[] centroids = new float[in.count((long) dimension * CENTROIDS, 4, what + " centroids")];
    in.floats(centroids, 0, centroids.length, what + " centroids");
    return new ProductQuantiser(parts, width, lastWidth, centroids);
  }

  int parts() {
    return parts;
  }

  /** The one number of a quantiser of one column. */
  float scalar(byte code) {
    return centroids[code & 0xFF];
  }

  void addTo(float[] vector, byte[] codes, int from, float factor) {
    for (int part = 0; part < parts; part++) {
      int centroid = centroid(part, codes[from + part]);
      int columns = part == parts - 1 ? lastWidth : width;
      for (int i = 0; i < columns; i++) {
        vector[part * width + i] += factor * centroids[centroid + i];
      }
    }
  }

  float dot(float[] vector, byte[] codes, int from, float factor) {
    float sum = 0;
    for (int part = 0; part < parts; part++) {
      int centroid = centroid(part, codes[from + part]);
      int columns = part == parts - 1 ? lastWidth : width;
      for (int i = 0; i < columns; i++) {
        sum += vector[part * width + i] * centroids[centroid + i];
      }
    }
    return sum * factor;
  }

  private int centroid(int part, byte code) {
    int number = code & 0xFF;
    return part == parts - 1
        ? part * CENTROIDS * width + number * lastWidth
        : (part * CENTROIDS + number) * width;
  }
}
