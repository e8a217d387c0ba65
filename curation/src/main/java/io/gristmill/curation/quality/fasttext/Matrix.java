package io.gristmill.curation.quality.fasttext;

/** A matrix of 32-bit floats, a row an input feature or a label. */
sealed interface Matrix permits DenseMatrix, QuantisedMatrix {
  long rows();

  int columns();

  /** Adds a row to a vector of as many columns. */
  void addTo(float[] vector, long row);

  /** The product of a row and a vector, summed in the order of columns as the library does. */
  float dot(float[] vector, long row);
}
