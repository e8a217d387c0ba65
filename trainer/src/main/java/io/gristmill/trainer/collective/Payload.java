package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;

/** The bytes of one exchange, given or taken a buffer at a time. Buffers are little-endian. */
sealed interface Payload permits Payload.Bytes, Payload.Floats, CompressedFloats {
  long bytes();

  /** Puts the next bytes into {@code buffer}, as many as fit. */
  void fill(ByteBuffer buffer);

  /** Takes all bytes of {@code buffer}; only the last call may come with less than a full one. */
  void drain(ByteBuffer buffer);

  Payload NOTHING = new Bytes(new byte[0]);

  /** A small message. */
  final class Bytes implements Payload {
    private final byte[] bytes;
    private int position;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long bytes() {
      return bytes.length;
    }

    @Override
    public void fill(ByteBuffer buffer) {
      int length = Math.min(buffer.remaining(), bytes.length - position);
      buffer.put(bytes, position, length);
      position += length;
    }

    @Override
    public void drain(ByteBuffer buffer) {
      int length = buffer.remaining();
      buffer.get(bytes, position, length);
      position += length;
    }
  }

  /** A range of a vector; what arrives replaces the floats there, or is added to them. */
  final class Floats implements Payload {
    private final FloatVector vector;
    private final long to;
    private final boolean add;
    private final float[] piece;
    private final float[] held;
    private long position;

    private Floats(FloatVector vector, VectorShards.Range range, boolean add) {
      this.vector = vector;
      this.position = range.from();
      this.to = range.to();
      this.add = add;
      int length = (int) Math.min(range.length(), Link.BUFFER_BYTES / Float.BYTES);
      this.piece = new float[length];
      this.held = add ? new float[length] : piece;
    }

    static Floats of(FloatVector vector, VectorShards.Range range) {
      return new Floats(vector, range, false);
    }

    static Floats added(FloatVector vector, VectorShards.Range range) {
      return new Floats(vector, range, true);
    }

    @Override
    public long bytes() {
      return (to - position) * Float.BYTES;
    }

    @Override
    public void fill(ByteBuffer buffer) {
      int length = (int) Math.min(buffer.remaining() / Float.BYTES, to - position);
      vector.read(position, piece, 0, length);
      buffer.asFloatBuffer().put(piece, 0, length);
      buffer.position(buffer.position() + length * Float.BYTES);
      position += length;
    }

    @Override
    public void drain(ByteBuffer buffer) {
      int length = buffer.remaining() / Float.BYTES;
      buffer.asFloatBuffer().get(piece, 0, length);
      buffer.position(buffer.position() + length * Float.BYTES);
      if (add) {
        vector.read(position, held, 0, length);
        for (int i = 0; i < length; i++) {
          held[i] += piece[i];
        }
      }
      vector.write(position, held, 0, length);
      position += length;
    }
  }
}
