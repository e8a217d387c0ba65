package io.gristmill.curation.source;

import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.SkippedRange;
import java.util.ArrayList;
import java.util.List;

/** Which bytes of a file were skipped; all others were parsed. */
final class ByteAccount {
  private final long length;
  private final List<SkippedRange> skipped = new ArrayList<>();
  private long end;

  /** For a file of {@code length} bytes. */
  ByteAccount(long length) {
    this.length = length;
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

  /** Skips the whole file. */
  long skipAll(String reason) {
    return skip(0, length, reason);
  }

  /** The account at the end of the file. */
  FileRead close(String relative) {
    long bytes = skipped.stream().mapToLong(range -> range.to() - range.from()).sum();
    return new FileRead(relative, length, length - bytes, bytes, List.copyOf(skipped));
  }
}
