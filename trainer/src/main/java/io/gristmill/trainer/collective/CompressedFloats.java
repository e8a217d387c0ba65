package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A range of a vector that travels in encoded blocks. The sender may keep what rounding takes away
 * and add it to what it sends there next (error feedback; Seide et al. 2014, section 3; Karimireddy
 * et al. 2019, arXiv 1901.09847); the receiver adds what arrives in 32-bit floats, or puts it in
 * place.
 */
final class CompressedFloats implements Payload {
  private final FloatVector vector;
  private final FloatVector errors;
  private final long to;
  private final BlockCode code;
  private final boolean keepsErrors;
  private final boolean adds;
  private final float[] values = new float[BlockCode.BLOCK];
  private final float[] other = new float[BlockCode.BLOCK];
  private final ByteBuffer block;
  private long position;

  private CompressedFloats(
      FloatVector vector,
      VectorShards.Range range,
      BlockCode code,
      FloatVector errors,
      boolean keepsErrors,
      boolean adds) {
    this.vector = vector;
    this.errors = errors;
    this.position = range.from();
    this.to = range.to();
    this.code = code;
    this.keepsErrors = keepsErrors;
    this.adds = adds;
    // No block is begun: one that is sent has nothing left, one that arrives has nothing yet.
    this.block =
        ByteBuffer.allocate(code.bytes(BlockCode.BLOCK)).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  }

  /** What is sent, each value rounded by itself. */
  static CompressedFloats of(FloatVector vector, VectorShards.Range range, BlockCode code) {
    return new CompressedFloats(vector, range, code, vector, false, false);
  }

  /**
   * What is sent, with {@code errors} of what was sent before added, which become those of this.
   */
  static CompressedFloats of(
      FloatVector vector, VectorShards.Range range, BlockCode code, FloatVector errors) {
    return new CompressedFloats(vector, range, code, errors, true, false);
  }

  /** What arrives, and is added to the vector. */
  static CompressedFloats added(FloatVector vector, VectorShards.Range range, BlockCode code) {
    return new CompressedFloats(vector, range, code, vector, false, true);
  }

  /** What arrives, and takes the place of what is there. */
  static CompressedFloats placed(FloatVector vector, VectorShards.Range range, BlockCode code) {
    return new CompressedFloats(vector, range, code, vector, false, false);
  }

  @Override
  public long bytes() {
    return code.rangeBytes(to - position);
  }

  @Override
  public void fill(ByteBuffer buffer) {
    while (buffer.hasRemaining() && (block.hasRemaining() || position < to)) {
      if (!block.hasRemaining()) {
        encodeNext();
      }
      move(block, buffer);
    }
  }

  @Override
  public void drain(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      if (block.position() == block.limit()) {
        block.clear().limit(code.bytes(nextLength()));
      }
      move(buffer, block);
      if (!block.hasRemaining()) {
        takeNext();
      }
    }
  }

  private int nextLength() {
    return (int) Math.min(BlockCode.BLOCK, to - position);
  }

  /** As many bytes as one has and the other takes. */
  private static void move(ByteBuffer from, ByteBuffer target) {
    int count = Math.min(from.remaining(), target.remaining());
    target.put(target.position(), from, from.position(), count);
    target.position(target.position() + count);
    from.position(from.position() + count);
  }

  private void encodeNext() {
    int length = nextLength();
    vector.read(position, values, 0, length);
    if (keepsErrors) {
      errors.read(position, other, 0, length);
      for (int i = 0; i < length; i++) {
        values[i] += other[i];
      }
    }
    block.clear();
    code.encode(values, length, block);
    block.flip();
    if (keepsErrors) {
      code.decode(block, other, length);
      block.rewind();
      for (int i = 0; i < length; i++) {
        values[i] -= other[i];
      }
      errors.write(position, values, 0, length);
    }
    position += length;
  }

  private void takeNext() {
    int length = nextLength();
    block.flip();
    code.decode(block, values, length);
    if (adds) {
      vector.read(position, other, 0, length);
      for (int i = 0; i < length; i++) {
        values[i] += other[i];
      }
    }
    vector.write(position, values, 0, length);
    position += length;
  }
}
