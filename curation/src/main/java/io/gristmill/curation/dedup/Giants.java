package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.dedup.Duplicate.Survivor;
import io.gristmill.curation.document.Placed;
import io.gristmill.curation.document.Rows;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Splits the components that are too large to be verified as one: hundreds of thousands of copies
 * of a page, or of pages that share a template and are no duplicates at all.
 *
 * <p>First, every member is compared with the root of its component while its text is read; that is
 * exactly what the verification would do first, and ends most copies. The rest meet again under
 * other keys: the shingles of the smallest hash among those that are not common in the component,
 * as a sample of it tells. Documents that share {@link #LEAST_SHARED} of them with the same
 * document are of one group.
 */
final class Giants {
  /** Components whose roots and common shingles are in the memory of every task. */
  private static final int MOST_SAMPLED = 64;

  /** A root of more shingles is compared in its group, not where it would be in all memories. */
  static final int MOST_ROOT_SHINGLES = 1 << 18;

  private static final int SAMPLE = 256;
  private static final int KEYS = 48;

  /**
   * Of 48 shingles, two documents of Jaccard similarity 0.7 three quarters of which are boilerplate
   * share 8; two that share phrases only, 1 or 2 with the same third.
   */
  private static final int LEAST_SHARED = 3;

  private static final StructType SAMPLED =
      new StructType()
          .add("root", Node.SCHEMA, false)
          .add("is_root", DataTypes.BooleanType, false)
          .add("at", DataTypes.LongType, false)
          .add("digest_high", DataTypes.LongType, false)
          .add("digest_low", DataTypes.LongType, false)
          .add("shingles", DataTypes.BinaryType, false);

  /** A member that is removed, or its keys. */
  private static final StructType COMPARED =
      new StructType()
          .add("removed", Duplicate.SCHEMA)
          .add("node", Node.SCHEMA, false)
          .add("root", Node.SCHEMA, false)
          .add("cluster_size", DataTypes.IntegerType, false)
          .add("keys", DataTypes.createArrayType(DataTypes.LongType, false));

  private Giants() {}

  /**
   * What has become of the members of large components.
   *
   * @param removed those that resemble the root of their component, of {@link Duplicate#SCHEMA}
   * @param alone those that are in no group, and stay, of the same schema
   * @param members those that are in a group, with it, for {@link Placed#write}
   */
  record Split(Dataset<Row> removed, Dataset<Row> alone, Dataset<Row> members) {}

  /** Whether there is a component that is too large. */
  static boolean in(Dataset<Row> members) {
    return !members.where(ungrouped()).isEmpty();
  }

  /**
   * Splits them.
   *
   * @param documents as {@link Duplicates} takes them
   * @param members of {@link Members#members}
   * @param scan reads the text of members
   * @param tasks of {@link Members#tasks}
   */
  static Split split(
      Dataset<Row> documents,
      Dataset<Row> members,
      MemberScan scan,
      int tasks,
      MinHashConfig config,
      Steps steps) {
    Dataset<Row> known = known(documents, members, scan, config, steps);
    Dataset<Row> compared = compared(documents, known, scan, config, steps);
    Dataset<Row> edges =
        steps.table("giant-edges", edges(compared.where(col("removed").isNull()), tasks));
    Dataset<Row> stars = Components.stars("giant-components", edges, config.maxRounds(), steps);
    Dataset<Row> groups =
        Members.nodes(stars)
            .select(col("node.at").as("member_at"), col("root.at").as(Members.GROUP));
    Dataset<Row> rest =
        compared
            .where(col("removed").isNull())
            .select("node", "root", "cluster_size")
            .join(groups, col("node.at").equalTo(col("member_at")), "left");
    return new Split(
        compared.where(col("removed").isNotNull()).select("removed.*"),
        alone(rest.where(col(Members.GROUP).isNull())),
        grouped(rest.where(col(Members.GROUP).isNotNull())));
  }

  /** What is known of the largest, of {@link Giant#SCHEMA}. */
  private static Dataset<Row> known(
      Dataset<Row> documents,
      Dataset<Row> members,
      MemberScan scan,
      MinHashConfig config,
      Steps steps) {
    Broadcast<Map<Long, Integer>> sizes = context(documents).broadcast(largest(members));
    try {
      Dataset<Row> samples =
          scan.rows(documents, SAMPLED, () -> sampling(sizes.value(), new Content.Reader(config)));
      return steps.table("giants", giants(samples));
    } finally {
      sizes.destroy(); // the step is written, and read from its files
    }
  }

  /** Every member, compared with the root of its component, of {@link #COMPARED}. */
  private static Dataset<Row> compared(
      Dataset<Row> documents,
      Dataset<Row> known,
      MemberScan scan,
      MinHashConfig config,
      Steps steps) {
    Broadcast<Map<Long, Giant>> giants =
        context(documents)
            .broadcast(
                known.collectAsList().stream()
                    .map(Giant::fromRow)
                    .collect(Collectors.toMap(giant -> giant.root().at(), giant -> giant)));
    try {
      return steps.table(
          "giant-members", scan.rows(documents, COMPARED, () -> comparing(giants.value(), config)));
    } finally {
      giants.destroy(); // the step is written, and read from its files
    }
  }

  private static JavaSparkContext context(Dataset<Row> documents) {
    return JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext());
  }

  private static Column ungrouped() {
    return col(Members.GROUP).equalTo(lit(Members.UNGROUPED));
  }

  /** The places of the roots of the largest components, and their sizes. */
  private static Map<Long, Integer> largest(Dataset<Row> members) {
    Map<Long, Integer> sizes = new HashMap<>();
    members
        .where(ungrouped())
        .select(Members.ROOT_AT, Members.SIZE)
        .distinct()
        .orderBy(col(Members.SIZE).desc(), col(Members.ROOT_AT))
        .limit(MOST_SAMPLED)
        .collectAsList()
        .forEach(row -> sizes.put(row.getLong(0), row.getInt(1)));
    return sizes;
  }

  /** Lets the root of each component pass and, by the hash of their place, some 256 others. */
  private static MemberScan.Reading sampling(Map<Long, Integer> sizes, Content.Reader reader) {
    return (document, member) -> {
      Node node = document.node();
      boolean isRoot = node.at() == member.root().at();
      Integer size = sizes.get(member.root().at());
      if (member.group() != Members.UNGROUPED || size == null) {
        return Collections.emptyIterator();
      }
      if (!isRoot && Long.remainderUnsigned(Tokens.mix(node.at()), size) >= SAMPLE) {
        return Collections.emptyIterator();
      }
      Content content = reader.of(document.text());
      Row row =
          RowFactory.create(
              member.root().toRow(),
              isRoot,
              node.at(),
              content.digestHigh(),
              content.digestLow(),
              content.shingles().bytes());
      return List.of(row).iterator();
    };
  }

  /** One row a component, of {@link Giant#SCHEMA}. */
  private static Dataset<Row> giants(Dataset<Row> samples) {
    MapPartitionsFunction<Row, Row> gather = GiantRows::new;
    return samples
        .repartition(col("root.at"))
        .sortWithinPartitions(col("root.at"), col("is_root").desc(), col("at"))
        .mapPartitions(gather, Encoders.row(Giant.SCHEMA));
  }

  private static MemberScan.Reading comparing(Map<Long, Giant> giants, MinHashConfig config) {
    var reader = new Content.Reader(config);
    return (document, member) -> {
      if (member.group() != Members.UNGROUPED) {
        return Collections.emptyIterator();
      }
      Optional<Giant> giant = Optional.ofNullable(giants.get(member.root().at()));
      Node node = document.node();
      Content content = reader.of(document.text());
      Optional<Survivor> root = giant.flatMap(of -> resembled(node, content, of, config));
      Row removed =
          root.map(found -> Duplicate.of(node, member, Optional.of(found)).toRow()).orElse(null);
      long[] keys = removed == null ? keys(content, giant) : null;
      return List.of(
              RowFactory.create(
                  removed, node.toRow(), member.root().toRow(), member.clusterSize(), keys))
          .iterator();
    };
  }

  private static Optional<Survivor> resembled(
      Node node, Content content, Giant giant, MinHashConfig config) {
    if (SurvivorOrder.known(node) || node.at() == giant.root().at()) {
      return Optional.empty();
    }
    return content.duplicateOf(giant.root(), giant.content(), config.similarity());
  }

  private static long[] keys(Content content, Optional<Giant> giant) {
    ShingleSet common = giant.map(Giant::common).orElseGet(ShingleSet::empty);
    int[] chosen = content.shingles().rarest(common, KEYS);
    long[] keys = new long[chosen.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = chosen[i];
    }
    return keys;
  }

  /**
   * Edges from each document to the smallest of each key of its component, where several keys
   * agree. Here the center must be the same in any partitioning, so keys are sorted; they are few.
   */
  private static Dataset<Row> edges(Dataset<Row> members, int tasks) {
    Column center =
        functions
            .first("node")
            .over(Window.partitionBy("root_at", "key").orderBy(Node.order("node")));
    return members
        .select(col("root.at").as("root_at"), functions.explode(col("keys")).as("key"), col("node"))
        .repartition(tasks, col("root_at"), col("key"))
        .select(col("node").as("child"), center.as("parent"))
        .where(col("child.at").notEqual(col("parent.at")))
        .groupBy("child", "parent")
        .agg(functions.count(lit(1)).as("shared"))
        .where(col("shared").geq(lit(LEAST_SHARED)))
        .select("child", "parent");
  }

  private static Dataset<Row> grouped(Dataset<Row> rest) {
    return rest.select(
        col("node.at").as(Placed.AT),
        col("root.rank").as(Members.ROOT_RANK),
        col("root.id_high").as(Members.ROOT_ID_HIGH),
        col("root.id_low").as(Members.ROOT_ID_LOW),
        col("root.at").as(Members.ROOT_AT),
        col("cluster_size").as(Members.SIZE),
        col(Members.GROUP));
  }

  private static Dataset<Row> alone(Dataset<Row> rest) {
    MapPartitionsFunction<Row, Row> stay =
        rows ->
            Rows.map(
                rows,
                row -> {
                  var member = new Member(Node.fromRow(row.getStruct(1)), row.getInt(2), 0);
                  Node node = Node.fromRow(row.getStruct(0));
                  return Duplicate.of(node, member, Optional.empty()).toRow();
                });
    return rest.select("node", "root", "cluster_size")
        .mapPartitions(stay, Encoders.row(Duplicate.SCHEMA));
  }
}
