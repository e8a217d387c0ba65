package io.gristmill.curation.warc;

import io.gristmill.curation.compression.Members;
import java.io.IOException;
import java.util.Arrays;

/**
 * A place in the decompressed bytes of a file, which never crosses into the next member by itself.
 */
final class Cursor {
  private final Members members;
  private final byte[] chunk = new byte[1 << 16];
  private int next;
  private int end;
  private long chunkStart;
  private long inner;
  private boolean open;

  Cursor(Members members) {
    this.members = members;
  }

  /** The next byte of this member, which stays; -1 at its end. */
  int peek() throws IOException {
    return next < end || fill() ? chunk[next] & 0xff : -1;
  }

  /** The next byte of this member; -1 at its end. */
  int read() throws IOException {
    return next < end || fill() ? chunk[next++] & 0xff : -1;
  }

  /** Reads some bytes of this member; -1 at its end. */
  int read(byte[] target, int from, int count) throws IOException {
    if (next == end && !fill()) {
      return -1;
    }
    int copied = Math.min(count, end - next);
    System.arraycopy(chunk, next, target, from, copied);
    next += copied;
    return copied;
  }

  /** Passes over some bytes of this member; -1 at its end. */
  int skip(long count) throws IOException {
    if (next == end && !fill()) {
      return -1;
    }
    int skipped = (int) Math.min(count, end - next);
    next += skipped;
    return skipped;
  }

  /** Whether a record starts here, as far as this member's next bytes tell. */
  boolean atRecordStart() throws IOException {
    while (end - next < Members.START_BYTES && more()) {}
    byte[] bytes = Arrays.copyOfRange(chunk, next, Math.min(end, next + Members.START_BYTES));
    return RecordStart.test(bytes, bytes.length);
  }

  /** Goes to the start of the next member; false at the end of the file. */
  boolean nextMember() throws IOException {
    next = 0;
    end = 0;
    inner = 0;
    open = false;
    open = members.next();
    chunkStart = members.position();
    return open;
  }

  /** Whether a member is open; before the first and after damage none is. */
  boolean isOpen() {
    return open;
  }

  /** Goes to the next verified member in which a record starts and says where that is. */
  long recover() throws IOException {
    next = 0;
    end = 0;
    inner = 0;
    open = false;
    return members.recover(RecordStart::test);
  }

  /** Offset in the file: exact at the start of a member and in plain files, else not beyond it. */
  long offset() {
    if (!members.compressed()) {
      return chunkStart + next;
    }
    return inner + next == 0 ? members.start() : chunkStart;
  }

  /** The offset for people, with the place in the member where that is not its start. */
  String position() {
    long within = inner + next;
    return within == 0 || !members.compressed()
        ? Long.toString(offset())
        : "%d+%d".formatted(members.start(), within);
  }

  /** Goes back to an offset, which only plain files allow. */
  boolean back(long offset) {
    if (members.compressed()) {
      return false;
    }
    members.seek(offset);
    chunkStart = offset;
    next = 0;
    end = 0;
    return true;
  }

  private boolean fill() throws IOException {
    inner += end;
    next = 0;
    end = 0;
    if (!open) {
      return false;
    }
    chunkStart = members.position();
    end = Math.max(members.read(chunk, 0, chunk.length), 0);
    if (end == 0) {
      chunkStart = members.position();
    }
    return end > 0;
  }

  private boolean more() throws IOException {
    if (next > 0) {
      System.arraycopy(chunk, next, chunk, 0, end - next);
      inner += next;
      if (!members.compressed()) {
        chunkStart += next;
      }
      end -= next;
      next = 0;
    }
    if (!open || end == chunk.length) {
      return false;
    }
    int read = members.read(chunk, end, chunk.length - end);
    end += Math.max(read, 0);
    return read > 0;
  }
}
