package io.gristmill.curation.compression;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A file as members that are decompressed one after the other. A plain file is one member, and so
 * is a zstd stream.
 */
public abstract sealed class Members implements Closeable
    permits GzipMembers, Lz4Frames, PlainFile, ZstdStream {
  /** Says whether the first decompressed bytes of a member look like the start of a record. */
  @FunctionalInterface
  public interface Start {
    /** For data whose members may start with anything: only the checksum verifies one. */
    Start ANY = (bytes, count) -> false;

    /** {@code count} bytes of {@code bytes} are filled. */
    boolean test(byte[] bytes, int count);
  }

  /** How many decompressed bytes a {@link Start} sees at most. */
  public static final int START_BYTES = 1 << 13;

  final StorageInput input;
  private long start;

  Members(StorageInput input) {
    this.input = input;
    this.start = input.position();
  }

  /**
   * Opens a file by its first bytes: gzip, LZ4 frames, zstd, else plain. A file whose name ends in
   * .gz and whose first bytes are no text is gzip, damaged where it begins.
   */
  public static Members open(StorageInput input) {
    return switch (Compression.of(input)) {
      case GZIP -> new GzipMembers(input);
      case LZ4 -> new Lz4Frames(input);
      case ZSTD -> new ZstdStream(input);
      case NONE -> new PlainFile(input);
    };
  }

  /**
   * Opens the part of a file that begins in {@code [from, to)}: from the first boundary there up to
   * the first boundary at or behind {@code to}. A file starts with a boundary; another one is a
   * gzip member in which a record starts and behind which the members are sound for some way, see
   * {@link GzipMembers}. Where the boundaries lie depends on the bytes alone, so parts that adjoin
   * hold every member once. Files that are otherwise compressed, and plain ones, are one part.
   *
   * @return empty where no boundary lies in {@code [from, to)}
   */
  public static Optional<Members> openPart(
      StorageInput input, long from, long to, Start recordStart) {
    Members members = open(input);
    if (members instanceof GzipMembers gzip) {
      gzip.confine(to, recordStart);
      return from == 0 || gzip.toBoundary(from, to) ? Optional.of(members) : Optional.empty();
    }
    return from == 0 ? Optional.of(members) : Optional.empty();
  }

  /**
   * Goes to the next member.
   *
   * @return false at the end of the file or of the part
   * @throws DamagedException if no member starts here
   */
  public final boolean next() throws IOException {
    start = input.position();
    return start < input.length() && !partEnds() && openMember();
  }

  /** Whether another part starts here. */
  boolean partEnds() {
    return false;
  }

  /** Offset in the file where the current member starts. */
  public final long start() {
    return start;
  }

  /** Offset in the file up to which the bytes have been used. */
  public long position() {
    return input.position();
  }

  /** Whether offsets in the file and in the decompressed bytes differ. */
  public boolean compressed() {
    return true;
  }

  /**
   * Goes to an offset in the decompressed bytes.
   *
   * @throws UnsupportedOperationException if the file is compressed
   */
  public void seek(long offset) {
    throw new UnsupportedOperationException("a compressed file has no offset to go to");
  }

  /** Length of the file in bytes. */
  public final long length() {
    return input.length();
  }

  /**
   * Reads decompressed bytes of the current member.
   *
   * @return -1 at the end of the member, which has then been checked against its checksum
   * @throws DamagedException if the member is damaged or cut off
   */
  public abstract int read(byte[] target, int from, int count) throws IOException;

  /**
   * Goes to the first byte after the start of the current member from which a verified member
   * starts: one whose first bytes are the start of a record or, with {@link Start#ANY}, whose
   * checksum agrees.
   *
   * @return the offset found, or the length of the file when no member follows
   */
  public abstract long recover(Start recordStart) throws IOException;

  abstract boolean openMember() throws IOException;

  @Override
  public final void close() {
    closeMember();
    input.close();
  }

  /** Frees what the current member holds. */
  void closeMember() {}
}
