package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.warc.Archives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an index asks for is read as from the whole file, and nothing else is. */
class AskedRecordsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261127L);
  private static final Configuration CONFIGURATION = new Configuration();
  private static final int RECORDS = 60;
  private static final String NAME = "crawl-data/CC-MAIN-2024-10/segments/1/warc/a.warc";

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<byte[]> records = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void records() {
    for (int i = 0; i < RECORDS; i++) {
      records.add(
          Archives.response(
              "i" + i,
              "http://a/" + i,
              "Content-Type: text/html\r\n",
              Archives.page("page" + i, 1 + random.nextInt(4))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cdxj", "cdx 11", "cdx 9"})
  void onlyTheRecordsOfTheIndexAreReadFromMembers(String form) throws IOException {
    asIfOfTheWhole(".gz", records.stream().map(Archives::gzip).toList(), form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cdxj", "cdx 11", "cdx 9"})
  void onlyTheRecordsOfTheIndexAreReadFromAPlainArchive(String form) throws IOException {
    asIfOfTheWhole("", records, form);
  }

  private void asIfOfTheWhole(String ending, List<byte[]> parts, String form) throws IOException {
    write(ending, parts);
    List<SourceRecord> whole = read(source(), Long.MAX_VALUE);
    Set<Integer> wanted = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      wanted.add(random.nextInt(RECORDS));
    }
    index(ending, parts, wanted, form);
    List<SourceRecord> expected =
        whole.stream()
            .filter(record -> record instanceof Page page && wanted.contains(number(page)))
            .toList();
    long bytes = wanted.stream().mapToLong(i -> parts.get(i).length).sum();
    for (long planned : new long[] {1, 3000, Long.MAX_VALUE}) {
      List<SourceRecord> asked = read(source("index"), planned);
      assertThat(asked.stream().filter(Page.class::isInstance).toList())
          .as("seed %d, splits of %d bytes", SEED, planned)
          .isEqualTo(expected);
      assertThat(sum(asked, 0)).isEqualTo(bytes);
      assertThat(sum(asked, 1)).isEqualTo(bytes);
      assertThat(sum(asked, 2)).isZero();
      assertThat(sum(asked, 3)).isEqualTo(length(parts) - bytes);
    }
  }

  @Test
  void theFileThatIsNotAskedForIsNotOpened() throws IOException {
    List<byte[]> members = records.stream().map(Archives::gzip).toList();
    write(".gz", members);
    Path other = folder.resolve("in/other/b.warc.gz");
    Files.createDirectories(other.getParent());
    Files.write(other, members.getFirst());
    index(".gz", members, Set.of(3), "cdxj");
    var config = source("index");
    List<SourceFile> files = Listing.files(List.of(config), CONFIGURATION);
    Asked asked = Asked.of(files, CONFIGURATION);
    Files.delete(other);
    assertThat(files).hasSize(2);
    assertThat(read(files, asked, 1000).stream().filter(Page.class::isInstance)).hasSize(1);
    assertThat(files.stream().mapToLong(asked::bytes).sum()).isEqualTo(members.get(3).length);
  }

  @Test
  void whatIsDamagedIsAFailureOfItsOwnBytes() throws IOException {
    List<byte[]> members = new ArrayList<>(records.stream().map(Archives::gzip).toList());
    members.get(7)[40] ^= 0x55;
    write(".gz", members);
    index(".gz", members, Set.of(6, 7, 8, 20), "cdxj");
    String at = "\"offset\": \"" + (offset(members, 30) + 5) + "\", \"length\": \"50\"";
    Files.writeString(
        folder.resolve("index"),
        Files.readString(folder.resolve("index"))
            + "k 1 {\"filename\": \"%s.gz\", %s}%n".formatted(NAME, at));
    List<SourceRecord> asked = read(source("index"), Long.MAX_VALUE);
    assertThat(asked.stream().filter(Page.class::isInstance).map(page -> number((Page) page)))
        .containsExactly(6, 8, 20);
    assertThat(asked.stream().filter(Failure.class::isInstance).map(f -> ((Failure) f).reason()))
        .containsExactly("gzip_damaged", "gzip_damaged");
    assertThat(sum(asked, 2)).isEqualTo(members.get(7).length + 50);
    assertThat(sum(asked, 0)).isEqualTo(sum(asked, 1) + sum(asked, 2));
    assertThat(sum(asked, 0) + sum(asked, 3)).isEqualTo(length(members));
  }

  @Test
  void anEntryThatCannotBeMetNamesItsLine() throws IOException {
    write(".gz", records.stream().map(Archives::gzip).toList());
    refused("k 1 {\"filename\": \"b.warc.gz\", \"offset\": \"0\"}")
        .hasMessageContaining(
            "index line 2 names b.warc.gz, and no file of the source is called so");
    refused("k 1 {\"filename\": \"a.warc.gz\", \"offset\": \"9999999\", \"length\": \"5\"}")
        .hasMessageContaining("index line 2 asks for 5 bytes at 9999999 of");
    refused("k 1 {\"filename\"").hasMessageContaining("index line 2 is no JSON");
    Files.createDirectories(folder.resolve("in/other"));
    Files.write(folder.resolve("in/other/a.warc.gz"), Archives.gzip(records.getFirst()));
    refused("k 1 {\"filename\": \"a.warc.gz\", \"offset\": \"0\"}")
        .hasMessageContaining("write more of the path into the index");
    assertThatThrownBy(() -> read(source("nowhere"), 1))
        .hasMessageContaining("nowhere: there is no such file");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String line)
      throws IOException {
    Files.writeString(
        folder.resolve("index"),
        "k 1 {\"filename\": \"%s.gz\", \"offset\": 0}%n%s%n".formatted(NAME, line));
    return assertThatThrownBy(() -> read(source("index"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void write(String ending, List<byte[]> parts) throws IOException {
    Path file = folder.resolve("in/" + NAME + ending);
    Files.createDirectories(file.getParent());
    Files.write(file, Archives.join(parts));
  }

  private void index(String ending, List<byte[]> parts, Set<Integer> wanted, String form)
      throws IOException {
    String lines =
        wanted.stream()
            .map(
                i -> {
                  long offset = offset(parts, i);
                  int length = parts.get(i).length;
                  String file = NAME + ending;
                  return switch (form) {
                    case "cdxj" ->
                        "a)/%d 2024 {\"filename\": \"%s\", \"offset\": \"%d\", \"length\": \"%d\"}"
                            .formatted(i, file, offset, length);
                    case "cdx 11" ->
                        "a)/%d 2024 http://a/%d text/html 200 K - - %d %d %s"
                            .formatted(i, i, length, offset, file);
                    default ->
                        "a)/%d 2024 http://a/%d text/html 200 K - %d %s"
                            .formatted(i, i, offset, file);
                  };
                })
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("index"), lines + "\n");
  }

  private static long offset(List<byte[]> parts, int number) {
    return length(parts.subList(0, number));
  }

  private static long length(List<byte[]> parts) {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  private static int number(Page page) {
    return Integer.parseInt(page.url().substring("http://a/".length()));
  }

  private static long sum(List<SourceRecord> records, int which) {
    return records.stream()
        .filter(FileRead.class::isInstance)
        .map(FileRead.class::cast)
        .mapToLong(
            read ->
                switch (which) {
                  case 0 -> read.bytesRead();
                  case 1 -> read.bytesParsed();
                  case 2 -> read.bytesSkipped();
                  default -> read.bytesNotSelected();
                })
        .sum();
  }

  private SourceConfig source(String... indexes) {
    return new SourceConfig(
        folder.resolve("in").toString(),
        "warc",
        "web",
        "article",
        "text",
        "",
        "url",
        new Selection(
            List.of(indexes).stream().map(name -> folder.resolve(name).toString()).toList(),
            List.of()));
  }

  private static List<SourceRecord> read(SourceConfig config, long planned) {
    List<SourceFile> files = Listing.files(List.of(config), CONFIGURATION);
    return read(files, Asked.of(files, CONFIGURATION), planned);
  }

  private static List<SourceRecord> read(List<SourceFile> files, Asked asked, long planned) {
    List<SourceRecord> records = new ArrayList<>();
    for (SourceFile file : files) {
      for (Split split : Split.of(file, Math.min(planned, 1L << 40), asked)) {
        try (SourceReader reader = SourceReader.open(split, CONFIGURATION)) {
          reader.forEachRemaining(records::add);
        }
      }
    }
    return records;
  }
}
