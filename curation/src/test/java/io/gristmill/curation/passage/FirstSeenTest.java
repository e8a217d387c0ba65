package io.gristmill.curation.passage;

import static io.gristmill.curation.dedup.Tokens.mix;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.dedup.Node;
import io.gristmill.curation.passage.Occurrence.Rest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstSeenTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @CsvSource({"1, 4", "1, 64", "3, 16", "7, 4", "7, 1024"})
  void whatGoesDependsNeitherOnTheTasksNorOnTheSizeOfTheirTables(int tasks, int slots) {
    var random = new SplittableRandom(SEED);
    List<Occurrence> all = new ArrayList<>();
    for (int at = 0; at < 500; at++) {
      var node = new Node(random.nextInt(20), random.nextInt(5), 0, at);
      for (int i = 0; i < 5; i++) {
        // half of the documents have key 0, a few keys are common, most are rare
        int key = i == 0 && at % 2 == 0 ? 0 : (int) Math.pow(1000, random.nextDouble());
        all.add(
            new Occurrence(
                new Passage(PassageKind.LINE, key, mix(key), 10 * i, 10 * i + 9),
                node,
                Rest.UNKNOWN));
      }
    }
    Set<Found> expected = new HashSet<>();
    for (List<Occurrence> key :
        all.stream().collect(groupingBy(o -> o.passage().keyHigh())).values()) {
      key.sort(Comparator.naturalOrder());
      for (int i = 0; i < key.size() && key.size() > 1; i++) {
        expected.add(found(key.get(i), i == 0));
      }
    }

    List<Occurrence> open = new ArrayList<>();
    Set<Found> actual = new HashSet<>();
    for (int task = 0; task < tasks; task++) {
      List<Occurrence> seen = new ArrayList<>();
      var firstSeen = new FirstSeen(seen::add, slots);
      for (int i = task; i < all.size(); i += tasks) {
        firstSeen.add(all.get(i));
      }
      firstSeen.finish();
      for (Occurrence occurrence : seen) {
        if (occurrence.rest() == Rest.EARLIER) {
          actual.add(found(occurrence, false));
        } else {
          open.add(occurrence);
        }
      }
    }
    open.sort(
        Comparator.comparingLong((Occurrence o) -> o.passage().keyHigh())
            .thenComparing(Comparator.naturalOrder()));
    Found.found(open.iterator()).forEachRemaining(actual::add);

    assertThat(actual).as("seed %d", SEED).isEqualTo(expected);
    if (slots == 1024) {
      Set<Long> travelling = open.stream().map(o -> o.passage().keyHigh()).collect(toSet());
      assertThat(open.stream().filter(o -> o.passage().keyHigh() == 0)).hasSize(tasks);
      assertThat(open).hasSizeLessThanOrEqualTo(tasks * travelling.size());
    }
  }

  private static Found found(Occurrence occurrence, boolean stays) {
    Passage passage = occurrence.passage();
    return new Found(occurrence.node().at(), passage.kind(), passage.start(), passage.end(), stays);
  }
}
