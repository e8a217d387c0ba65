package io.gristmill.curation.dedup;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A member of a component with what is needed to verify it. */
record Candidate(Node node, Member member, Content content) {
  static final StructType SCHEMA =
      new StructType()
          .add("node", Node.SCHEMA, false)
          .add("root", Node.SCHEMA, false)
          .add("cluster_size", DataTypes.IntegerType, false)
          .add("group", DataTypes.LongType, false)
          .add("digest_high", DataTypes.LongType, false)
          .add("digest_low", DataTypes.LongType, false)
          .add("shingles", DataTypes.BinaryType, false);

  Row toRow() {
    return RowFactory.create(
        node.toRow(),
        member.root().toRow(),
        member.clusterSize(),
        member.group(),
        content.digestHigh(),
        content.digestLow(),
        content.shingles().bytes());
  }

  static Candidate fromRow(Row row) {
    return new Candidate(
        Node.fromRow(row.getStruct(0)),
        new Member(Node.fromRow(row.getStruct(1)), row.getInt(2), row.getLong(3)),
        new Content(row.getLong(4), row.getLong(5), ShingleSet.fromBytes(row.getAs(6))));
  }
}
