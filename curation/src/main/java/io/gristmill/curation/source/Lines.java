package io.gristmill.curation.source;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Lines of bytes of a file, across its members, each of bounded length. */
public final class Lines {
  private final Members members;
  private final int longest;
  private final byte[] chunk = new byte[1 << 16];
  private int next;
  private int end;
  private long chunkStart;
  private boolean open;
  private boolean overlong;

  public Lines(Members members, int longest) {
    this.members = members;
    this.longest = longest;
  }

  /** Offset in the file before which all lines have been given. */
  long safeOffset() {
    return chunkStart;
  }

  /** Offset of the next line, in a plain file. */
  long offset() {
    return open ? chunkStart + next : members.position();
  }

  /** Whether the line given last was cut at the longest length. */
  public boolean overlong() {
    return overlong;
  }

  /**
   * The next line without its end, or empty at the end of the file.
   *
   * @throws DamagedException if the bytes of the line are damaged; the line is lost
   */
  public Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    overlong = false;
    boolean some = false;
    while (true) {
      if (next == end && !fill()) {
        return some ? Optional.of(line.toByteArray()) : Optional.empty();
      }
      some = true;
      int from = next;
      while (next < end && chunk[next] != '\n') {
        next++;
      }
      int kept = Math.min(next - from, longest - line.size());
      line.write(chunk, from, kept);
      overlong |= kept < next - from;
      if (next < end) {
        next++;
        return Optional.of(line.toByteArray());
      }
    }
  }

  /** After damage: goes on at the next verified member and says where that is. */
  long recover() throws IOException {
    next = 0;
    end = 0;
    open = false;
    long offset = members.recover(Members.Start.ANY);
    chunkStart = offset;
    return offset;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = 0;
    while (true) {
      if (!open) {
        if (!members.next()) {
          return false;
        }
        open = true;
      }
      long before = members.position();
      int read = members.read(chunk, 0, chunk.length);
      if (read > 0) {
        chunkStart = before;
        end = read;
        return true;
      }
      open = read >= 0;
    }
  }
}
