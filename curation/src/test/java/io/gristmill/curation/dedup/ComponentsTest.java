package io.gristmill.curation.dedup;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ComponentsTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType EDGES =
      new StructType().add("child", Node.SCHEMA, false).add("parent", Node.SCHEMA, false);

  @TempDir Path work;

  @Test
  void aChainEndsAsOneStarAroundItsSmallestNode(SparkSession spark) {
    List<long[]> edges = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      edges.add(new long[] {i, i + 1});
    }
    Map<Long, Long> parents = parents(spark, edges, 50);
    assertThat(parents).hasSize(40).doesNotContainKey(smallest(edges));
    assertThat(parents.values()).containsOnly(smallest(edges));
  }

  @Test
  void randomGraphsHaveTheComponentsOfUnionFind(SparkSession spark) {
    var random = new SplittableRandom(SEED);
    List<long[]> edges = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      edges.add(new long[] {random.nextLong(500), random.nextLong(500)});
    }
    edges.removeIf(edge -> edge[0] == edge[1]);
    assertThat(parents(spark, edges, 50)).as("seed=%d", SEED).isEqualTo(unionFind(edges));
  }

  @Test
  void noEdgesMakeNoComponents(SparkSession spark) {
    assertThat(parents(spark, List.of(), 5)).isEmpty();
  }

  @Test
  void tooFewRoundsAreAnErrorNotAResult(SparkSession spark) {
    List<long[]> edges = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      edges.add(new long[] {i, i + 1});
    }
    assertThatThrownBy(() -> parents(spark, edges, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("raise minhash.max-rounds");
  }

  private Map<Long, Long> parents(SparkSession spark, List<long[]> edges, int rounds) {
    List<Row> rows =
        edges.stream()
            .map(
                edge -> {
                  Node a = node(edge[0]);
                  Node b = node(edge[1]);
                  boolean ordered = a.compareTo(b) < 0;
                  return RowFactory.create((ordered ? b : a).toRow(), (ordered ? a : b).toRow());
                })
            .toList();
    var folder = new org.apache.hadoop.fs.Path(work.toUri());
    Steps steps = Steps.in(folder, spark.sparkContext().hadoopConfiguration());
    Dataset<Row> stars =
        Components.stars(
            "components", spark.createDataFrame(rows, EDGES).repartition(3), rounds, steps);
    return stars.collectAsList().stream()
        .collect(
            toMap(
                row -> Node.fromRow(row.getStruct(0)).at(),
                row -> Node.fromRow(row.getStruct(1)).at()));
  }

  /** Ranks disagree with places, so that the order of nodes is not the order of their numbers. */
  private static Node node(long at) {
    return new Node(Tokens.mix(at / 2) >>> 1, -at, at, at);
  }

  private static long smallest(List<long[]> edges) {
    return edges.stream()
        .flatMap(edge -> List.of(node(edge[0]), node(edge[1])).stream())
        .min(Node::compareTo)
        .orElseThrow()
        .at();
  }

  private static Map<Long, Long> unionFind(List<long[]> edges) {
    Map<Long, Long> root = new HashMap<>();
    for (long[] edge : edges) {
      Node a = node(find(root, edge[0]));
      Node b = node(find(root, edge[1]));
      if (a.at() != b.at()) {
        root.put(a.compareTo(b) < 0 ? b.at() : a.at(), a.compareTo(b) < 0 ? a.at() : b.at());
      }
    }
    return root.keySet().stream().collect(toMap(at -> at, at -> find(root, at)));
  }

  private static long find(Map<Long, Long> root, long at) {
    long here = at;
    while (root.containsKey(here)) {
      here = root.get(here);
    }
    return here;
  }
}
