package io.gristmill.tokenization.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.SparkLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkLocal.class)
class BpeTrainingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType TEXT =
      new StructType().add("id", DataTypes.StringType).add("text", DataTypes.StringType);

  @Test
  void learnsTheSameFromAnyPartitioning(SparkSession spark) {
    List<String> texts = texts();
    BpeTrainerConfig config = BpeTrainerTest.config(360);
    Trained expected = BpeTrainerTest.train(texts, config);
    for (int partitions : new int[] {1, 2, 7}) {
      Trained trained =
          BpeTraining.train(documents(spark, texts, partitions), config, MergeProgress.NONE);
      assertThat(trained.tokenizer().sha256())
          .as("seed %d, %d partitions", SEED, partitions)
          .isEqualTo(expected.tokenizer().sha256());
      assertThat(trained.pieces()).isEqualTo(expected.pieces());
      assertThat(trained.distinctPieces()).isEqualTo(expected.distinctPieces());
    }
  }

  @Test
  void rowsWithoutTextArePassedOver(SparkSession spark) {
    List<Row> rows = List.of(RowFactory.create("1", null), RowFactory.create("2", ""));
    Trained trained =
        BpeTraining.train(
            spark.createDataFrame(rows, TEXT), BpeTrainerTest.config(300), MergeProgress.NONE);
    assertThat(trained.tokenizer().vocabularySize()).isEqualTo(259);
    assertThat(trained.warning().orElseThrow()).contains("the text gives only 259 tokens");
  }

  private static List<String> texts() {
    var random = new SplittableRandom(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add(RandomText.of(random, 12));
    }
    return texts;
  }

  private static Dataset<Row> documents(SparkSession spark, List<String> texts, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (String text : texts) {
      rows.add(RowFactory.create("" + rows.size(), text));
    }
    return spark.createDataFrame(rows, TEXT).repartition(partitions);
  }
}
