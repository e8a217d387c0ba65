package io.gristmill.curation.warc;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.warc.ArchiveItem.ArchiveRecord;
import io.gristmill.curation.warc.ArchiveItem.Damage;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the records of a WARC, WET or ARC file, whatever compresses it. A record counts only when
 * its header, all of its block and its end are there and, at the end of a gzip member, the checksum
 * agrees; else the bytes up to the next place where a record starts are {@link Damage}.
 */
public final class ArchiveReader implements Closeable {
  private static final Set<String> WITH_DOCUMENTS = Set.of("response", "resource", "conversion");

  private final Members members;
  private final Cursor cursor;
  private final int longestBlock;

  /**
   * @param longestBlock how many bytes of a block are kept; the rest is passed over
   */
  public ArchiveReader(Members members, int longestBlock) {
    this.members = members;
    this.cursor = new Cursor(members);
    this.longestBlock = longestBlock;
  }

  /** The next record or damage, or empty at the end of the file. */
  public Optional<ArchiveItem> next() throws IOException {
    long from = cursor.isOpen() ? cursor.offset() : members.position();
    String position = Long.toString(from);
    try {
      if (!toNextRecord()) {
        return Optional.empty();
      }
      from = cursor.offset();
      position = cursor.position();
      if (!cursor.atRecordStart()) {
        return Optional.of(
            damage(position, from, "record_not_found", "no record starts where one should"));
      }
      return Optional.of(record(position, from));
    } catch (DamagedException e) {
      if (e.reason().startsWith("record_") || e.reason().startsWith("warc_")) {
        return Optional.of(damage(position, from, e.reason(), e.getMessage()));
      }
      // The compression is broken: what it gave of this member cannot be trusted to go on.
      return Optional.of(new Damage(position, from, cursor.recover(), e.reason(), e.getMessage()));
    }
  }

  /** Offset behind what was given last: exact at the end of a member and in plain files. */
  public long position() {
    return cursor.isOpen() ? cursor.offset() : members.position();
  }

  /** Passes over line ends and ends of members; false at the end of the file. */
  private boolean toNextRecord() throws IOException {
    while (true) {
      int octet = cursor.peek();
      if (octet == '\r' || octet == '\n') {
        cursor.read();
      } else if (octet >= 0) {
        return true;
      } else if (!cursor.nextMember()) {
        return false;
      }
    }
  }

  private ArchiveItem record(String position, long from) throws IOException {
    HeaderBlock header = HeaderBlock.read(cursor);
    long length = length(header);
    String type = header.first("WARC-Type").toLowerCase(Locale.ROOT);
    String contentType = header.first("Content-Type");
    long blockStart = cursor.offset();
    byte[] block;
    try {
      block = block(length, WITH_DOCUMENTS.contains(type));
    } catch (DamagedException e) {
      cursor.back(blockStart); // a length that is too long must not swallow the records it covers
      throw e;
    }
    if (!ended()) {
      cursor.back(blockStart);
      return damage(
          position,
          from,
          "record_length_wrong",
          "no record follows after the %d bytes that Content-Length says".formatted(length));
    }
    Optional<Instant> date = date(header.first("WARC-Date"));
    String flaws =
        date.isEmpty()
            ? (header.flaws() + " date_unparsable: " + header.first("WARC-Date")).strip()
            : header.flaws();
    return new ArchiveRecord(
        position,
        type,
        header.first("WARC-Record-ID"),
        uri(header.first("WARC-Target-URI")),
        date,
        contentType,
        header.first("WARC-Identified-Content-Language"),
        length,
        block,
        header.first("WARC-Truncated"),
        flaws);
  }

  private static long length(HeaderBlock header) throws DamagedException {
    String length = header.first("Content-Length");
    try {
      long bytes = Long.parseLong(length);
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // as if there were none
    }
    throw new DamagedException(
        "record_without_length", "the record has no Content-Length, but '%s'".formatted(length));
  }

  private byte[] block(long length, boolean wanted) throws IOException {
    byte[] block = new byte[(int) Math.min(wanted ? Math.min(length, longestBlock) : 0, 1 << 16)];
    int filled = 0;
    long left = length;
    while (left > 0) {
      int read;
      if (wanted && filled < longestBlock) {
        if (filled == block.length) {
          int room = (int) Math.min(Math.min(length, longestBlock), 2L * block.length);
          block = Arrays.copyOf(block, room);
        }
        read = cursor.read(block, filled, (int) Math.min(left, block.length - filled));
        filled += Math.max(read, 0);
      } else {
        read = cursor.skip(left);
      }
      if (read >= 0) {
        left -= read;
      } else if (!cursor.nextMember() || cursor.atRecordStart()) {
        throw new DamagedException(
            "record_truncated",
            "%d of %d bytes of the record's block are missing".formatted(left, length));
      }
    }
    return filled == block.length ? block : Arrays.copyOf(block, filled);
  }

  /**
   * Whether what follows the block is the end of the record: an empty line, which stands even
   * before a damaged record, or the start of a record, or nothing.
   */
  private boolean ended() throws IOException {
    int lines = 0;
    int octet;
    while ((octet = cursor.peek()) == '\r' || octet == '\n') {
      lines += octet == '\n' ? 1 : 0;
      cursor.read();
    }
    return octet < 0 || lines > 1 || cursor.atRecordStart();
  }

  /** Passes over bytes until a record starts, at the start of a line or of a member. */
  private Damage damage(String position, long from, String reason, String detail)
      throws IOException {
    try {
      while (!resynchronized()) {
        if (cursor.peek() < 0 && !cursor.nextMember()) {
          return new Damage(position, from, members.position(), reason, detail);
        }
      }
      return new Damage(position, from, cursor.offset(), reason, detail);
    } catch (DamagedException e) {
      return new Damage(
          position, from, cursor.recover(), reason, detail + "; then " + e.getMessage());
    }
  }

  /** Whether a record starts here; if not, goes to the next line or to the end of the member. */
  private boolean resynchronized() throws IOException {
    if (cursor.peek() >= 0 && cursor.atRecordStart()) {
      return true;
    }
    int octet;
    do {
      octet = cursor.read();
    } while (octet >= 0 && octet != '\n');
    return false;
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Old versions of wget put the URI in angle brackets. */
  private static String uri(String text) {
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }

  @Override
  public void close() {
    members.close();
  }
}
