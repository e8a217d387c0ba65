package io.gristmill.curation.quality.ngram;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.document.Rows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** How the perplexities of many documents are spread, in steps of a part in a thousand. */
final class Percentiles {
  /** Steps of the logarithm to the base of 10. */
  private static final double STEPS = 2000;

  private Percentiles() {}

  /**
   * The model with the percentiles of these texts.
   *
   * @param documents rows with a {@code text}, in the model's language
   * @throws IllegalArgumentException if no text has a word
   */
  static NgramModel measured(NgramModel model, Dataset<Row> documents) {
    Broadcast<Slots> table =
        JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext())
            .broadcast(Slots.of(model));
    MapPartitionsFunction<Row, Integer> steps = rows -> steps(rows, table.value().scoring());
    List<Row> counts =
        documents
            .select("text")
            .mapPartitions(steps, Encoders.INT())
            .groupBy(col("value"))
            .count()
            .orderBy("value")
            .collectAsList();
    table.destroy();
    long all = counts.stream().mapToLong(row -> row.getLong(1)).sum();
    if (all == 0) {
      throw new IllegalArgumentException(
          "there is no text in %s to measure percentiles of".formatted(model.language()));
    }
    float[] percentiles = new float[NgramModel.PERCENTILES];
    int next = 0;
    long below = 0;
    for (Row row : counts) {
      below += row.getLong(1);
      while (next < percentiles.length && below * 100 >= all * (next + 1)) {
        percentiles[next++] = (float) StrictMath.pow(10, row.getInt(0) / STEPS);
      }
    }
    return model.withPercentiles(percentiles);
  }

  private static Iterator<Integer> steps(Iterator<Row> rows, NgramModel.Scoring scoring) {
    return Rows.flatMap(
        rows,
        row -> {
          OptionalDouble perplexity = scoring.perplexity(row.getString(0));
          return perplexity.isEmpty()
              ? List.<Integer>of().iterator()
              : List.of((int) Math.ceil(Math.log10(perplexity.getAsDouble()) * STEPS)).iterator();
        });
  }

  /** What of a model travels to tasks. */
  private record Slots(int order, float unknown, long[] slots) implements Serializable {
    static Slots of(NgramModel model) {
      CompactTable table = model.table();
      return new Slots(table.order(), table.unknown(), table.slots());
    }

    NgramModel.Scoring scoring() {
      return new NgramModel.Scoring(new CompactTable(order, unknown, slots));
    }
  }
}
