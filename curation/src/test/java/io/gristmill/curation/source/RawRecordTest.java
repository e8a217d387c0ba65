package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.warc.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every document of every kind of file is found again by its source. */
class RawRecordTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final int RECORDS = 50;

  @TempDir Path folder;

  @Test
  void linesAreFoundHoweverTheyAreCompressed() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      lines.add(Archives.ascii(i % 5 == 3 ? "\n" : "{\"text\": \"text %d\"}\n".formatted(i)));
    }
    byte[] all = Archives.join(lines);
    allAreFound("a.jsonl", all, "{\"text\": \"text %d\"}");
    allAreFound("b.jsonl.gz", Archives.gzip(all), "{\"text\": \"text %d\"}");
    allAreFound("c.jsonl.zst", Zstd.compress(all), "{\"text\": \"text %d\"}");
    List<byte[]> members = lines.stream().map(Archives::gzip).toList();
    members.get(7)[14] ^= 0x55;
    List<Page> read = allAreFound("d.jsonl.gz", Archives.join(members), "{\"text\": \"text %d\"}");
    assertThat(read).hasSize(RECORDS * 4 / 5 - 1);
  }

  @Test
  void entriesOfZipsAreFound() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < RECORDS; i++) {
        zip.putNextEntry(new ZipEntry("文件 !@%d/p.html".formatted(i)));
        zip.write(Archives.ascii("<p>text %d".formatted(i)));
        zip.closeEntry();
      }
    }
    allAreFound("a@1!b.zip", bytes.toByteArray(), "<p>text %d");
  }

  @Test
  void recordsOfArchivesAreFoundHoweverTheyAreCompressed() throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] page = Archives.ascii("<p>text %d".formatted(i));
      records.add(Archives.response("i" + i, "http://a/" + i, "Content-Type: text/html\r\n", page));
    }
    byte[] plain = Archives.join(records);
    allAreFound("a.warc", plain, "<p>text %d");
    allAreFound("b.warc.zst", Zstd.compress(plain), "<p>text %d");
    allAreFound("c.warc.gz", Archives.gzip(plain), "<p>text %d");
    allAreFound(
        "d.warc.gz", Archives.join(records.stream().map(Archives::gzip).toList()), "<p>text %d");
  }

  @Test
  void rowsOfParquetAreFoundWithTheirOtherColumns() throws IOException {
    Path file = folder.resolve("rows.parquet");
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { optional binary text (UTF8); required int64 n; repeated binary tag (UTF8);"
                + " optional group meta { optional binary by (UTF8); required double score; } }");
    try (var writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withConf(CONFIGURATION)
            .withRowGroupSize(20_000L)
            .build()) {
      var rows = new SimpleGroupFactory(schema);
      for (int i = 0; i < 2000; i++) {
        var row = rows.newGroup().append("n", (long) i).append("tag", "x").append("tag", "y");
        if (i % 3 != 0) {
          row.append("text", "text %d %s".formatted(i, "filler ".repeat(i % 7)));
        }
        row.addGroup("meta").append("by", "me").append("score", 0.5);
        writer.write(row);
      }
    }
    List<SourceFile> files = files("rows.parquet");
    for (long row : new long[] {2, 3, 800, 2000}) {
      RawRecord raw = RawRecord.of(files, "rows.parquet@" + row, CONFIGURATION).orElseThrow();
      assertThat(raw.begin()).startsWith("text %d ".formatted(row - 1));
      assertThat(raw.headers())
          .containsExactly("n: " + (row - 1), "tag: x, y", "meta: by: me, score: 0.5");
    }
    RawRecord none = RawRecord.of(files, "rows.parquet@1", CONFIGURATION).orElseThrow();
    assertThat(none.begin()).isEmpty();
    assertThatThrownBy(() -> RawRecord.of(files, "rows.parquet@2001", CONFIGURATION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has 2000 rows, and no row 2001");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"one\"}\n");
    assertThat(RawRecord.of(files("a.jsonl"), "b.jsonl@1", CONFIGURATION)).isEmpty();
    assertThatThrownBy(() -> RawRecord.of(files("a.jsonl"), "a.jsonl@2", CONFIGURATION))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no line 2");
  }

  /** Reads a file, and each of its documents again. */
  private List<Page> allAreFound(String name, byte[] content, String raw) throws IOException {
    Files.write(folder.resolve(name), content);
    List<SourceFile> files = files(name);
    List<Page> pages = new ArrayList<>();
    SourceReader.read(
        files.getFirst(),
        CONFIGURATION,
        record -> {
          if (record instanceof Page page) {
            pages.add(page);
          }
        });
    assertThat(pages).as(name).hasSizeGreaterThanOrEqualTo(RECORDS / 2);
    for (Page page : pages) {
      RawRecord found = RawRecord.of(files, page.source(), CONFIGURATION).orElseThrow();
      int number = Integer.parseInt(page.text().substring("text ".length()));
      assertThat(found.begin()).as(page.source()).startsWith(raw.formatted(number));
      assertThat(found.begin().getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(16 << 10);
    }
    return pages;
  }

  private List<SourceFile> files(String name) {
    return Listing.files(List.of(SourceConfig.of(folder + "/" + name)), CONFIGURATION);
  }
}
