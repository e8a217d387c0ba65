package io.gristmill.tokenization.bpe;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a BPE on a Spark cluster: pieces are counted where the text lies, the counts are added up
 * in one shuffle, and the driver learns the merges from the different pieces. The tokenizer does
 * not depend on how the text is partitioned.
 */
public final class BpeTraining {
  /** Columns of {@link #pieceCounts}. */
  public static final StructType PIECE_COUNTS =
      new StructType()
          .add("piece", DataTypes.BinaryType, false)
          .add("count", DataTypes.LongType, false);

  /** A task hands its counts on when its different pieces take this many bytes. */
  private static final int TASK_BYTES = 64 << 20;

  private BpeTraining() {}

  /** Trains on the column {@code text}; rows without a text are passed over. */
  public static Trained train(
      Dataset<Row> documents, BpeTrainerConfig config, MergeProgress progress) {
    var trainer = new BpeTrainer(config);
    Iterator<Row> counts = pieceCounts(documents, config).toLocalIterator();
    while (counts.hasNext()) {
      Row row = counts.next();
      byte[] piece = row.getAs(0);
      trainer.add(piece, 0, piece.length, row.getLong(1));
    }
    return trainer.train(progress);
  }

  /** The different pieces of the column {@code text} and how often each occurs. */
  public static Dataset<Row> pieceCounts(Dataset<Row> documents, BpeTrainerConfig config) {
    MapPartitionsFunction<Row, Row> count = rows -> new Counting(rows, config);
    return documents
        .select(col("text").cast(DataTypes.BinaryType).as("text"))
        .where(col("text").isNotNull())
        .mapPartitions(count, Encoders.row(PIECE_COUNTS))
        .groupBy(col("piece"))
        .agg(sum(col("count")).as("count"));
  }

  /** The counts of one partition, in parts that fit in memory. */
  private static final class Counting implements Iterator<Row> {
    private final Iterator<Row> texts;
    private final PieceCounts counts;
    private int next;

    Counting(Iterator<Row> texts, BpeTrainerConfig config) {
      this.texts = texts;
      this.counts = new PieceCounts(config);
    }

    @Override
    public boolean hasNext() {
      if (next < counts.size()) {
        return true;
      }
      counts.clear();
      next = 0;
      while (texts.hasNext() && counts.bytes() < TASK_BYTES) {
        byte[] text = texts.next().getAs(0);
        counts.addText(text);
      }
      return counts.size() > 0;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no counts left");
      }
      int entry = next++;
      return RowFactory.create(counts.piece(entry), counts.count(entry));
    }
  }
}
