package io.gristmill.curation.dedup;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A member of a component with what is needed to verify it.
 *
 * @param digestHigh with {@code digestLow}: equal for documents of equal folded text
 * @param shingles its shingle set; empty when shorter than a shingle
 */
record Candidate(
    Node node, Member member, String id, long digestHigh, long digestLow, ShingleSet shingles) {
  static final StructType SCHEMA =
      new StructType()
          .add("root", Node.SCHEMA, false)
          .add("node", Node.SCHEMA, false)
          .add("cluster_size", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("digest_high", DataTypes.LongType, false)
          .add("digest_low", DataTypes.LongType, false)
          .add("shingles", DataTypes.BinaryType, false);

  static Candidate of(Node node, Member member, String id, String text, Shingles shingles) {
    String folded = KeyText.fold(text);
    long[] digest = KeyText.digest(folded);
    return new Candidate(
        node, member, id, digest[0], digest[1], ShingleSet.of(shingles.of(folded)));
  }

  boolean sameText(Candidate other) {
    return digestHigh == other.digestHigh && digestLow == other.digestLow;
  }

  Row toRow() {
    return RowFactory.create(
        member.root().toRow(),
        node.toRow(),
        member.clusterSize(),
        id,
        digestHigh,
        digestLow,
        shingles.bytes());
  }

  static Candidate fromRow(Row row) {
    return new Candidate(
        Node.fromRow(row.getStruct(1)),
        new Member(Node.fromRow(row.getStruct(0)), row.getInt(2)),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        ShingleSet.fromBytes(row.getAs(6)));
  }
}
