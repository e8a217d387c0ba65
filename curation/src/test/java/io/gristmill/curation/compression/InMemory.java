package io.gristmill.curation.compression;

/** A file in memory. */
public final class InMemory implements StorageInput.Seekable {
  private final byte[] bytes;
  private int next;

  public InMemory(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** The file as an input under a name. */
  public static StorageInput input(String name, byte[] bytes) {
    return new StorageInput(name, new InMemory(bytes), bytes.length);
  }

  @Override
  public int read(byte[] target, int from, int length) {
    if (next >= bytes.length) {
      return -1;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, target, from, count);
    next += count;
    return count;
  }

  @Override
  public void seek(long offset) {
    next = (int) offset;
  }

  @Override
  public void close() {}
}
