package io.gristmill.curation.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class KeyStarsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final int DOCUMENTS = 600;

  @TempDir Path work;

  /** One key is in a third of the documents, most are in one or two. */
  @Test
  void documentsThatShareAKeyAreConnectedInAnySlicesAndTasks(SparkSession spark) {
    var random = new SplittableRandom(SEED);
    List<Row> rows = new ArrayList<>();
    Map<Long, TreeSet<Long>> byKey = new TreeMap<>();
    for (int at = 0; at < DOCUMENTS; at++) {
      long[] keys = new long[5];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = i == 0 && at % 3 == 0 ? 0 : Tokens.mix(random.nextInt(4 * DOCUMENTS));
        byKey.computeIfAbsent(keys[i] == 0 ? 1 : keys[i], k -> new TreeSet<>()).add((long) at);
      }
      var node = new Node(random.nextInt(9), random.nextLong(), 0, at);
      rows.add(RowFactory.create(node.toRow(), Keys.bytes(keys), null));
    }
    Map<Long, Long> expected = components(byKey.values().stream().map(List::copyOf).toList());
    for (int slices : new int[] {1, 4}) {
      Dataset<Row> signatures =
          spark.createDataFrame(rows, Signatures.SCHEMA).repartition(2 + slices);
      Steps steps =
          Steps.in(
              new org.apache.hadoop.fs.Path(work.resolve("in-" + slices).toUri()),
              spark.sparkContext().hadoopConfiguration());
      Dataset<Row> buckets = KeyStars.buckets(signatures, slices, 3, steps);
      List<List<Long>> edges = new ArrayList<>();
      for (Row edge : KeyStars.edges(buckets).collectAsList()) {
        Node child = Node.fromRow(edge.getStruct(0));
        Node parent = Node.fromRow(edge.getStruct(1));
        assertThat(child).isGreaterThan(parent);
        edges.add(List.of(child.at(), parent.at()));
      }
      assertThat(components(edges)).as("%d slices, seed=%d", slices, SEED).isEqualTo(expected);
      long keys =
          KeyStars.sizes(buckets).collectAsList().stream().mapToLong(row -> row.getLong(1)).sum();
      assertThat(keys).isEqualTo(byKey.size());
      assertThat(KeyStars.sizes(buckets).where("size >= 128").collectAsList()).hasSize(1);
    }
  }

  /** For each document in a group of at least two the smallest place of its component. */
  private static Map<Long, Long> components(List<List<Long>> groups) {
    Map<Long, Long> parent = new HashMap<>();
    for (List<Long> group : groups) {
      for (long member : group) {
        long a = root(parent, group.getFirst());
        long b = root(parent, member);
        parent.put(Math.max(a, b), Math.min(a, b));
      }
    }
    Map<Long, Long> found = new TreeMap<>();
    groups.stream()
        .filter(group -> group.size() > 1)
        .flatMap(List::stream)
        .forEach(member -> found.put(member, root(parent, member)));
    return found;
  }

  private static long root(Map<Long, Long> parent, long node) {
    long here = node;
    while (parent.getOrDefault(here, here) != here) {
      here = parent.get(here);
    }
    return here;
  }
}
