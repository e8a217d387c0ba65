package io.gristmill.curation.dedup;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is known of a document that has duplicates. It is removed when there is a survivor.
 *
 * @param file with {@code row}: its place among the judged documents
 * @param survivor the kept document in whose favour it goes
 * @param clusterId id of the smallest member of its component
 * @param clusterSize documents in the component
 */
public record Duplicate(
    String id, int file, int row, Optional<Survivor> survivor, String clusterId, int clusterSize) {
  public static final String DUPLICATE_ID = "duplicate_id";
  public static final String URL_DUPLICATE = "url_duplicate";
  public static final String EXACT_DUPLICATE = "exact_duplicate";
  public static final String NEAR_DUPLICATE = "near_duplicate";

  /**
   * Why a document is removed.
   *
   * @param reason one of those above
   * @param id of the survivor
   * @param similarity Jaccard similarity of the shingle sets, 1 for equal texts, NaN for equal ids
   *     or addresses
   */
  public record Survivor(String reason, String id, double similarity) {}

  /**
   * Reason, survivor and similarity are null for a document that stays; the similarity also for a
   * duplicate id or address, whose text may be any.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("reason", DataTypes.StringType)
          .add("survivor_id", DataTypes.StringType)
          .add("similarity", DataTypes.DoubleType)
          .add("cluster_id", DataTypes.StringType, false)
          .add("cluster_size", DataTypes.IntegerType, false);

  static Duplicate of(Node node, Member member, Optional<Survivor> survivor) {
    return new Duplicate(
        node.id(), node.file(), node.row(), survivor, member.root().id(), member.clusterSize());
  }

  Row toRow() {
    return RowFactory.create(
        id,
        file,
        row,
        survivor.map(Survivor::reason).orElse(null),
        survivor.map(Survivor::id).orElse(null),
        survivor.map(Survivor::similarity).filter(value -> !value.isNaN()).orElse(null),
        clusterId,
        clusterSize);
  }
}
