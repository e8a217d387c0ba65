package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import io.gristmill.curation.warc.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final Configuration CONFIGURATION = new Configuration();
  private static final String CHINESE = "山谷里的第一座磨坊建在桥边，为九个农庄磨面，磨坊主人姓王，当地人都叫他老王，大家都来这里磨面。";

  @TempDir Path folder;

  @Test
  void jsonLinesAreDocumentsAndMalformedOnesFailuresWithTheirNumber() throws IOException {
    String lines =
        "{\"text\": \"one\\r\\nline\", \"url\": \"http://a/\"}\n\nnot json\n{\"txt\": \"x\"}\n{\"text\": \"\"}\n{\"text\": \"last\"}";
    List<SourceRecord> records = read("a.jsonl", bytes(lines));

    Page first = (Page) records.getFirst();
    assertThat(first.text()).isEqualTo("one\nline");
    assertThat(first.url()).isEqualTo("http://a/");
    assertThat(first.source()).isEqualTo("a.jsonl@1");
    assertThat(first.id()).matches("[0-9a-f]{32}");
    assertThat(failures(records))
        .extracting(Failure::source, Failure::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a.jsonl@3", "record_malformed"),
            org.assertj.core.groups.Tuple.tuple("a.jsonl@4", "record_malformed"));
    assertThat(failures(records).get(1).detail()).contains("set text-key");
    assertThat(skips(records)).extracting(Skip::reason).containsExactly("no_text");
    assertThat(texts(records)).containsExactly("one\nline", "last");
    assertBalanced(records);
  }

  @Test
  void idsDependOnTheRelativePathAndPlaceOrOnTheIdKey() throws IOException {
    byte[] lines = bytes("{\"text\": \"a\", \"key\": \"k\"}\n{\"text\": \"b\", \"key\": \"l\"}\n");
    List<String> ids = ids(read("a.jsonl", lines));
    assertThat(ids).doesNotHaveDuplicates().isEqualTo(ids(read("a.jsonl", Archives.gzip(lines))));
    assertThat(ids(read("b.jsonl", lines))).doesNotContainAnyElementsOf(ids);
    Path file = Files.write(folder.resolve("c.jsonl"), lines);
    var config = new SourceConfig(file.toString(), "auto", "web", "article", "text", "key", "");
    assertThat(ids(read(config))).containsExactly(PageIds.of("k"), PageIds.of("l"));
  }

  @Test
  void damagedGzipLinesAreSkippedAndTheNextMemberIsRead() throws IOException {
    byte[] one = Archives.gzip(bytes("{\"text\": \"one\"}\n"));
    byte[] two = Archives.gzip(bytes("{\"text\": \"two\"}\n"));
    byte[] three = Archives.gzip(bytes("{\"text\": \"three\"}\n"));
    two[15] ^= 0x7f;
    List<SourceRecord> records = read("a.jsonl.gz", Archives.join(List.of(one, two, three)));
    assertThat(texts(records)).contains("one", "three");
    assertThat(failures(records)).extracting(Failure::reason).contains("gzip_damaged");
    assertBalanced(records);
  }

  @Test
  void aTextFileIsOneDocumentInWhateverCharset() throws IOException {
    List<SourceRecord> records = read("a.txt", CHINESE.getBytes(Charset.forName("GBK")));
    assertThat(texts(records)).containsExactly(CHINESE);
    assertThat(((Page) records.getFirst()).charset()).isEqualTo("GB18030");
    assertBalanced(records);
  }

  @Test
  void bytesThatAreNoTextAreAFailure() throws IOException {
    byte[] noise = new byte[10_000];
    new SplittableRandom(SEED).nextBytes(noise);
    List<SourceRecord> records = read("a.txt", noise);
    assertThat(failures(records))
        .extracting(Failure::reason)
        .containsExactly("charset_undecodable");
    assertThat(texts(records)).isEmpty();
    assertBalanced(records);
  }

  @Test
  void pagesOfAZipAreDocumentsAndItsOtherEntriesAreSkipped() throws IOException {
    List<SourceRecord> records = read("site.zip", zip());
    assertThat(records)
        .extracting(SourceReaderTest::source)
        .startsWith("site.zip!p0.html", "site.zip!style.css", "site.zip!p1.html");
    assertThat(texts(records)).hasSize(3);
    assertThat(skips(records)).extracting(Skip::reason).containsExactly("not_html");
    assertBalanced(records);
  }

  @Test
  void aDamagedZipLosesNoMoreThanItMust() throws IOException {
    byte[] zip = zip();
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 100; trial++) {
      byte[] damaged = zip.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      assertBalanced(read("site.zip", damaged));
      assertBalanced(read("site.zip", Arrays.copyOf(zip, random.nextInt(zip.length))));
    }
  }

  @Test
  void rowsOfParquetAreDocuments() throws IOException {
    Path file = folder.resolve("rows.parquet");
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { optional binary text (UTF8); required int64 n; optional binary url (UTF8); }");
    try (var writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withConf(CONFIGURATION)
            .build()) {
      var rows = new SimpleGroupFactory(schema);
      writer.write(
          rows.newGroup().append("text", CHINESE).append("n", 1L).append("url", "http://a/"));
      writer.write(rows.newGroup().append("n", 2L));
      writer.write(rows.newGroup().append("text", "third").append("n", 3L));
    }
    List<SourceRecord> records = read(SourceConfig.of(file.toString()));
    assertThat(texts(records)).containsExactly(CHINESE, "third");
    assertThat(((Page) records.getFirst()).url()).isEqualTo("http://a/");
    assertThat(skips(records)).extracting(Skip::source).containsExactly("rows.parquet@2");
    assertBalanced(records);

    byte[] bytes = Files.readAllBytes(file);
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 60; trial++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      assertBalanced(read("damaged.parquet", damaged));
    }
    assertThat(failures(read("cut.parquet", Arrays.copyOf(bytes, 50))))
        .extracting(Failure::reason)
        .containsExactly("parquet_damaged");
  }

  @Test
  void aMissingColumnIsNamedAmongThoseThereAre() throws IOException {
    Path file = folder.resolve("rows.parquet");
    var schema =
        MessageTypeParser.parseMessageType("message m { required binary content (UTF8); }");
    try (var writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withConf(CONFIGURATION)
            .build()) {
      writer.write(new SimpleGroupFactory(schema).newGroup().append("content", "x"));
    }
    List<SourceRecord> records = read(SourceConfig.of(file.toString()));
    assertThat(failures(records).getFirst().detail())
        .isEqualTo(
            "no string column \"text\" among [content]; set text-key to the column of the text");
    assertBalanced(records);
  }

  @Test
  void recordsOfAnArchiveAreDocumentsOrSayWhyNot() throws IOException {
    byte[] gbk =
        "<html><head><meta charset=utf-8><title>磨坊</title></head><body><p>%s</p></body></html>"
            .formatted(CHINESE)
            .getBytes(Charset.forName("GBK"));
    List<byte[]> members =
        List.of(
            Archives.record("warcinfo", "0", "", "application/warc-fields", bytes("a: b")),
            Archives.record(
                "request", "1", "http://a/", "application/http", bytes("GET / HTTP/1.1\r\n\r\n")),
            Archives.response("2", "http://a/", "Content-Type: text/html; charset=utf-8\r\n", gbk),
            Archives.response("3", "http://b/x.png", "Content-Type: image/png\r\n", new byte[9]),
            Archives.record("revisit", "4", "http://a/", "application/http", new byte[0]),
            Archives.record("conversion", "5", "http://c/", "text/plain", bytes(CHINESE)),
            Archives.response(
                "6",
                "http://d/",
                "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
                Archives.gzip(Archives.page("zipped", 3))),
            Archives.response(
                "7",
                "http://e/",
                "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
                bytes("5\r\n<p>ab\r\nzz\r\n")),
            Archives.record(
                "response",
                "8",
                "http://f/",
                "application/http; msgtype=response",
                bytes("HTTP/1.1 404 Not Found\r\n\r\n")));
    List<SourceRecord> records =
        read("a.warc.gz", Archives.join(members.stream().map(Archives::gzip).toList()));

    assertThat(skips(records))
        .extracting(Skip::reason)
        .containsExactly(
            "warc_warcinfo", "warc_request", "media_type", "warc_revisit", "http_status");
    assertThat(texts(records)).hasSize(3).startsWith(CHINESE, CHINESE);
    Page page =
        records.stream()
            .filter(Page.class::isInstance)
            .map(Page.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(page.title()).isEqualTo("磨坊");
    assertThat(page.charset()).isEqualTo("GB18030");
    assertThat(page.fetchedAt()).hasToString("Optional[2024-05-01T12:00:00Z]");
    assertThat(failures(records)).extracting(Failure::reason).containsExactly("http_chunk_damaged");
    assertBalanced(records);
  }

  @Test
  void anArchiveClippedOrFlippedAnywhereKeepsItsAccount() throws IOException {
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      members.add(
          Archives.gzip(
              Archives.response(
                  "r" + i,
                  "http://h/" + i,
                  "Content-Type: text/html\r\n",
                  Archives.page("page" + i, 2))));
    }
    byte[] whole = Archives.join(members);
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 80; trial++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int flip = random.nextInt(3); flip > 0; flip--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      assertBalanced(read("a.warc.gz", damaged));
    }
  }

  @Test
  void aFileOfNoKnownFormatIsCountedAndNotRead() throws IOException {
    write("in/x.bin", new byte[10]);
    write("in/a.txt", bytes("text"));
    List<SourceRecord> records = new ArrayList<>();
    for (SourceFile file : Listing.files(List.of(SourceConfig.of(folder + "/in")), CONFIGURATION)) {
      SourceReader.read(file, CONFIGURATION, records::add);
    }
    assertThat(skips(records)).extracting(Skip::reason).containsExactly("format_unknown");
    assertThat(texts(records)).containsExactly("text");
  }

  private static byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("p0.html", "style.css", "p1.html", "d/", "d/p2.html")) {
        zip.putNextEntry(new ZipEntry(name));
        if (name.endsWith("html")) {
          zip.write(Archives.page(name, 3));
        }
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private List<SourceRecord> read(String name, byte[] content) throws IOException {
    write(name, content);
    return read(SourceConfig.of(folder + "/" + name));
  }

  private static List<SourceRecord> read(SourceConfig config) {
    List<SourceRecord> records = new ArrayList<>();
    for (SourceFile file : Listing.files(List.of(config), CONFIGURATION)) {
      SourceReader.read(file, CONFIGURATION, records::add);
    }
    return records;
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, content);
  }

  private static void assertBalanced(List<SourceRecord> records) {
    FileRead end = (FileRead) records.getLast();
    assertThat(end.bytesRead()).isEqualTo(end.bytesParsed() + end.bytesSkipped());
    assertThat(failures(records).stream().mapToLong(Failure::bytes).sum())
        .isEqualTo(end.bytesSkipped());
    assertThat(records.stream().filter(FileRead.class::isInstance)).hasSize(1);
  }

  private static String source(SourceRecord record) {
    return switch (record) {
      case Page page -> page.source();
      case Skip skip -> skip.source();
      case Failure failure -> failure.source();
      case FileRead end -> end.relative();
    };
  }

  private static List<Failure> failures(List<SourceRecord> records) {
    return records.stream().filter(Failure.class::isInstance).map(Failure.class::cast).toList();
  }

  private static List<Skip> skips(List<SourceRecord> records) {
    return records.stream().filter(Skip.class::isInstance).map(Skip.class::cast).toList();
  }

  private static List<String> texts(List<SourceRecord> records) {
    return records.stream()
        .filter(Page.class::isInstance)
        .map(record -> ((Page) record).text())
        .toList();
  }

  private static List<String> ids(List<SourceRecord> records) {
    return records.stream()
        .filter(Page.class::isInstance)
        .map(record -> ((Page) record).id())
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
