package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void idsComeBackAndAreInTheirOwnOrder() {
    var random = new SplittableRandom(SEED);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ids.add("%016x%016x".formatted(random.nextLong(-2, 2), random.nextLong()));
    }
    List<Node> nodes = ids.stream().map(id -> Node.of(3, id, 9)).sorted().toList();
    assertThat(nodes.stream().map(Node::id))
        .containsExactlyElementsOf(ids.stream().sorted().toList());
  }

  @Test
  void theKnownThenTheBetterThenTheLongerThenTheEarlierIsSmaller() {
    long ordinary = SurvivorOrder.rank(5, 1000, 1_000_000_000L);
    assertThat(
            List.of(
                SurvivorOrder.known(SurvivorOrder.rank(0, 1, -1)),
                SurvivorOrder.rank(6, 1, -1),
                SurvivorOrder.rank(5, 1001, -1),
                SurvivorOrder.rank(5, 1000, 0),
                ordinary,
                SurvivorOrder.rank(5, 1000, Long.MAX_VALUE),
                SurvivorOrder.rank(5, 1000, -1),
                SurvivorOrder.rank(5, 0, 0),
                SurvivorOrder.rank(0, Integer.MAX_VALUE, 0)))
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates();
  }
}
