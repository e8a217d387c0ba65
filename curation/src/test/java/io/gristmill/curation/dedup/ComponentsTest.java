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
    List<long[]> chain = chain(40);
    Map<Long, Long> parents = parents(rounds(spark, chain, 50, steps(spark)));
    assertThat(parents).hasSize(40).doesNotContainKey(smallest(chain));
    assertThat(parents.values()).containsOnly(smallest(chain));
  }

  @Test
  void randomGraphsHaveTheComponentsOfUnionFind(SparkSession spark) {
    List<long[]> edges = random();
    assertThat(parents(rounds(spark, edges, 50, steps(spark))))
        .as("seed=%d", SEED)
        .isEqualTo(unionFind(edges));
  }

  @Test
  void oneTaskFindsWhatTheRoundsFind(SparkSession spark) {
    List<long[]> edges = random();
    assertThat(parents(Components.inOneTask(edges(spark, edges))))
        .as("seed=%d", SEED)
        .isEqualTo(unionFind(edges));
  }

  @Test
  void noEdgesMakeNoComponents(SparkSession spark) {
    assertThat(parents(rounds(spark, List.of(), 5, steps(spark)))).isEmpty();
    assertThat(parents(Components.inOneTask(edges(spark, List.of())))).isEmpty();
  }

  @Test
  void aRestartGoesOnBehindTheLastRound(SparkSession spark) {
    List<String> made = new ArrayList<>();
    Steps resumable = resumable(spark, made);
    Steps killedInTheThird =
        (name, write) -> {
          if (made.size() == 2) {
            throw new IllegalStateException("killed");
          }
          return resumable.made(name, write);
        };
    assertThatThrownBy(() -> rounds(spark, chain(40), 50, killedInTheThird)).hasMessage("killed");
    assertThat(parents(rounds(spark, chain(40), 50, resumable))).isEqualTo(unionFind(chain(40)));
    assertThat(made).hasSizeGreaterThan(3).doesNotHaveDuplicates();
  }

  @Test
  void tooFewRoundsAreAnErrorNotAResult(SparkSession spark) {
    assertThatThrownBy(() -> rounds(spark, chain(40), 1, steps(spark)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("raise minhash.max-rounds");
  }

  private static List<long[]> chain(int length) {
    List<long[]> edges = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      edges.add(new long[] {i, i + 1});
    }
    return edges;
  }

  private static List<long[]> random() {
    var random = new SplittableRandom(SEED);
    List<long[]> edges = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      edges.add(new long[] {random.nextLong(500), random.nextLong(500)});
    }
    edges.removeIf(edge -> edge[0] == edge[1]);
    return edges;
  }

  private static Dataset<Row> edges(SparkSession spark, List<long[]> edges) {
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
    return spark.createDataFrame(rows, EDGES).repartition(3);
  }

  private static Dataset<Row> rounds(
      SparkSession spark, List<long[]> edges, int mostRounds, Steps steps) {
    return Components.inRounds("components", edges(spark, edges), mostRounds, steps);
  }

  private Steps steps(SparkSession spark) {
    var folder = new org.apache.hadoop.fs.Path(work.toUri());
    return Steps.in(folder, spark.sparkContext().hadoopConfiguration());
  }

  /** Makes a step once; {@code made} names those that are there. */
  private Steps resumable(SparkSession spark, List<String> made) {
    Steps anew = steps(spark);
    return (name, write) -> {
      if (made.contains(name)) {
        return new org.apache.hadoop.fs.Path(work.resolve(name).toUri());
      }
      org.apache.hadoop.fs.Path folder = anew.made(name, write);
      made.add(name);
      return folder;
    };
  }

  private static Map<Long, Long> parents(Dataset<Row> stars) {
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
