package io.gristmill.curation.dedup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The components of a graph that fits into the memory of one task, some 300 bytes an edge at most:
 * union-find (Tarjan and van Leeuwen 1984, path halving) in which the smaller root wins, so each
 * tree ends at the node that rather survives.
 */
final class Forest {
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();

  /**
   * The star forest of some edges, sorted by child.
   *
   * @param edges rows of two nodes
   */
  static Iterator<Row> stars(Iterator<Row> edges) {
    var forest = new Forest();
    edges.forEachRemaining(
        edge -> forest.join(Node.fromRow(edge.getStruct(0)), Node.fromRow(edge.getStruct(1))));
    return forest.stars();
  }

  private void join(Node one, Node other) {
    int a = root(number(one));
    int b = root(number(other));
    if (a == b) {
      return;
    }
    boolean ordered = nodes.get(a).compareTo(nodes.get(b)) < 0;
    parents.set(ordered ? b : a, ordered ? a : b);
  }

  private Iterator<Row> stars() {
    return IntStream.range(0, nodes.size())
        .filter(child -> parents.get(child) != child)
        .boxed()
        .sorted((a, b) -> nodes.get(a).compareTo(nodes.get(b)))
        .map(child -> RowFactory.create(nodes.get(child).toRow(), nodes.get(root(child)).toRow()))
        .iterator();
  }

  private int number(Node node) {
    return numbers.computeIfAbsent(
        node.at(),
        at -> {
          nodes.add(node);
          parents.add(parents.size());
          return parents.size() - 1;
        });
  }

  private int root(int node) {
    int here = node;
    while (parents.get(here) != here) {
      int above = parents.get(parents.get(here));
      parents.set(here, above);
      here = above;
    }
    return here;
  }
}
