package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.gristmill.curation.compression.StorageInput;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.warc.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

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
