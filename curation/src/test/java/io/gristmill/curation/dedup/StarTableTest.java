package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarTableTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 513, 20_000})
  void everyKeyHasItsSmallestNodeAndOneEdgeForEachOther(int keys) {
    var random = new SplittableRandom(SEED);
    var table = new StarTable();
    Map<Long, TreeSet<Node>> met = new HashMap<>();
    List<StarTable.Edge> edges = new ArrayList<>();
    for (int i = 0; i < 3 * keys; i++) {
      long key = random.nextInt(keys); // zero is a key like any other
      var node = new Node(random.nextLong(4), random.nextLong(), 0, i);
      int before = edges.size();
      table.add(key, node, 1, edges::add);
      TreeSet<Node> nodes = met.computeIfAbsent(key == 0 ? 1 : key, k -> new TreeSet<>());
      assertThat(edges.size() - before).isEqualTo(nodes.isEmpty() ? 0 : 1);
      nodes.add(node);
    }
    assertThat(table.size()).as("seed=%d", SEED).isEqualTo(met.size());
    assertThat(edges).hasSize(3 * keys - met.size());
    Map<Long, Set<Node>> connected = new HashMap<>();
    assertThat(edges).allMatch(edge -> edge.child().compareTo(edge.parent()) > 0);
    table
        .drain()
        .forEachRemaining(
            star -> {
              assertThat(star.center()).isEqualTo(met.get(star.key()).first());
              assertThat(star.count()).isEqualTo(met.get(star.key()).size());
              connected.put(star.key(), new HashSet<>());
            });
    assertThat(connected.keySet()).isEqualTo(met.keySet());
    assertThat(table.size()).isZero();
    // each node but the smallest of its key is a child once
    Set<Node> children = new HashSet<>();
    assertThat(edges).allMatch(edge -> children.add(edge.child()));
    assertThat(met.values()).noneMatch(nodes -> children.contains(nodes.first()));
  }
}
