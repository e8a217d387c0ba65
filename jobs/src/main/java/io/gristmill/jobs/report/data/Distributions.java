package io.gristmill.jobs.report.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;

import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Rule;
import io.gristmill.jobs.report.data.Distribution.Cut;
import io.gristmill.jobs.report.data.Distribution.Near;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the values of every signal in the languages that have most documents, and finds the
 * documents nearest to each bound of the profile's rules.
 */
final class Distributions {
  private static final int LANGUAGES = 3;

  private static final StructType NEAREST =
      new StructType()
          .add("bound", DataTypes.IntegerType, false)
          .add("beyond", DataTypes.BooleanType, false)
          .add("distance", DataTypes.DoubleType, false)
          .add("value", DataTypes.DoubleType, false);

  private Distributions() {}

  /** A bound of a rule of a language. */
  private record Bound(String signal, String reason, double threshold, boolean least, String source)
      implements Serializable {
    boolean beyond(double value) {
      return least ? value < threshold : value > threshold;
    }
  }

  /**
   * Of every signal of the documents, those that rules read first, in the order of the rules; none
   * where there are no documents with signals.
   */
  static List<Distribution> read(SparkSession spark, Path documents, Profile profile)
      throws IOException {
    if (!Samples.written(
        documents.getFileSystem(spark.sparkContext().hadoopConfiguration()), documents)) {
      return List.of();
    }
    Dataset<Row> rows = spark.read().parquet(documents.toString());
    if (!Arrays.asList(rows.columns()).contains("signals")) {
      return List.of();
    }
    Dataset<Row> measured = rows.where(col("signals").isNotNull());
    List<String> signals =
        Arrays.asList(((StructType) rows.schema().apply("signals").dataType()).fieldNames());
    var distributions = new ArrayList<Distribution>();
    for (Row language :
        measured
            .groupBy("language")
            .agg(count(lit(1)).as("documents"))
            .orderBy(col("documents").desc(), col("language"))
            .limit(LANGUAGES)
            .collectAsList()) {
      String tag = language.getString(0);
      distributions.addAll(
          of(measured.where(col("language").equalTo(tag)), tag, signals, profile.rulesOf(tag)));
    }
    return distributions;
  }

  private static List<Distribution> of(
      Dataset<Row> documents, String language, List<String> signals, List<Rule> rules) {
    List<Bound> bounds =
        rules.stream()
            .filter(rule -> signals.contains(rule.signal()))
            .flatMap(rule -> bounds(rule).stream())
            .toList();
    Map<String, Axis> axes = axes(documents, signals, bounds);
    Map<String, long[]> bins = bins(documents, signals, axes);
    Map<Integer, Long> beyond = new HashMap<>();
    Map<String, Near> nearest = nearest(documents, signals, bounds, beyond);
    Map<String, List<Cut>> cuts = new LinkedHashMap<>();
    for (int bound = 0; bound < bounds.size(); bound++) {
      Bound of = bounds.get(bound);
      cuts.computeIfAbsent(of.signal(), signal -> new ArrayList<>())
          .add(
              new Cut(
                  of.reason(),
                  of.threshold(),
                  of.least(),
                  of.source(),
                  beyond.getOrDefault(bound, 0L),
                  Optional.ofNullable(nearest.get(bound + " false")),
                  Optional.ofNullable(nearest.get(bound + " true"))));
    }
    var order = new ArrayList<>(cuts.keySet());
    signals.stream().filter(signal -> !cuts.containsKey(signal)).forEach(order::add);
    return order.stream()
        .filter(axes::containsKey)
        .map(
            signal -> {
              List<Long> counts = Arrays.stream(bins.get(signal)).boxed().toList();
              return new Distribution(
                  language,
                  signal,
                  counts.stream().mapToLong(Long::longValue).sum(),
                  axes.get(signal),
                  counts,
                  cuts.getOrDefault(signal, List.of()));
            })
        .toList();
  }

  private static List<Bound> bounds(Rule rule) {
    var bounds = new ArrayList<Bound>();
    if (rule.min() > Double.NEGATIVE_INFINITY) {
      bounds.add(new Bound(rule.signal(), rule.reason(), rule.min(), true, rule.source()));
    }
    if (rule.max() < Double.POSITIVE_INFINITY) {
      bounds.add(new Bound(rule.signal(), rule.reason(), rule.max(), false, rule.source()));
    }
    return bounds;
  }

