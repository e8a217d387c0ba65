package io.gristmill.curation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;

  @Test
  void aFolderIsListedWithAllBelowItInOrder() throws IOException {
    write("crawl/b/two.warc.gz", "");
    write("crawl/a.jsonl", "");
    write("crawl/b/one.parquet", "");
    write("crawl/_SUCCESS", "");
    write("crawl/.hidden/x.txt", "");
    assertThat(list("crawl"))
        .extracting(SourceFile::relative, SourceFile::format)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("crawl/a.jsonl", SourceFormat.JSONL),
            org.assertj.core.groups.Tuple.tuple("crawl/b/one.parquet", SourceFormat.PARQUET),
            org.assertj.core.groups.Tuple.tuple("crawl/b/two.warc.gz", SourceFormat.WARC));
  }

  @Test
  void aGlobNamesFilesAsItsFolderWould() throws IOException {
    write("crawl/a/x.txt", "x");
    write("crawl/b/x.txt", "y");
    assertThat(list("crawl/*/x.txt"))
        .extracting(SourceFile::relative)
        .containsExactly("crawl/a/x.txt", "crawl/b/x.txt");
    assertThat(list("crawl/a/x.txt")).extracting(SourceFile::relative).containsExactly("x.txt");
  }

  @Test
  void theFormatIsToldByContentWhereTheNameSaysNothing() throws IOException {
    write("in/1", "WARC/1.0\r\n");
    write("in/2", "filedesc://x");
    write("in/3", "{\"text\": 1}");
    write("in/4", "\n<!-- a --><!-- b --><!DOCTYPE html><p>");
    write("in/5", "PAR1");
    write("in/6", "some text");
    Files.write(
        folder.resolve("in/7"),
        io.gristmill.curation.warc.Archives.gzip(
            "WARC/1.0".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(list("in"))
        .extracting(SourceFile::format)
        .containsExactly(
            SourceFormat.WARC,
            SourceFormat.ARC,
            SourceFormat.JSONL,
            SourceFormat.HTML,
            SourceFormat.PARQUET,
            SourceFormat.UNKNOWN,
            SourceFormat.WARC);
  }

  @Test
  void aMissingPathSaysWhereItWasLookedFor() {
    assertThatThrownBy(() -> list("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere: there is no such file or folder (looked at file:")
        .hasMessageContaining("correct the path, or give a glob such as");
  }

  @Test
  void anEmptyFolderAndAFolderOfUnknownFilesSayWhatToDo() throws IOException {
    write("empty/_SUCCESS", "");
    assertThatThrownBy(() -> list("empty")).hasMessageContaining("no files in it");
    write("odd/x.bin", "\0\1\2");
    assertThatThrownBy(() -> list("odd"))
        .hasMessageContaining("1 files, none of a known format")
        .hasMessageEndingWith("set format to what they are");
  }

  @Test
  void aFileNamedTwiceAndNamesThatClashAreErrors() throws IOException {
    write("a/in/x.txt", "x");
    write("b/in/x.txt", "x");
    assertThatThrownBy(() -> list("a/in", "a/in/*.txt"))
        .hasMessageContaining("is named by two inputs");
    assertThatThrownBy(() -> list("a/in", "b/in"))
        .hasMessageContaining("would both be known as in/x.txt")
        .hasMessageEndingWith("name them by one glob or by a folder above both");
  }

  private List<SourceFile> list(String... paths) {
    return Listing.files(
        List.of(paths).stream().map(path -> SourceConfig.of(folder + "/" + path)).toList(),
        CONFIGURATION);
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
