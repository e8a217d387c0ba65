package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.source.Asked;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.source.SourceFormat;
import io.gristmill.curation.source.Split;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SourceGroupsTest {
  private static final long MIB = 1L << 20;

  @Test
  void smallFilesShareAGroup() {
    assertThat(groups(files(MIB, MIB, MIB))).hasSize(1);
  }

  @Test
  void groupsAreBalancedByBytes() {
    var lengths = LongStream.rangeClosed(1, 40).map(n -> n * MIB).toArray();
    List<List<Split>> groups = groups(files(lengths));
    long total = LongStream.of(lengths).sum();
    assertThat(groups.stream().flatMap(List::stream)).hasSize(40).doesNotHaveDuplicates();
    assertThat(groups)
        .allSatisfy(
            group -> {
              assertThat(bytes(group)).isLessThanOrEqualTo(2 * total / groups.size());
              assertThat(group)
                  .isSortedAccordingTo(Comparator.comparing(split -> split.file().relative()));
            });
  }

  @Test
  void aLargeFileThatCannotBeSplitIsAGroupOfItsOwn() {
    List<List<Split>> groups = groups(files(900 * MIB, MIB, MIB, MIB));
    assertThat(groups)
        .anySatisfy(
            group ->
                assertThat(group)
                    .hasSize(1)
                    .first()
                    .extracting(split -> split.file().length())
                    .isEqualTo(900 * MIB));
  }

  @Test
  void aLargeFileThatCanBeSplitIsReadByManyTasks() {
    List<List<Split>> groups = groups(files(SourceFormat.WARC, 900 * MIB, MIB));
    assertThat(groups).hasSize(64).allSatisfy(group -> assertThat(bytes(group)).isPositive());
    List<Split> splits =
        groups.stream()
            .flatMap(List::stream)
            .filter(split -> split.file().length() > MIB)
            .sorted(Comparator.comparingLong(Split::from))
            .toList();
    assertThat(splits.getFirst().from()).isZero();
    assertThat(splits.getLast().to()).isEqualTo(900 * MIB);
    for (int i = 1; i < splits.size(); i++) {
      assertThat(splits.get(i).from()).isEqualTo(splits.get(i - 1).to());
    }
  }

  @Test
  void emptyFilesAreReadToo() {
    assertThat(groups(files(0, 0)).stream().flatMap(List::stream)).hasSize(2);
  }

  private static long bytes(List<Split> group) {
    return group.stream().mapToLong(split -> split.to() - split.from()).sum();
  }

  private static List<SourceFile> files(long... lengths) {
    return files(SourceFormat.TEXT, lengths);
  }

  private static List<SourceFile> files(SourceFormat format, long... lengths) {
    return IntStream.range(0, lengths.length)
        .mapToObj(
            i -> {
              String name = "file-%03d".formatted(i);
              return new SourceFile(
                  "/in/" + name, name, format, lengths[i], 0, SourceConfig.of("/in"));
            })
        .toList();
  }

  private static List<List<Split>> groups(List<SourceFile> files) {
    return SourceGroups.of(files, Asked.of(files, new Configuration()));
  }
}
