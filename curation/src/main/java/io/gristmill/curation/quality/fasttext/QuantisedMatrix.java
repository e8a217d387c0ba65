package io.gristmill.curation.quality.fasttext;

import io.gristmill.curation.quality.ModelInput;
import java.util.Optional;

/** Rows as codes of a product quantiser, their lengths apart where the model was made so. */
final class QuantisedMatrix implements Matrix {
  private final long rows;
  private final int columns;
  private final byte[] codes;
  private final ProductQuantiser directions;
  private final byte[] lengthCodes;
  private final Optional<ProductQuantiser> lengths;

  private QuantisedMatrix(
      long rows,
      int columns,
      byte[] codes,
      ProductQuantiser directions,
      byte[] lengthCodes,
      Optional<ProductQuantiser> lengths) {
    this.rows = rows;
    this.columns = columns;
    this.codes = codes;
    this.directions = directions;
    this.lengthCodes = lengthCodes;
    this.lengths = lengths;
  }

  static QuantisedMatrix read(ModelInput in, String what) {
    boolean lengthsApart = in.uint8(what + " norm flag") != 0;
    long rows = in.int64(what + " rows");
    long columns = in.int64(what + " columns");
    int codeBytes = in.int32(what + " codes");
    if (rows < 0 || columns < 1 || columns > 1 << 16 || codeBytes < 0 || rows > codeBytes) {
      throw in.wrong(
          what + " codes",
          codeBytes,
          "does not fit %d rows of %d columns; copy the file again".formatted(rows, columns));
    }
    byte[] codes = in.bytes(codeBytes, what + " codes");
    var directions = ProductQuantiser.read(in, (int) columns, what + " quantiser");
    if (rows * directions.parts() != codeBytes) {
      throw in.wrong(
          what + " codes",
          codeBytes,
          "must be %d rows of %d; copy the file again".formatted(rows, directions.parts()));
    }
    byte[] lengthCodes = {};
    Optional<ProductQuantiser> lengths = Optional.empty();
    if (lengthsApart) {
      lengthCodes = in.bytes(in.count(rows, 1, what + " norm codes"), what + " norm codes");
      lengths = Optional.of(ProductQuantiser.read(in, 1, what + " norm quantiser"));
    }
    return new QuantisedMatrix(rows, (int) columns, codes, directions, lengthCodes, lengths);
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void addTo(float[] vector, long row) {
    directions.addTo(vector, codes, (int) row * directions.parts(), length((int) row));
  }

  @Override
  public float dot(float[] vector, long row) {
    return directions.dot(vector, codes, (int) row * directions.parts(), length((int) row));
  }

  private float length(int row) {
    return lengths.isPresent() ? lengths.get().scalar(lengthCodes[row]) : 1;
  }
}
