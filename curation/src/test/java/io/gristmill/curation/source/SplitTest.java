package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.SkippedRange;
import io.gristmill.curation.warc.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the splits, the same records and the same account of the bytes. */
class SplitTest {
  private static final long SEED = Long.getLong("tests.seed", 20261127L);
  private static final Configuration CONFIGURATION = new Configuration();

  private final SplittableRandom random = new SplittableRandom(SEED);

  @TempDir Path folder;

  @Test
  void anArchiveOfMembersGivesTheSameRecords() throws IOException {
    byte[] archive = Archives.join(members(120));
    List<List<SourceRecord>> splits = sameWhereverSplit("a.warc.gz", archive, 8);
    assertThat(splits.stream().filter(records -> !records.isEmpty())).hasSizeGreaterThan(1);
  }

  @Test
  void anArchiveWithinAnArchiveIsNotTakenForItsRecords() throws IOException {
    byte[] inner = Archives.join(members(60));
    List<byte[]> members = new ArrayList<>(members(30));
    members.add(
        10,
        Archives.gzip(
            Archives.record("response", "nested", "http://a/nested", "application/gzip", inner)));
    members.add(
        20, Archives.gzip(Archives.response("page", "http://a/p", "", join(page(9), inner))));
    byte[] archive = Archives.join(members);
    assertThat(magics(archive)).as("members that look like the file's").isGreaterThan(100);
    sameWhereverSplit("a.warc.gz", archive, 12);
  }

  @Test
  void aDamagedArchiveGivesTheSameRecords() throws IOException {
    byte[] archive = Archives.join(members(120));
    for (int trial = 0; trial < 6; trial++) {
      byte[] damaged = Arrays.copyOf(archive, archive.length - random.nextInt(20_000));
      for (int run = random.nextInt(1, 7); run > 0; run--) {
        int from = random.nextInt(damaged.length - 3000);
        for (int at = from; at < from + random.nextInt(1, 3000); at++) {
          damaged[at] ^= (byte) random.nextInt(1, 256);
        }
      }
      sameWhereverSplit("a.warc.gz", damaged, 4);
    }
  }

