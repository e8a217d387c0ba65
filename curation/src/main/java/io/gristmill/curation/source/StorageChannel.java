package io.gristmill.curation.source;

import io.gristmill.curation.compression.StorageInput;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file as a channel to read at any position. */
final class StorageChannel implements SeekableByteChannel {
  private final StorageInput input;

  StorageChannel(StorageInput input) {
    this.input = input;
  }

  @Override
  public int read(ByteBuffer target) {
    byte[] bytes = new byte[Math.min(target.remaining(), 1 << 16)];
    int read = input.read(bytes, 0, bytes.length);
    if (read > 0) {
      target.put(bytes, 0, read);
    }
    return read;
  }

  @Override
  public long position() {
    return input.position();
  }

  @Override
  public SeekableByteChannel position(long position) {
    input.seek(position);
    return this;
  }

  @Override
  public long size() {
    return input.length();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    input.close();
  }
}
