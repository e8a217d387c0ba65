package io.gristmill.curation.source;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.compression.StorageInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;

/**
 * A record as it lies in its file, before it is understood: what a document was made of.
 *
 * @param file full path of the file
 * @param place {@code @offset}, {@code @line}, {@code @row} or {@code !entry}; empty for a whole
 *     file
 * @param headers lines of the archive's and of the HTTP header, without empty ones; of a row of
 *     Parquet its other columns
 * @param begin the first bytes behind the headers, as UTF-8 where they are that, else as Latin-1
 */
public record RawRecord(String file, String place, List<String> headers, String begin) {
  private static final int MOST_BYTES = 16 << 10;
  private static final int LONGEST_LINE = 64 << 20;

  public RawRecord {
    headers = List.copyOf(headers);
  }

  /**
   * Reads it again; an archive at its offset, a file of lines from the start on, with what is
   * damaged before it left out as in the run.
   *
   * @param files the input of the run
   * @param source column {@code source} of a document
   * @return empty where the file is no longer among the input
   * @throws IOException if the file cannot be read, or holds no such record
   */
  public static Optional<RawRecord> of(List<SourceFile> files, String source, Configuration hadoop)
      throws IOException {
    Optional<SourceFile> file =
        files.stream()
            .filter(candidate -> isIn(source, candidate.relative()))
            .max((a, b) -> Integer.compare(a.relative().length(), b.relative().length()));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    SourceFile found = file.get();
    String place = source.substring(found.relative().length());
    if (found.format() == SourceFormat.PARQUET && !place.isEmpty()) {
      return Optional.of(parquet(found, place, hadoop));
    }
    try (StorageInput input = Storage.open(found.path(), found.length(), hadoop)) {
      byte[] bytes =
          switch (found.format()) {
            case WARC, WET, ARC -> archive(input, place.substring(1));
            case JSONL -> line(input, Long.parseLong(place.substring(1)));
            case ZIP -> entry(input, place.substring(1));
            default -> whole(input);
          };
      boolean archive =
          switch (found.format()) {
            case WARC, WET, ARC -> true;
            default -> false;
          };
      return Optional.of(split(found.path(), place, bytes, archive));
    }
  }

  private static RawRecord parquet(SourceFile file, String place, Configuration hadoop)
      throws IOException {
    var row =
        ParquetRow.of(
            file.path(), Long.parseLong(place.substring(1)), file.config().textKey(), hadoop);
    return new RawRecord(
        file.path(),
        place,
        row.columns(),
        row.text().substring(0, Math.min(row.text().length(), MOST_BYTES)));
  }

  private static boolean isIn(String source, String relative) {
    boolean longer = source.length() > relative.length();
    return source.equals(relative)
        || (longer
            && source.startsWith(relative)
            && "@!".indexOf(source.charAt(relative.length())) >= 0);
  }

  /** {@code offset}, or {@code offset+inner} in a member that holds several records. */
  private static byte[] archive(StorageInput input, String position) throws IOException {
    int plus = position.indexOf('+');
    input.seek(Long.parseLong(plus < 0 ? position : position.substring(0, plus)));
    long inner = plus < 0 ? 0 : Long.parseLong(position.substring(plus + 1));
    Members members = Members.open(input);
    if (!members.next()) {
      return new byte[0];
    }
    byte[] chunk = new byte[MOST_BYTES];
    while (inner > 0) {
      int read = members.read(chunk, 0, (int) Math.min(inner, chunk.length));
      if (read < 0) {
        return new byte[0];
      }
      inner -= read;
    }
    return fill(chunk, members);
  }

  private static byte[] whole(StorageInput input) throws IOException {
    Members members = Members.open(input);
    return members.next() ? fill(new byte[MOST_BYTES], members) : new byte[0];
  }

  private static byte[] fill(byte[] chunk, Members members) throws IOException {
    int filled = 0;
    int read = 0;
    while (read >= 0 && filled < chunk.length) {
      read = members.read(chunk, filled, chunk.length - filled);
      filled += Math.max(read, 0);
    }
    return Arrays.copyOf(chunk, filled);
  }

  private static byte[] line(StorageInput input, long number) throws IOException {
    var lines = new Lines(Members.open(input), LONGEST_LINE);
    long read = 0;
    while (true) {
      try {
        byte[] line = lines.next().orElseThrow(() -> new IOException("there is no line " + number));
        if (++read == number) {
          return Arrays.copyOf(line, Math.min(line.length, MOST_BYTES));
        }
      } catch (DamagedException e) { // its lines have no numbers
        lines.recover();
      }
    }
  }

  private static byte[] entry(StorageInput input, String name) throws IOException {
    ZipFile zip = ZipFile.builder().setSeekableByteChannel(new StorageChannel(input)).get();
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("there is no entry " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(MOST_BYTES);
    }
  }

  /** The blocks of headers that an archive has before the payload: its own, and that of HTTP. */
  private static RawRecord split(String file, String place, byte[] bytes, boolean archive) {
    List<String> headers = new ArrayList<>();
    int at = 0;
    if (archive) {
      at = headers(bytes, 0, headers);
      if (new String(bytes, at, Math.min(5, bytes.length - at), StandardCharsets.ISO_8859_1)
          .equals("HTTP/")) {
        at = headers(bytes, at, headers);
      }
    }
    return new RawRecord(file, place, headers, text(Arrays.copyOfRange(bytes, at, bytes.length)));
  }

  private static int headers(byte[] bytes, int from, List<String> headers) {
    var line = new ByteArrayOutputStream();
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        String header = line.toString(StandardCharsets.UTF_8).strip();
        if (header.isEmpty()) {
          return at + 1;
        }
        headers.add(header);
        line.reset();
      } else {
        line.write(bytes[at]);
      }
    }
    return bytes.length;
  }

  /** As UTF-8, less a character that the end cuts, where it is that. */
  private static String text(byte[] bytes) {
    String utf8 = new String(bytes, StandardCharsets.UTF_8);
    String whole = utf8.endsWith("\uFFFD") ? utf8.substring(0, utf8.length() - 1) : utf8;
    return whole.indexOf('\uFFFD') < 0 ? whole : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
