package io.gristmill.curation.dedup;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is known of a component that is too large to be verified as one.
 *
 * @param root its smallest document, which stays
 * @param content of the root; of a book only the digest
 * @param common shingles that many of its documents have: the boilerplate of a template
 */
record Giant(Node root, Content content, ShingleSet common) implements Serializable {
  static final StructType SCHEMA =
      new StructType()
          .add("root", Node.SCHEMA, false)
          .add("digest_high", DataTypes.LongType, false)
          .add("digest_low", DataTypes.LongType, false)
          .add("shingles", DataTypes.BinaryType, false)
          .add("common", DataTypes.BinaryType, false);

  Row toRow() {
    return RowFactory.create(
        root.toRow(),
        content.digestHigh(),
        content.digestLow(),
        content.shingles().bytes(),
        common.bytes());
  }

  static Giant fromRow(Row row) {
    return new Giant(
        Node.fromRow(row.getStruct(0)),
        new Content(row.getLong(1), row.getLong(2), ShingleSet.fromBytes(row.getAs(3))),
        ShingleSet.fromBytes(row.getAs(4)));
  }
}