  @Test
  void anArchiveThatIsOneMemberIsInOneSplit() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      records.add(
          Archives.response("i" + i, "http://a/" + i, "Content-Type: text/html\r\n", page(i)));
    }
    byte[] plain = Archives.join(records);
    sameWhereverSplit("one-member.warc.gz", Archives.gzip(plain), 3);
    sameWhereverSplit("plain.warc", plain, 3);
  }

  @Test
  void linesKeepTheirNumbers() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      lines.append(
          switch (i % 10) {
            case 3 -> "";
            case 5 -> "no JSON";
            default -> "{\"text\": \"line %d %s\"}".formatted(i, "x".repeat(random.nextInt(300)));
          });
      lines.append(i % 7 == 0 ? "\r\n" : "\n");
    }
    byte[] bytes = lines.append("{\"text\": \"last\"}").toString().getBytes(StandardCharsets.UTF_8);
    List<List<SourceRecord>> splits = sameWhereverSplit("a.jsonl", bytes, 20);
    assertThat(splits.stream().filter(records -> !records.isEmpty())).hasSizeGreaterThan(1);
    sameWhereverSplit("a.jsonl.gz", Archives.gzip(bytes), 3);
    for (int from = 1; from < 1200; from++) { // every place in some lines, their ends included
      same("a.jsonl", read("a.jsonl", bytes), from);
    }
  }

  @Test
  void rowGroupsAreSharedOut() throws IOException {
    byte[] bytes = parquet();
    List<List<SourceRecord>> splits = sameWhereverSplit("a.parquet", bytes, 20);
    assertThat(splits.stream().filter(records -> !records.isEmpty())).hasSizeGreaterThan(1);
    for (int trial = 0; trial < 20; trial++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) random.nextInt(1, 256);
      sameWhereverSplit("a.parquet", damaged, 2);
    }
  }

  /** Reads with so many choices of split points, and gives what the last choice gave. */
  private List<List<SourceRecord>> sameWhereverSplit(String name, byte[] content, int choices)
      throws IOException {
    List<SourceRecord> whole = read(name, content);
    List<List<SourceRecord>> parts = List.of();
    for (int choice = 0; choice < choices; choice++) {
      parts =
          same(
              name,
              whole,
              random.longs(random.nextInt(1, 12), 1, content.length).distinct().sorted().toArray());
    }
    return parts;
  }

  private List<List<SourceRecord>> same(String name, List<SourceRecord> whole, long... points) {
    SourceFile file = file(name);
    long[] ends = LongStream.concat(LongStream.of(points), LongStream.of(file.length())).toArray();
    List<Split> splits = new ArrayList<>();
    long from = 0;
    for (long end : ends) {
      splits.add(new Split(file, from, end, 0, 1));
      from = end;
    }
    if (file.format() == SourceFormat.JSONL) {
      splits =
          LineFeeds.summed(
              splits, splits.stream().map(split -> LineFeeds.in(split, CONFIGURATION)).toList());
    }
    List<List<SourceRecord>> parts = new ArrayList<>();
    for (Split split : splits) {
      List<SourceRecord> records = new ArrayList<>();
      try (SourceReader reader = SourceReader.open(split, CONFIGURATION)) {
        reader.forEachRemaining(records::add);
      }
      parts.add(records);
    }
    List<SourceRecord> all = parts.stream().flatMap(List::stream).toList();
    String where = "seed %d, %s split at %s".formatted(SEED, name, Arrays.toString(points));
    assertThat(documents(all)).as(where).isEqualTo(documents(whole));
    assertThat(reads(all)).as(where).hasSizeGreaterThanOrEqualTo(1);
    assertThat(account(all)).as(where).isEqualTo(account(whole));
    return parts;
  }

  private static List<SourceRecord> documents(List<SourceRecord> records) {
    return records.stream().filter(record -> !(record instanceof FileRead)).toList();
  }

  private static List<FileRead> reads(List<SourceRecord> records) {
    return records.stream().filter(FileRead.class::isInstance).map(FileRead.class::cast).toList();
  }

  /** Bytes read, parsed and skipped, and the ranges; parts must adjoin. */
  private static List<Object> account(List<SourceRecord> records) {
    long read = 0;
    long parsed = 0;
    long skipped = 0;
    List<SkippedRange> ranges = new ArrayList<>();
    for (FileRead part : reads(records)) {
      assertThat(part.from()).isEqualTo(read);
      read += part.bytesRead();
      parsed += part.bytesParsed();
      skipped += part.bytesSkipped();
      ranges.addAll(part.skipped());
    }
    return List.of(read, parsed, skipped, ranges);
  }

  private List<byte[]> members(int count) {
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(
          Archives.gzip(
              Archives.response(
                  "id-%d-%d".formatted(i, random.nextInt()),
                  "http://a/" + i,
                  "Content-Type: text/html\r\n",
                  page(i))));
    }
    return members;
  }

  /** A page that does not compress to less than some thousand bytes. */
  private byte[] page(int number) {
    StringBuilder html = new StringBuilder("<html><title>%d</title><body>".formatted(number));
    for (int paragraph = random.nextInt(3, 40); paragraph > 0; paragraph--) {
      html.append("<p>It says here, at some length: ");
      for (int word = 0; word < 40; word++) {
        html.append(Long.toString(random.nextLong(), 36)).append(' ');
      }
      html.append(".</p>");
    }
    return html.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] join(byte[] one, byte[] other) {
    return Archives.join(List.of(one, other));
  }

  private static int magics(byte[] bytes) {
    int count = 0;
    for (int i = 0; i + 2 < bytes.length; i++) {
      count += bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8 ? 1 : 0;
    }
    return count;
  }

  private byte[] parquet() throws IOException {
    var schema = MessageTypeParser.parseMessageType("message m { required binary text (UTF8); }");
    var path = new org.apache.hadoop.fs.Path(folder + "/written.parquet");
    try (var writer =
        ExampleParquetWriter.builder(path)
            .withType(schema)
            .withConf(CONFIGURATION)
            .withRowGroupSize(20_000L)
            .build()) {
      var rows = new SimpleGroupFactory(schema);
      for (int i = 0; i < 2000; i++) {
        writer.write(rows.newGroup().append("text", "row %d %d".formatted(i, random.nextLong())));
      }
    }
    return Files.readAllBytes(folder.resolve("written.parquet"));
  }

  private List<SourceRecord> read(String name, byte[] content) throws IOException {
    Path path = folder.resolve(name);
    Files.deleteIfExists(path.resolveSibling("." + name + ".crc"));
    Files.write(path, content);
    List<SourceRecord> records = new ArrayList<>();
    SourceReader.read(file(name), CONFIGURATION, records::add);
    return records;
  }

  private SourceFile file(String name) {
    return Listing.files(List.of(SourceConfig.of(folder + "/" + name)), CONFIGURATION).getFirst();
  }
}
