package io.gristmill.curation.compression;

/** A file that is not compressed: one member. */
final class PlainFile extends Members {
  PlainFile(StorageInput input) {
    super(input);
  }

  @Override
  boolean openMember() {
    return true;
  }

  @Override
  public int read(byte[] target, int from, int count) {
    return input.read(target, from, count);
  }

  @Override
  public boolean compressed() {
    return false;
  }

  @Override
  public void seek(long offset) {
    input.seek(offset);
  }

  @Override
  public long recover(Start recordStart) {
    input.seek(length());
    return length();
  }
}
