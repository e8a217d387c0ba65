package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftleft;

import java.util.Iterator;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds duplicates among documents that are stored in files. The text is read twice where it lies
 * and never shuffled: first for signatures, then, for the members of components only, for the
 * shingle sets that the verification compares.
 */
public final class Duplicates {
  private static final int FILES_PER_MEMBER_FILE = 16;
  private static final int MOST_MEMBER_FILES = 4096;

  private Duplicates() {}

  /**
   * Every document that has duplicates, see {@link Duplicate#SCHEMA}, whether it stays or goes.
   * Those that are not named here stay and are alone. The same for any partitioning and order of
   * {@code documents}.
   *
   * @param documents columns {@code file int, row int, id string, text string, fetched_at
   *     timestamp}; file and row say where a document is stored, and are unique together
   * @param steps keeps the intermediate steps
   */
  public static Dataset<Row> duplicates(Dataset<Row> documents, MinHashConfig config, Steps steps) {
    Dataset<Row> repeated = steps.table("repeated-ids", repeatedIds(documents));
    Dataset<Row> all = steps.table("signatures", Signatures.signatures(documents, config));
    Dataset<Row> signatures = repeated.isEmpty() ? all : without(all, repeated);
    Dataset<Row> edges = steps.table("key-stars", Components.keyStars(signatures));
    Dataset<Row> stars = Components.stars(edges, config.maxRounds(), steps);
    int memberFiles = memberFiles(documents);
    Path members =
        steps.made("members", folder -> Members.write(Members.members(stars), memberFiles, folder));
    Dataset<Row> candidates = candidates(documents, members, memberFiles, config);
    Dataset<Row> verified = steps.table("verified", verified(candidates, config.similarity()));
    return verified.union(repeated);
  }

  /** Documents whose id another one has that is stored before them. */
  static Dataset<Row> repeatedIds(Dataset<Row> documents) {
    Column ordinal = row_number().over(Window.partitionBy("id").orderBy("file", "row"));
    return documents
        .select(col("id"), col("file"), col("row"), ordinal.as("ordinal"))
        .where(col("ordinal").gt(1))
        .select(
            col("id"),
            col("file"),
            col("row"),
            lit(Duplicate.DUPLICATE_ID).as("reason"),
            col("id").as("survivor_id"),
            lit(null).cast("double").as("similarity"),
            col("id").as("cluster_id"),
            lit(1).as("cluster_size"));
  }

  /** The members of components with their shingle sets, from where their text is stored. */
  static Dataset<Row> candidates(
      Dataset<Row> documents, Path members, int memberFiles, MinHashConfig config) {
    var hadoop =
        new SerializableConfiguration(
            documents.sparkSession().sparkContext().hadoopConfiguration());
    String folder = members.toString();
    MapPartitionsFunction<Row, Row> select =
        rows ->
            new CandidateRows(rows, new MemberReader(folder, memberFiles, hadoop.value()), config);
    return documents
        .select(CandidateRows.columns())
        .mapPartitions(select, Encoders.row(Candidate.SCHEMA));
  }

  /** Verifies each component in the order of survival. */
  static Dataset<Row> verified(Dataset<Row> candidates, double similarity) {
    MapPartitionsFunction<Row, Row> verify =
        rows -> {
          Iterator<Candidate> inOrder = map(rows, Candidate::fromRow);
          return map(new Verification(inOrder, similarity), Duplicate::toRow);
        };
    return candidates
        .repartition(col("root.at"))
        .sortWithinPartitions(
            col("root.at"), col("node.rank"), col("node.id_prefix"), col("node.at"))
        .mapPartitions(verify, Encoders.row(Duplicate.SCHEMA));
  }

  private static Dataset<Row> without(Dataset<Row> signatures, Dataset<Row> repeated) {
    Column at = shiftleft(repeated.col("file").cast("long"), 32).plus(repeated.col("row"));
    return signatures.join(
        repeated.select(at.as("repeated_at")),
        col("node.at").equalTo(col("repeated_at")),
        "left_anti");
  }

  private static int memberFiles(Dataset<Row> documents) {
    Row last = documents.agg(max("file")).first();
    int files = last.isNullAt(0) ? 1 : last.getInt(0) + 1;
    return Math.clamp(files / FILES_PER_MEMBER_FILE, 1, MOST_MEMBER_FILES);
  }

  private static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> each) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public B next() {
        return each.apply(from.next());
      }
    };
  }
}
