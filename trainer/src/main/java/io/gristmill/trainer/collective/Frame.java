package io.gristmill.trainer.collective;

import java.nio.ByteBuffer;

/**
 * The header before the bytes of one exchange, {@value #BYTES} bytes, little-endian. It lets a
 * worker notice that a peer is at another place of the program.
 *
 * @param operation code of the {@link Operation}
 * @param step training step, for messages
 * @param sequence exchanges on this connection so far
 * @param length bytes that follow
 */
record Frame(int operation, long step, long sequence, long length) {
  static final int BYTES = 32;
  private static final int MAGIC = 0x31464D47; // "GMF1"

  void put(ByteBuffer buffer) {
    buffer.putInt(MAGIC).putInt(operation).putLong(step).putLong(sequence).putLong(length);
  }

  static Frame take(ByteBuffer buffer) throws CollectiveException {
    int magic = buffer.getInt();
    if (magic != MAGIC) {
      throw new CollectiveException("frame begins with 0x%08x, not 0x%08x".formatted(magic, MAGIC));
    }
    return new Frame(buffer.getInt(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }
}
