package io.gristmill.curation.quality.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.LocalSpark;
import io.gristmill.curation.quality.ModelInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class ClassifierTrainingTest {
  private static final ClassifierConfig SMALL = new ClassifierConfig(12, 1e-4, 60);
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("wanted", DataTypes.BooleanType);

  private final SparkSession spark;

  ClassifierTrainingTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void textsThatItHasNotSeenAreToldApartInBothLanguages() {
    ClassifierTraining.Trained trained = ClassifierTraining.train(rows(texts(400), 3), SMALL);

    assertThat(trained.report().areaUnderRoc()).isGreaterThan(.95);
    ClassifierModel.Scoring scoring = trained.model().scoring();
    assertThat(probability(scoring, "水车磨面粉的历史")).isGreaterThan(.7);
    assertThat(probability(scoring, "点击领取优惠红包")).isLessThan(.3);
    assertThat(probability(scoring, "the miller grinds wheat")).isGreaterThan(.7);
    assertThat(probability(scoring, "click buy cheap now")).isLessThan(.3);
    assertThat(scoring.probability("  \n")).isEmpty();
  }

  @Test
  void probabilitiesAreCalibrated() {
    // one word says nothing, the other is in three of four wanted and in one of four other texts
    var random = new SplittableRandom(3);
    var texts = new ArrayList<Row>();
    for (int i = 0; i < 6000; i++) {
      boolean wanted = i % 2 == 0;
      boolean marked = random.nextDouble() < (wanted ? .75 : .25);
      texts.add(RowFactory.create("t" + i, "mill " + (marked ? "wheat" : "chaff"), wanted));
    }
    ClassifierModel.Scoring scoring =
        ClassifierTraining.train(rows(texts, 2), SMALL).model().scoring();
    assertThat(probability(scoring, "mill wheat")).isCloseTo(.75, within(.04));
    assertThat(probability(scoring, "mill chaff")).isCloseTo(.25, within(.04));
  }

  @Test
  void bytesAreTheSameOnAnyPartitioning() throws IOException {
    List<Row> texts = texts(200);
    byte[] once = bytes(ClassifierTraining.train(rows(texts, 1), SMALL).model());
    var shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(5));
    assertThat(bytes(ClassifierTraining.train(rows(shuffled, 7), SMALL).model())).isEqualTo(once);
    assertThat(bytes(ClassifierTraining.train(rows(shuffled, 40), SMALL).model())).isEqualTo(once);
  }

  @Test
  void reportCountsWhatAThresholdKeeps() {
    var margins =
        new Margins(
            List.of(new Margins.Bin(2, 3, 0), new Margins.Bin(0, 1, 1), new Margins.Bin(-2, 0, 4)));
    assertThat(margins.areaUnderRoc()).isEqualTo((3 * 5 + 4 + .5) / 20);
    assertThat(margins.cut(.5, new Margins.Calibration(1, 0)))
        .isEqualTo(new ClassifierReport.Cut(.5, .8, 1, .2));
    assertThat(margins.cut(.7, new Margins.Calibration(1, 0)))
        .isEqualTo(new ClassifierReport.Cut(.7, 1, .75, 0));
  }

  @Test
  void kindWithoutTextsIsToldBeforeAnythingIsTrained() {
    List<Row> wanted = texts(100).stream().filter(row -> row.getBoolean(2)).toList();
    assertThatThrownBy(() -> ClassifierTraining.train(rows(wanted, 1), SMALL))
        .hasMessageMatching("\\d+ wanted and 0 other texts are left to train on, .*");
  }

  @Test
  void fileHasAllOfTheModelAndEveryTruncationIsTold() throws IOException {
    var model = new ClassifierModel(3, .5, 2, -1, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    byte[] bytes = bytes(model);
    assertThat(read(bytes)).isEqualTo(model);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("some[.]classifier: .*byte \\d+ .*copy (the file|it) again");
    }
    bytes[3] = 'X';
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("must spell GMCLASS1");
  }

  @Test
  void minimumOfAKnownFunctionIsFound() {
    // Rosenbrock's valley, minimum at (1, 1)
    double[] found =
        Lbfgs.minimum(
            p ->
                new Lbfgs.Value(
                    100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2),
                    new double[] {
                      -400 * p[0] * (p[1] - p[0] * p[0]) - 2 * (1 - p[0]),
                      200 * (p[1] - p[0] * p[0])
                    }),
            new double[] {-1.2, 1},
            200,
            1e-12);
    assertThat(found[0]).isCloseTo(1, within(1e-4));
    assertThat(found[1]).isCloseTo(1, within(1e-4));
  }

  @Test
  void featuresIgnoreCaseDigitsAndWidthAndHaveLengthOne() {
    assertThat(features("Mill 1923 Ｗheat")).isEqualTo(features("mill 4815 wheat"));
    assertThat(features("mill wheat")).isNotEqualTo(features("wheat mill"));
    var features = new Features(16);
    features.read("磨坊 grinds wheat, wheat and wheat");
    double squares = 0;
    for (int i = 0; i < features.size(); i++) {
      squares += features.weight(i) * features.weight(i);
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  private static List<Integer> features(String text) {
    var features = new Features(16);
    features.read(text);
    return Arrays.stream(features.indices()).boxed().toList();
  }

  private static double probability(ClassifierModel.Scoring scoring, String text) {
    return scoring.probability(text).getAsDouble();
  }

  private static byte[] bytes(ClassifierModel model) throws IOException {
    var out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  private static ClassifierModel read(byte[] bytes) {
    return ClassifierModel.read(
        new ModelInput(new ByteArrayInputStream(bytes), "some.classifier", bytes.length));
  }

  private Dataset<Row> rows(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static List<Row> texts(int count) {
    List<List<String>> wanted =
        List.of(
            List.of("the", "miller", "grinds", "wheat", "river", "turns", "wheel", "history"),
            List.of("水", "车", "磨", "面", "粉", "的", "历史", "河流"));
    List<List<String>> other =
        List.of(
            List.of("the", "click", "buy", "cheap", "now", "free", "offer", "wheel"),
            List.of("点击", "领取", "优惠", "红包", "的", "免费", "现在", "下载"));
    var random = new SplittableRandom(11);
    var texts = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      boolean good = i % 2 == 0;
      int language = i / 2 % 2;
      List<String> words = (good ? wanted : other).get(language);
      var text = new StringBuilder();
      for (int j = 0; j < 6; j++) {
        text.append(words.get(random.nextInt(words.size()))).append(language == 0 ? " " : "");
      }
      texts.add(RowFactory.create("id" + i, text.toString(), good));
    }
    return texts;
  }
}
