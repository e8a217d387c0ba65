package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.SourceFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SourceGroupsTest {
  private static final long MIB = 1L << 20;

  @Test
  void smallFilesShareAGroup() {
    assertThat(SourceGroups.of(files(MIB, MIB, MIB))).hasSize(1);
  }

  @Test
  void groupsAreBalancedByBytes() {
    var lengths = LongStream.rangeClosed(1, 40).map(n -> n * MIB).toArray();
    List<List<SourceFile>> groups = SourceGroups.of(files(lengths));
    long total = LongStream.of(lengths).sum();
    assertThat(groups.stream().flatMap(List::stream)).hasSize(40).doesNotHaveDuplicates();
    assertThat(groups)
        .allSatisfy(
            group -> {
              assertThat(bytes(group)).isLessThanOrEqualTo(2 * total / groups.size());
              assertThat(group).isSortedAccordingTo((a, b) -> a.relative().compareTo(b.relative()));
            });
  }

  @Test
  void aLargeFileIsAGroupOfItsOwn() {
    List<List<SourceFile>> groups = SourceGroups.of(files(900 * MIB, MIB, MIB, MIB));
    assertThat(groups)
        .anySatisfy(
            group ->
                assertThat(group)
                    .hasSize(1)
                    .first()
                    .extracting(SourceFile::length)
                    .isEqualTo(900 * MIB));
  }

  @Test
  void emptyFilesAreReadToo() {
    assertThat(SourceGroups.of(files(0, 0)).stream().flatMap(List::stream)).hasSize(2);
  }

  private static long bytes(List<SourceFile> group) {
    return group.stream().mapToLong(SourceFile::length).sum();
  }

  private static List<SourceFile> files(long... lengths) {
    return IntStream.range(0, lengths.length)
        .mapToObj(
            i -> {
              String name = "file-%03d".formatted(i);
              return new SourceFile(
                  "/in/" + name, name, SourceFormat.TEXT, lengths[i], 0, SourceConfig.of("/in"));
            })
        .toList();
  }
}