  /** From the least value to the largest, thresholds that lie near included. */
  private static Map<String, Axis> axes(
      Dataset<Row> documents, List<String> signals, List<Bound> bounds) {
    var ends = new ArrayList<Column>();
    for (String signal : signals) {
      ends.add(min(col("signals." + signal)));
      ends.add(max(col("signals." + signal)));
    }
    Row found =
        documents.agg(ends.getFirst(), ends.subList(1, ends.size()).toArray(Column[]::new)).first();
    Map<String, Axis> axes = new TreeMap<>();
    for (int i = 0; i < signals.size(); i++) {
      if (!found.isNullAt(2 * i)) {
        String signal = signals.get(i);
        double low = found.getDouble(2 * i);
        double high = found.getDouble(2 * i + 1);
        for (Bound bound : bounds) {
          if (bound.signal().equals(signal)) {
            low = Math.min(low, bound.threshold());
            high = Math.max(high, bound.threshold());
          }
        }
        axes.put(signal, new Axis(low, high));
      }
    }
    return axes;
  }

  private static Map<String, long[]> bins(
      Dataset<Row> documents, List<String> signals, Map<String, Axis> axes) {
    List<String> drawn = signals.stream().filter(axes::containsKey).toList();
    List<Axis> byPlace = drawn.stream().map(axes::get).toList();
    UDF1<Row, List<Integer>> places =
        values -> {
          var bins = new ArrayList<Integer>();
          for (int i = 0; i < byPlace.size(); i++) {
            if (!values.isNullAt(i)) {
              bins.add(i * Axis.BINS + byPlace.get(i).bin(values.getDouble(i)));
            }
          }
          return bins;
        };
    Column values =
        struct(drawn.stream().map(signal -> col("signals." + signal)).toArray(Column[]::new));
    Map<String, long[]> bins = new HashMap<>();
    drawn.forEach(signal -> bins.put(signal, new long[Axis.BINS]));
    documents
        .select(
            explode(
                    udf(places, DataTypes.createArrayType(DataTypes.IntegerType, false))
                        .apply(values))
                .as("bin"))
        .groupBy("bin")
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row ->
                bins.get(drawn.get(row.getInt(0) / Axis.BINS))[row.getInt(0) % Axis.BINS] =
                    row.getLong(1));
    return bins;
  }

  /** By number of the bound and side; counts those beyond each as well. */
  private static Map<String, Near> nearest(
      Dataset<Row> documents, List<String> signals, List<Bound> bounds, Map<Integer, Long> beyond) {
    if (bounds.isEmpty()) {
      return Map.of();
    }
    List<Integer> places = bounds.stream().map(bound -> signals.indexOf(bound.signal())).toList();
    UDF2<Row, Boolean, List<Row>> distances =
        (values, stored) -> {
          var found = new ArrayList<Row>();
          for (int i = 0; i < bounds.size(); i++) {
            if (!values.isNullAt(places.get(i))) {
              double value = values.getDouble(places.get(i));
              double distance =
                  stored ? Math.abs(value - bounds.get(i).threshold()) : Double.POSITIVE_INFINITY;
              found.add(RowFactory.create(i, bounds.get(i).beyond(value), distance, value));
            }
          }
          return found;
        };
    List<Row> rows =
        documents
            .select(
                col("id"),
                explode(
                        udf(distances, DataTypes.createArrayType(NEAREST, false))
                            .apply(col("signals"), col("text").isNotNull()))
                    .as("near"))
            .groupBy("near.bound", "near.beyond")
            .agg(
                count(lit(1)),
                min(struct(col("near.distance"), col("id"), col("near.value"))).as("nearest"))
            .collectAsList();
    Map<String, Row> chosen = new HashMap<>();
    for (Row row : rows) {
      Row nearest = row.getStruct(3);
      if (row.getBoolean(1)) {
        beyond.put(row.getInt(0), row.getLong(2));
      }
      if (Double.isFinite(nearest.getDouble(0))) {
        chosen.put(row.getInt(0) + " " + row.getBoolean(1), nearest);
      }
    }
    Map<String, String> texts = texts(documents, chosen);
    Map<String, Near> near = new HashMap<>();
    chosen.forEach(
        (place, row) ->
            near.put(
                place,
                new Near(
                    row.getString(1), row.getDouble(2), texts.getOrDefault(row.getString(1), ""))));
    return near;
  }

  private static Map<String, String> texts(Dataset<Row> documents, Map<String, Row> chosen) {
    Object[] ids = chosen.values().stream().map(row -> row.getString(1)).distinct().toArray();
    Map<String, String> texts = new HashMap<>();
    documents
        .where(col("id").isin(ids).and(col("text").isNotNull()))
        .select(col("id"), substring(col("text"), 1, Samples.TEXT))
        .collectAsList()
        .stream()
        .sorted(Comparator.comparing(row -> row.getString(1)))
        .forEach(row -> texts.putIfAbsent(row.getString(0), row.getString(1)));
    return texts;
  }
}
