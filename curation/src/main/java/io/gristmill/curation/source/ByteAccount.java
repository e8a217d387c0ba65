package io.gristmill.curation.source;

import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.SkippedRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of a file, or of a part of it, were skipped, and how many were not asked for; all
 * others were parsed.
 */
final class ByteAccount {
  private final long length;
  private long from;
  private long to;
  private final List<SkippedRange> skipped = new ArrayList<>();
  private long end;
  private long passed;

  /** For a file of {@code length} bytes. */
  ByteAccount(long length) {
    this.length = length;
    this.to = length;
  }

  /** Begins at an offset instead of the start of the file. */
  void begin(long offset) {
    from = offset;
  }

  /** Ends at an offset instead of the end of the file. */
  void end(long offset) {
    to = offset;
  }

  /** Has no bytes of the file. */
  void none() {
    to = from;
  }

  /**
   * Skips the bytes {@code [from, to)}, less what was skipped before.
   *
   * @return how many bytes that added
   */
  long skip(long from, long to, String reason) {
    long first = Math.max(from, end);
    long last = Math.min(to, length);
    if (last <= first) {
      return 0;
    }
    skipped.add(new SkippedRange(first, last, reason));
    end = last;
    return last - first;
  }

  /** Leaves out so many bytes that nobody asks for. */
  void pass(long bytes) {
    passed += bytes;
  }

  /** Skips the whole file. */
  long skipAll(String reason) {
    return skip(0, length, reason);
  }

  /** Whether it is about no byte. */
  boolean isEmpty() {
    return to == from;
  }

  /** The account at the end of the file, or of the part. */
  FileRead close(String relative) {
    long bytes = skipped.stream().mapToLong(range -> range.to() - range.from()).sum();
    long read = to - from - passed;
    return new FileRead(relative, from, read, read - bytes, bytes, passed, List.copyOf(skipped));
  }
}
