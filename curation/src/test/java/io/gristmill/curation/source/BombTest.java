package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.gristmill.curation.compression.StorageInput;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.warc.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never ends costs its record, in bounded memory, and the next record is read. */
class BombTest {
  private static final byte[] NEXT =
      Archives.response("next", "http://a/", "Content-Type: text/html\r\n", Archives.page("p", 4));

  @Test
  void bodiesThatDecodeToTooMuchAreFailures() throws IOException {
    byte[] zeros = new byte[64 << 20];
    var deflated = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(zeros);
    }
    assertThat(reason("Content-Encoding: gzip\r\n", Archives.gzip(zeros)))
        .isEqualTo("record_too_long");
    assertThat(reason("Content-Encoding: deflate\r\n", deflated.toByteArray()))
        .isEqualTo("record_too_long");
    assertThat(reason("Content-Encoding: zstd\r\n", Zstd.compress(zeros)))
        .isEqualTo("record_too_long");
    assertThat(reason("Content-Encoding: gzip, gzip\r\n", Archives.gzip(Archives.gzip(zeros))))
        .isEqualTo("record_too_long");
  }

  /** Some kilobytes to some megabytes, which decode to four gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip"})
  void bodiesOfGigabytesEndInBoundedTimeAndMemory(String coding) throws IOException {
    byte[] part =
        switch (coding) {
          case "zstd" -> Zstd.compress(new byte[64 << 20]);
          case "gzip" -> Archives.gzip(new byte[64 << 20]);
          default -> new byte[0];
        };
    byte[] body = coding.equals("br") ? brotli(256) : Archives.join(Collections.nCopies(64, part));
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    assertThat(reason("Content-Encoding: %s\r\n".formatted(coding), body))
        .isEqualTo("record_too_long");
    // 32 MiB are decoded, and an array that grows is copied
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(300L << 20);
    assertThat(threads.getCurrentThreadCpuTime() - cpu).isLessThan(10_000_000_000L);
  }

  @Test
  void theBrotliBombIsOne() throws IOException {
    try (var zeros = new BrotliInputStream(new ByteArrayInputStream(brotli(3)))) {
      byte[] chunk = new byte[1 << 16];
      long length = 0;
      for (int read = zeros.read(chunk); read >= 0; read = zeros.read(chunk)) {
        length += read;
      }
      assertThat(length).isEqualTo(3L << 24);
    }
    assertThat(brotli(256)).hasSizeLessThan(4 << 10);
  }

  /**
   * Zeros in meta-blocks of 16 MiB (RFC 7932): a literal, and a copy of it from one byte back.
   * Every prefix code has one symbol, which takes no bits.
   */
  private static byte[] brotli(int metaBlocks) {
    var bits = new BitSet();
    int at = put(bits, 0, 0, 1); // a window of 64 KiB
    int length = 1 << 24;
    for (int i = 0; i < metaBlocks; i++) {
      at = put(bits, at, 0, 1); // not the last
      at = put(bits, at, 2, 2); // six nibbles of length
      at = put(bits, at, length - 1, 24);
      at = put(bits, at, 0, 1); // compressed
      at = put(bits, at, 0, 3); // one block type each of literals, commands, distances
      at = put(bits, at, 0, 6); // distances without postfix or direct codes
      at = put(bits, at, 0, 2); // context mode
      at = put(bits, at, 0, 2); // one tree each for literals and distances
      at = put(bits, at, 1, 4); // a prefix code of one symbol:
      at = put(bits, at, 0, 8); // the literal 0
      at = put(bits, at, 1, 4);
      at = put(bits, at, 399, 10); // insert one literal, copy with 24 bits of length
      at = put(bits, at, 1, 4);
      at = put(bits, at, 16, 6); // distance 1 or 2
      at = put(bits, at, length - 1 - 2118, 24);
      at = put(bits, at, 0, 1); // distance 1
    }
    put(bits, at, 3, 2); // the last, empty
    return bits.toByteArray();
  }

  private static int put(BitSet bits, int at, int value, int count) {
    for (int i = 0; i < count; i++) {
      bits.set(at + i, (value >> i & 1) == 1);
    }
    return at + count;
  }

  @Test
  void codingsThatAreManyAreNotUndone() throws IOException {
    assertThat(
            reason("Content-Encoding: " + "gzip, ".repeat(1000) + "gzip\r\n", Archives.gzip(NEXT)))
        .isEqualTo("http_coding_damaged");
  }

  @Test
  void aRecordOfFourGigabytesIsPassedOver() throws IOException {
    long zeros = 4L << 30;
    String http =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n"
            .formatted(zeros);
    String header =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://b/\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
            .formatted(http.length() + zeros);
    var input =
        new Zeros(
            Archives.ascii(header + http),
            zeros,
            Archives.join(List.of(Archives.ascii("\r\n\r\n"), NEXT)));
    List<SourceRecord> records = read(input.length(), input);
    assertThat(records).hasSize(3);
    assertThat(((Failure) records.get(0)).reason()).isEqualTo("record_too_long");
    assertThat(((Page) records.get(1)).url()).isEqualTo("http://a/");
    assertThat(((FileRead) records.get(2)).bytesParsed()).isEqualTo(input.length());
  }

  @Test
  void aHeaderWithoutEndIsPassedOver() throws IOException {
    for (String header :
        List.of(
            "WARC/1.0\r\n" + "X-Filler: more of it\r\n".repeat(200_000),
            "WARC/1.0\r\nX: " + "x".repeat(5 << 20) + "\r\n")) {
      byte[] archive = Archives.join(List.of(Archives.ascii(header), NEXT));
      List<SourceRecord> records = read(archive.length, new Zeros(archive, 0, new byte[0]));
      assertThat(((Failure) records.getFirst()).reason()).isEqualTo("warc_header_malformed");
      assertThat(((Page) records.get(1)).url()).isEqualTo("http://a/");
      FileRead end = (FileRead) records.getLast();
      assertThat(end.bytesSkipped()).isEqualTo(header.length());
      assertThat(end.bytesRead()).isEqualTo(archive.length);
    }
  }

  private static String reason(String header, byte[] body) throws IOException {
    byte[] archive =
        Archives.join(
            List.of(
                Archives.gzip(
                    Archives.response(
                        "bomb", "http://b/", "Content-Type: text/html\r\n" + header, body)),
                Archives.gzip(NEXT)));
    List<SourceRecord> records = read(archive.length, new Zeros(archive, 0, new byte[0]));
    assertThat(((Page) records.get(1)).url()).isEqualTo("http://a/");
    return ((Failure) records.getFirst()).reason();
  }

  private static List<SourceRecord> read(long length, StorageInput.Seekable bytes)
      throws IOException {
    var file =
        new SourceFile(
            "/in/a.warc", "a.warc", SourceFormat.WARC, length, 0, SourceConfig.of("/in"));
    var account = new ByteAccount(length);
    List<SourceRecord> records = new ArrayList<>();
    try (RecordFlow flow =
        ArchiveRecords.open(
            Split.whole(file),
            new StorageInput("a.warc", bytes, length),
            account,
            new Documents(file.config().extraction(), url -> true))) {
      while (flow.advance(records::add)) {}
    }
    records.add(account.close(file.relative()));
    return records;
  }

  /** Some bytes, zeros, and some bytes, without the zeros in memory. */
  private static final class Zeros implements StorageInput.Seekable {
    private final byte[] head;
    private final long zeros;
    private final byte[] tail;
    private long at;

    private Zeros(byte[] head, long zeros, byte[] tail) {
      this.head = head;
      this.zeros = zeros;
      this.tail = tail;
    }

    private long length() {
      return head.length + zeros + tail.length;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      int count;
      if (at < head.length) {
        count = (int) Math.min(length, head.length - at);
        System.arraycopy(head, (int) at, target, from, count);
      } else if (at < head.length + zeros) {
        count = (int) Math.min(length, head.length + zeros - at);
        Arrays.fill(target, from, from + count, (byte) 0);
      } else {
        int place = (int) (at - head.length - zeros);
        count = Math.min(length, tail.length - place);
        System.arraycopy(tail, place, target, from, count);
      }
      at += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void seek(long offset) {
      at = offset;
    }

    @Override
    public void close() {}
  }
}
