package io.gristmill.curation.quality.classifier;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.gristmill.curation.document.Rows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a classifier: logistic regression by full-batch L-BFGS, both kinds of texts counting
 * alike. Of ten texts, by the hash of their ids, eight train, one calibrates and one is held out
 * for the report. Sums are in fixed point, so the model is the same to the bit however the texts
 * are partitioned.
 */
public final class ClassifierTraining {
  private static final int PARTS = 10;
  private static final int HELD_OUT = 0;
  private static final int CALIBRATING = 1;

  /** Relative fall of the loss below which training ends. */
  private static final double TOLERANCE = 1e-5;

  /** Margins are told apart to a thousandth. */
  private static final double MARGIN_STEPS = 1000;

  private static final List<Double> THRESHOLDS = List.of(.1, .3, .5, .7, .9, .95, .99);

  private static final StructType MARGIN =
      new StructType()
          .add("step", DataTypes.IntegerType, false)
          .add("wanted", DataTypes.BooleanType, false);

  private ClassifierTraining() {}

  /** What training gives. */
  public record Trained(ClassifierModel model, ClassifierReport report) {}

  /**
   * Trains, calibrates and tests.
   *
   * @param documents rows of an {@code id}, a {@code text} and whether it is {@code wanted}
   * @throws IllegalArgumentException if a part has no text of one of the two kinds
   */
  public static Trained train(Dataset<Row> documents, ClassifierConfig config) {
    Column part = pmod(xxhash64(col("id")), lit(PARTS));
    int bits = config.bits();
    FlatMapFunction<Iterator<Row>, Example> read = rows -> examples(rows, bits);
    JavaRDD<Example> examples =
        documents
            .where(part.gt(CALIBRATING))
            .select("text", "wanted")
            .javaRDD()
            .mapPartitions(read)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long all = examples.count();
    long wanted = examples.filter(Example::wanted).count();
    required(wanted, all - wanted, "train on");
    double[] point = minimum(examples, wanted, all - wanted, config);
    examples.unpersist();
    var raw = model(bits, point, new Margins.Calibration(1, 0));
    Margins calibrating = margins(documents.where(part.equalTo(CALIBRATING)), raw);
    required(calibrating.wanted(), calibrating.unwanted(), "calibrate with");
    Margins.Calibration calibration = calibrating.calibration();
    Margins heldOut = margins(documents.where(part.equalTo(HELD_OUT)), raw);
    required(heldOut.wanted(), heldOut.unwanted(), "test with");
    var report =
        new ClassifierReport(
            wanted,
            all - wanted,
            heldOut.wanted(),
            heldOut.unwanted(),
            heldOut.areaUnderRoc(),
            THRESHOLDS.stream().map(threshold -> heldOut.cut(threshold, calibration)).toList());
    return new Trained(model(bits, point, calibration), report);
  }

  private static void required(long wanted, long unwanted, String purpose) {
    if (wanted == 0 || unwanted == 0) {
      throw new IllegalArgumentException(
          "%,d wanted and %,d other texts are left to %s, at least one of each is needed; give more texts (a hundred of each kind is few)"
              .formatted(wanted, unwanted, purpose));
    }
  }

  private static double[] minimum(
      JavaRDD<Example> examples, long wanted, long unwanted, ClassifierConfig config) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(examples.context());
    int features = 1 << config.bits();
    // the fewer count 1 each, so that importances stay within 0 and 1
    double fewer = Math.min(wanted, unwanted);
    double wantedImportance = fewer / wanted;
    double unwantedImportance = fewer / unwanted;
    Lbfgs.Objective objective =
        point -> {
          Broadcast<double[]> sent = context.broadcast(point);
          Function2<Gradient, Example, Gradient> add =
              (sum, example) ->
                  sum.plus(
                      example,
                      sent.value(),
                      example.wanted() ? wantedImportance : unwantedImportance);
          Function2<Gradient, Gradient, Gradient> join = Gradient::plus;
          Gradient sum = examples.treeAggregate(new Gradient(features), add, join);
          sent.destroy();
          return sum.mean(point, 2 * fewer, config.regularisation());
        };
    return Lbfgs.minimum(objective, new double[features + 1], config.steps(), TOLERANCE);
  }

  private static Iterator<Example> examples(Iterator<Row> rows, int bits) {
    var features = new Features(bits);
    return Rows.map(
        rows,
        row -> {
          features.read(row.getString(0));
          return new Example(row.getBoolean(1), features.indices(), features.weights());
        });
  }

  private static ClassifierModel model(int bits, double[] point, Margins.Calibration calibration) {
    float[] weights = new float[1 << bits];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) point[i];
    }
    return new ClassifierModel(
        bits, point[weights.length], calibration.scale(), calibration.shift(), weights);
  }

  private static Margins margins(Dataset<Row> documents, ClassifierModel model) {
    Broadcast<ClassifierModel> sent =
        JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext()).broadcast(model);
    MapPartitionsFunction<Row, Row> measure =
        rows -> {
          ClassifierModel.Scoring scoring = sent.value().scoring();
          return Rows.map(
              rows,
              row ->
                  RowFactory.create(
                      (int) Math.round(scoring.margin(row.getString(0)) * MARGIN_STEPS),
                      row.getBoolean(1)));
        };
    var bins = new TreeMap<Integer, long[]>();
    documents
        .select("text", "wanted")
        .mapPartitions(measure, Encoders.row(MARGIN))
        .groupBy("step", "wanted")
        .count()
        .collectAsList()
        .forEach(
            row ->
                bins.computeIfAbsent(row.getInt(0), step -> new long[2])[
                        row.getBoolean(1) ? 0 : 1] =
                    row.getLong(2));
    sent.destroy();
    var all = new ArrayList<Margins.Bin>();
    bins.forEach(
        (step, counts) -> all.add(new Margins.Bin(step / MARGIN_STEPS, counts[0], counts[1])));
    return new Margins(all);
  }
}
