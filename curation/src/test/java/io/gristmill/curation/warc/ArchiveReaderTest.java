package io.gristmill.curation.warc;

import static io.gristmill.curation.warc.Archives.ascii;
import static io.gristmill.curation.warc.Archives.gzip;
import static io.gristmill.curation.warc.Archives.join;
import static io.gristmill.curation.warc.Archives.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.compression.InMemory;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.warc.ArchiveItem.ArchiveRecord;
import io.gristmill.curation.warc.ArchiveItem.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void recordsAreReadWithWhatTheirHeadersSay() throws IOException {
    byte[] first = gzip(record("warcinfo", "0", "", "application/warc-fields", ascii("a: b")));
    byte[] second = gzip(record("conversion", "1", "http://a/", "text/plain", ascii("text")));
    List<ArchiveItem> items = read(join(List.of(first, second)));

    assertThat(items).hasSize(2);
    ArchiveRecord record = (ArchiveRecord) items.get(1);
    assertThat(record.position()).isEqualTo(Integer.toString(first.length));
    assertThat(record.type()).isEqualTo("conversion");
    assertThat(record.id()).isEqualTo("<urn:uuid:1>");
    assertThat(record.uri()).isEqualTo("http://a/");
    assertThat(record.date()).hasToString("Optional[2024-05-01T12:00:00Z]");
    assertThat(record.block()).isEqualTo(ascii("text"));
    assertThat(record.flaws()).isEmpty();
  }

  @Test
  void severalRecordsInOneMemberAndPlainFilesAreReadAlike() throws IOException {
    byte[] records = join(records(4));
    assertThat(ids(read(records))).containsExactly("0", "1", "2", "3");
    assertThat(ids(read(gzip(records)))).containsExactly("0", "1", "2", "3");
  }

  @Test
  void arcRecordsAreRead() throws IOException {
    String body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>";
    String arc =
        "filedesc://a.arc 0.0.0.0 20080430204825 text/plain 21\n1 1 InternetArchive\n\n\n"
            + "http://a b/ 1.2.3.4 20080430204825 text/html %d\n%s\n".formatted(body.length(), body)
            + "http://c/ 1.2.3.4 20080430204826 text/html %d\n%s\n".formatted(body.length(), body);
    List<ArchiveItem> items = read(ascii(arc));
    assertThat(items).hasSize(3).allMatch(ArchiveRecord.class::isInstance);
    ArchiveRecord spaced = (ArchiveRecord) items.get(1);
    assertThat(spaced.uri()).isEqualTo("http://a%20b/");
    assertThat(spaced.flaws()).isEqualTo("uri_with_spaces");
    assertThat(((ArchiveRecord) items.get(2)).uri()).isEqualTo("http://c/");
  }

  @Test
  void anUnparsableDateIsAFlawAndNotALoss() throws IOException {
    String record = new String(records(1).getFirst(), java.nio.charset.StandardCharsets.ISO_8859_1);
    List<ArchiveItem> items =
        read(ascii(record.replace("2024-05-01T12:00:00Z", "5088968-11-06T12:31:23Z")));
    ArchiveRecord read = (ArchiveRecord) items.getFirst();
    assertThat(read.date()).isEmpty();
    assertThat(read.flaws()).isEqualTo("date_unparsable: 5088968-11-06T12:31:23Z");
  }

  @Test
  void clippedAtEveryByteAFileLosesOnlyTheRecordThatWasClipped() throws IOException {
    for (boolean compressed : new boolean[] {false, true}) {
      List<byte[]> parts = records(3);
      List<byte[]> stored = compressed ? parts.stream().map(Archives::gzip).toList() : parts;
      byte[] whole = join(stored);
      for (int length = 1; length < whole.length; length++) {
        List<ArchiveItem> items = read(Arrays.copyOf(whole, length));
        int complete = 0;
        int end = 0;
        // the line ends after a plain record's block may be cut off without harm
        while (complete < 3 && end + stored.get(complete).length - (compressed ? 0 : 4) <= length) {
          end += stored.get(complete).length;
          complete++;
        }
        assertThat(ids(items)).as("clipped at %d", length).hasSize(complete);
        assertAccounted(items, length);
        boolean clipped = length > end;
        assertThat(items.stream().filter(Damage.class::isInstance).count())
            .as("clipped at %d", length)
            .isEqualTo(clipped ? 1 : 0);
      }
    }
  }

  @Test
  void aFlippedByteLosesAtMostTheRecordItIsIn() throws IOException {
    var random = new SplittableRandom(SEED);
    List<byte[]> members = records(6).stream().map(Archives::gzip).toList();
    byte[] whole = join(members);
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      List<ArchiveItem> items = read(damaged);
      assertThat(ids(items))
          .as("byte %d, seed %d", at, SEED)
          .containsAll(idsNotIn(members, at))
          .doesNotHaveDuplicates();
      assertAccounted(items, damaged.length);
    }
  }

  @Test
  void flippedBytesInAPlainFileLoseNoOtherRecord() throws IOException {
    var random = new SplittableRandom(SEED);
    List<byte[]> records = records(6);
    byte[] whole = join(records);
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(7));
      List<ArchiveItem> items = read(damaged);
      assertThat(ids(items)).as("byte %d, seed %d", at, SEED).containsAll(idsNotIn(records, at));
      assertAccounted(items, damaged.length);
    }
  }

  @Test
  void aWrongLengthIsDamageAndReadingGoesOnAtTheNextRecord() throws IOException {
    List<byte[]> records = records(3);
    String first = new String(records.getFirst(), java.nio.charset.StandardCharsets.ISO_8859_1);
    for (String length : List.of("9", "99", "99999999", "-1", "x", "99999999999999999999")) {
      byte[] wrong = ascii(first.replaceFirst("Content-Length: \\d+", "Content-Length: " + length));
      List<ArchiveItem> items = read(join(List.of(wrong, records.get(1), records.get(2))));
      assertThat(items.getFirst()).isInstanceOf(Damage.class);
      assertThat(ids(items)).as(length).contains("2");
    }
  }

  @Test
  void garbageIsOneDamage() throws IOException {
    var random = new SplittableRandom(SEED);
    byte[] garbage = new byte[100_000];
    random.nextBytes(garbage);
    List<ArchiveItem> items = read(garbage);
    assertThat(items).hasSize(1);
    Damage damage = (Damage) items.getFirst();
    assertThat(damage.reason()).isEqualTo("gzip_damaged");
    assertThat(damage.to()).isEqualTo(garbage.length);
  }

  @Test
  void longBlocksAreCutAndSaySo() throws IOException {
    byte[] block = new byte[1000];
    byte[] long1 = record("resource", "long", "http://a/", "text/plain", block);
    byte[] next = record("resource", "next", "http://b/", "text/plain", ascii("b"));
    var reader =
        new ArchiveReader(
            Members.open(InMemory.input("memory.warc.gz", join(List.of(long1, next)))), 100);
    ArchiveRecord record = (ArchiveRecord) reader.next().orElseThrow();
    assertThat(record.block()).hasSize(100);
    assertThat(record.length()).isEqualTo(1000);
    assertThat(record.overlong()).isTrue();
    assertThat(((ArchiveRecord) reader.next().orElseThrow()).id()).isEqualTo("<urn:uuid:next>");
  }

  private static List<byte[]> records(int count) {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] page = Archives.page("page " + i, 2);
      records.add(
          Archives.response(
              Integer.toString(i), "http://host/" + i, "Content-Type: text/html\r\n", page));
    }
    return records;
  }

  private static List<String> idsNotIn(List<byte[]> parts, int at) {
    List<String> ids = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      int to = from + parts.get(i).length;
      if (at < from || at >= to) {
        ids.add(Integer.toString(i));
      }
      from = to;
    }
    return ids;
  }

  private static void assertAccounted(List<ArchiveItem> items, int length) {
    long end = 0;
    for (ArchiveItem item : items) {
      if (item instanceof Damage damage) {
        assertThat(damage.from()).isGreaterThanOrEqualTo(end);
        assertThat(damage.to()).isGreaterThanOrEqualTo(damage.from()).isLessThanOrEqualTo(length);
        end = damage.to();
      }
    }
  }

  private static List<String> ids(List<ArchiveItem> items) {
    return items.stream()
        .filter(ArchiveRecord.class::isInstance)
        .map(item -> ((ArchiveRecord) item).id().replaceAll("<urn:uuid:(.*)>", "$1"))
        .toList();
  }

  private static List<ArchiveItem> read(byte[] bytes) throws IOException {
    List<ArchiveItem> items = new ArrayList<>();
    try (var reader =
        new ArchiveReader(Members.open(InMemory.input("memory.warc.gz", bytes)), 1 << 20)) {
      Optional<ArchiveItem> item = reader.next();
      while (item.isPresent()) {
        items.add(item.get());
        item = reader.next();
      }
    }
    return items;
  }
}
