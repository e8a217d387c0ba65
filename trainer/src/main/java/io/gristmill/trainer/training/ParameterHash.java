package io.gristmill.trainer.training;

import io.gristmill.trainer.model.Tensors;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A checksum of parameters, to compare workers by. */
final class ParameterHash {
  private static final int PIECE = 1 << 16;

  private ParameterHash() {}

  static String of(Tensors tensors) {
    var hash = new CRC32C();
    float[] piece = new float[PIECE];
    ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
    long size = tensors.layout().size();
    for (long from = 0; from < size; from += PIECE) {
      int length = (int) Math.min(PIECE, size - from);
      tensors.copyTo(from, piece, 0, length);
      bytes.clear();
      bytes.asFloatBuffer().put(piece, 0, length);
      hash.update(bytes.array(), 0, length * Float.BYTES);
    }
    return "%08x".formatted(hash.getValue());
  }
}
