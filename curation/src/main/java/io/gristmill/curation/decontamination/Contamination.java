package io.gristmill.curation.decontamination;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An item of an evaluation set in a document, with both texts.
 *
 * @param id of the document
 * @param file with {@code row}: its place among the judged documents
 * @param rank 1 for the item that decides, the best one
 * @param items how many the document holds
 * @param evaluation name of the set
 * @param item file and line of the item
 * @param score share of the item's n-grams that the passage has
 * @param start of the passage in the document, in code points
 * @param end of it, exclusive
 * @param passage its beginning
 * @param itemText question, options and answer, the beginning of them
 */
public record Contamination(
    String id,
    int file,
    int row,
    int rank,
    int items,
    String evaluation,
    String item,
    double score,
    double threshold,
    int start,
    int end,
    String passage,
    String itemText) {
  /** Reason of the documents that are rejected for it. */
  public static final String CONTAMINATED = "contaminated";

  /** The rows, a document's together and by rank. */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("rank", DataTypes.IntegerType, false)
          .add("items", DataTypes.IntegerType, false)
          .add("evaluation", DataTypes.StringType, false)
          .add("item", DataTypes.StringType, false)
          .add("score", DataTypes.DoubleType, false)
          .add("threshold", DataTypes.DoubleType, false)
          .add("start", DataTypes.IntegerType, false)
          .add("end", DataTypes.IntegerType, false)
          .add("passage", DataTypes.StringType, false)
          .add("item_text", DataTypes.StringType, false);

  Row toRow() {
    return RowFactory.create(
        id,
        file,
        row,
        rank,
        items,
        evaluation,
        item,
        score,
        threshold,
        start,
        end,
        passage,
        itemText);
  }
}
