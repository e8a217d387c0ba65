package io.gristmill.tokenization.bpe;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.udf;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a BPE on a Spark cluster: pieces are counted where the text lies, the counts are added up
 * in one shuffle, and the driver learns the merges from the different pieces. The tokenizer does
 * not depend on how the text is partitioned.
 *
 * <p>Text without spaces has long pieces that are nearly all different. So pairs of neighbours are
 * counted first, and pieces are cut between neighbours that occur less often than the last merge
 * will, which no merge can span. How often that is only the end tells: were it less than was
 * thought, all is done again with fewer cuts.
 */
public final class BpeTraining {
  /** Between so many of the most frequent neighbours, by token to be learned, nothing is cut. */
  private static final int PAIRS_BY_TOKEN = 8;

  /** How many times as many the next time. */
  private static final int MORE_PAIRS = 4;

  /** Counts are told apart by this part of an octave. */
  private static final int STEPS_BY_OCTAVE = 4;

  private final Dataset<Row> texts;
  private final BpeTrainerConfig config;
  private final Counting.Cuttings cuttings;

  private BpeTraining(Dataset<Row> documents, BpeTrainerConfig config, Counting.Cuttings cuttings) {
    this.texts = texts(documents, config);
    this.config = config;
    this.cuttings = cuttings;
  }

  /**
   * Trains on the column {@code text}; rows without a text are passed over. With weights the
   * columns {@code domain} and {@code language} are read, too.
   */
  public static Trained train(
      Dataset<Row> documents, BpeTrainerConfig config, MergeProgress progress) {
    return new BpeTraining(documents, config, () -> new Cutting.OfCharacters(config))
        .train(config.vocabularySize(), () -> new BpeTrainer(config), progress);
  }

  /**
   * Learns further merges on top of a tokenizer until there are {@code config.vocabularySize()}
   * tokens. Its ids, merges and pretokenizer stay as they are, and text is encoded by it before
   * pairs are counted; new ids follow. Of the configuration the pretokenizer and the special and
   * reserved tokens do not matter.
   *
   * @throws IllegalArgumentException if the tokenizer has more tokens than are asked for
   */
  public static Trained extend(
      Dataset<Row> documents, BpeTokenizer base, BpeTrainerConfig config, MergeProgress progress) {
    int wanted = config.vocabularySize() - base.vocabularySize();
    if (wanted < 0) {
      throw new IllegalArgumentException(
          "vocabulary-size is %d, but the tokenizer to extend has %d tokens; ask for more"
              .formatted(config.vocabularySize(), base.vocabularySize()));
    }
    Broadcast<BpeTokenizer> shared = broadcast(documents, base);
    try {
      return new BpeTraining(documents, config, () -> new Cutting.OfTokens(shared.value(), config))
          .train(wanted, () -> new BpeTrainer(config, base), progress);
    } finally {
      shared.destroy();
    }
  }

  private Trained train(int wanted, Supplier<BpeTrainer> trainers, MergeProgress progress) {
    long minCount = config.minFrequency() * config.countUnit();
    Dataset<Row> pairs =
        Counting.pairs(texts, cuttings)
            .where(col("count").geq(minCount))
            .persist(StorageLevel.DISK_ONLY());
    try {
      for (long most = (long) PAIRS_BY_TOKEN * wanted; ; most *= MORE_PAIRS) {
        long floor = Math.max(minCount, floorOf(pairs, most));
        Optional<Trained> trained = train(pairs, floor, trainers.get(), progress);
        if (trained.isPresent()) {
          return trained.get();
        }
        progress.event(
            "merges of pairs that occur less than %,d times are needed: counting again with longer pieces"
                .formatted(floor / config.countUnit()));
      }
    } finally {
      pairs.unpersist();
    }
  }

  /** From which count on there are about as many pairs as {@code most}; 0 if there are fewer. */
  private static long floorOf(Dataset<Row> pairs, long most) {
    Column step = floor(log2(col("count")).multiply(STEPS_BY_OCTAVE));
    long more = 0;
    for (Row row :
        pairs.groupBy(step.as("step")).count().orderBy(col("step").desc()).collectAsList()) {
      more += row.getLong(1);
      if (more > most) {
        return (long) Math.ceil(Math.pow(2, (row.getLong(0) + 1.0) / STEPS_BY_OCTAVE));
      }
    }
    return 0;
  }

  private Optional<Trained> train(
      Dataset<Row> pairs, long floor, BpeTrainer trainer, MergeProgress progress) {
    List<Long> frequent =
        pairs.where(col("count").geq(floor)).select("pair").as(Encoders.LONG()).collectAsList();
    Broadcast<FrequentPairs> together = broadcast(texts, new FrequentPairs(frequent));
    try {
      Iterator<byte[]> blocks = Counting.pieces(texts, cuttings, together).toLocalIterator();
      blocks.forEachRemaining(trainer::addBlock);
      return trainer.trainAbove(floor, progress);
    } finally {
      together.destroy();
    }
  }

  private static Dataset<Row> texts(Dataset<Row> documents, BpeTrainerConfig config) {
    Column count = lit(config.countUnit());
    if (!config.weights().isEmpty()) {
      UDF2<String, String, Long> weighted = config::countOf;
      count = udf(weighted, DataTypes.LongType).apply(col("domain"), col("language"));
    }
    return documents
        .where(col("text").isNotNull())
        .select(col("text").cast(DataTypes.BinaryType).as("text"), count.as("count"))
        .where(col("count").gt(0));
  }

  private static <T> Broadcast<T> broadcast(Dataset<Row> documents, T value) {
    return JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext())
        .broadcast(value);
  }
}
