package io.gristmill.curation.compression;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Members of a gzip file (RFC 1952), each with its exact offsets in the file.
 *
 * <p>A file can be read in parts that meet at boundaries. A boundary is a member in which a record
 * starts and from which on the members are sound for {@link #SOUND_RUN} bytes, or to the end of the
 * file. An archive that is the payload of a record may lie in the file as it is, and its members
 * look like those of the file; but deflate stores bytes in blocks of 65,535 at most (RFC 1951,
 * section 3.2.4), and a run of sound members does not survive what stands between two blocks.
 */
final class GzipMembers extends Members {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** A member that only its checksum can verify is no longer than this, decompressed. */
  private static final int LONGEST_VERIFIED = 1 << 20;

  /** Twice the longest stored block: a member in it ends within the next one, and is damaged. */
  private static final long SOUND_RUN = 128 << 10;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] compressed = new byte[1 << 13];
  private long inflatedFrom;
  private boolean ended = true; // before the first member as behind the last
  private long partEnd = Long.MAX_VALUE;
  private Start recordStart = Start.ANY;
  private long unsound = -1;

  GzipMembers(StorageInput input) {
    super(input);
  }

  @Override
  boolean openMember() throws IOException {
    ended = true;
    inflater.reset();
    readHeader();
    crc.reset();
    inflatedFrom = input.position();
    ended = false;
    return true;
  }

  @Override
  public long position() {
    return ended ? input.position() : inflatedFrom + inflater.getBytesRead();
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (ended || count == 0) {
      return ended ? -1 : 0;
    }
    try {
      while (true) {
        int read = inflater.inflate(target, from, count);
        if (read > 0) {
          crc.update(target, from, read);
          return read;
        }
        if (inflater.finished()) {
          readTrailer();
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw damaged("asks for a dictionary, which gzip has not");
        }
        int filled = input.read(compressed, 0, compressed.length);
        if (filled < 0) {
          throw new DamagedException("gzip_truncated", "the file ends inside a gzip member");
        }
        inflater.setInput(compressed, 0, filled);
      }
    } catch (DataFormatException e) {
      throw damaged(e.getMessage() == null ? "not deflated data" : e.getMessage());
    }
  }

  @Override
  public long recover(Start start) throws IOException {
    long candidate = start() + 1;
    while (true) {
      candidate = Scan.forward(input, candidate, length(), (byte) 0x1f, (byte) 0x8b, (byte) 8);
      if (candidate == length() || verified(candidate, start)) {
        ended = true;
        input.seek(candidate);
        return candidate;
      }
      candidate++;
    }
  }

  /** Ends the part at the first boundary at or behind {@code end}. */
  void confine(long end, Start start) {
    this.partEnd = end;
    this.recordStart = start;
  }

  /** Goes to the first boundary in {@code [from, to)}; false where there is none. */
  boolean toBoundary(long from, long to) {
    long candidate = from;
    while (candidate < to) {
      candidate = Scan.forward(input, candidate, to, (byte) 0x1f, (byte) 0x8b, (byte) 8);
      if (candidate < to && boundary(candidate)) {
        return true;
      }
      candidate++;
    }
    return false;
  }

  @Override
  boolean partEnds() {
    return input.position() >= partEnd && boundary(input.position());
  }

  /** Whether a boundary lies at an offset, which must not be below that asked for before. */
  private boolean boundary(long offset) {
    if (offset <= unsound) {
      return false; // the run from here meets the same damage as the run before
    }
    long member = offset;
    try {
      input.seek(offset);
      openMember();
      byte[] bytes = new byte[START_BYTES];
      int filled = 0;
      int read = 0;
      while (filled < bytes.length && read >= 0) {
        read = read(bytes, filled, bytes.length - filled);
        filled += Math.max(read, 0);
      }
      if (!recordStart.test(bytes, filled)) {
        return false;
      }
      while (position() - offset < SOUND_RUN && position() < length()) {
        if (read >= 0) {
          read = read(bytes, 0, bytes.length);
        } else {
          member = input.position();
          openMember();
          read = 0;
        }
      }
      return true;
    } catch (IOException e) {
      unsound = member;
      return false;
    } finally {
      ended = true;
      input.seek(offset);
    }
  }

  private boolean verified(long candidate, Start start) {
    input.seek(candidate);
    byte[] bytes = new byte[START_BYTES];
    try {
      openMember();
      int filled = 0;
      int read = 0;
      while (filled < bytes.length && read >= 0) {
        read = read(bytes, filled, bytes.length - filled);
        filled += Math.max(read, 0);
      }
      if (!start.equals(Start.ANY)) {
        return start.test(bytes, filled);
      }
      long total = filled;
      byte[] rest = new byte[1 << 12];
      while (read >= 0 && total < LONGEST_VERIFIED) {
        read = read(rest, 0, rest.length);
        total += Math.max(read, 0);
      }
      return read < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void readHeader() throws IOException {
    try {
      if (octet() != 0x1f || octet() != 0x8b || octet() != 8) {
        throw damaged("no gzip member starts here");
      }
      int flags = octet();
      if ((flags & RESERVED) != 0) {
        throw damaged("reserved gzip flags are set");
      }
      skip(6);
      if ((flags & FEXTRA) != 0) {
        skip(twoOctets());
      }
      if ((flags & FNAME) != 0) {
        skipString();
      }
      if ((flags & FCOMMENT) != 0) {
        skipString();
      }
      if ((flags & FHCRC) != 0) {
        skip(2);
      }
    } catch (EOFException e) {
      throw new DamagedException("gzip_truncated", "the file ends inside a gzip header");
    }
  }

  private void readTrailer() throws IOException {
    input.seek(inflatedFrom + inflater.getBytesRead());
    ended = true;
    try {
      long sum = fourOctets();
      long size = fourOctets();
      if (sum != crc.getValue()) {
        throw damaged("the checksum of the gzip member does not agree");
      }
      if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
        throw damaged("the length of the gzip member does not agree");
      }
    } catch (EOFException e) {
      throw new DamagedException("gzip_truncated", "the file ends inside a gzip trailer");
    }
  }

  private long fourOctets() throws EOFException {
    long low = twoOctets();
    return low | ((long) twoOctets() << 16);
  }

  private int twoOctets() throws EOFException {
    int low = octet();
    return low | (octet() << 8);
  }

  private int octet() throws EOFException {
    int octet = input.read();
    if (octet < 0) {
      throw new EOFException();
    }
    return octet;
  }

  private void skip(int count) throws EOFException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private void skipString() throws EOFException {
    while (octet() != 0) {}
  }

  private static DamagedException damaged(String detail) {
    return new DamagedException("gzip_damaged", detail);
  }

  @Override
  void closeMember() {
    inflater.end();
  }
}
