package io.gristmill.jobs.report.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.JsonNode;
import io.gristmill.curation.decontamination.Decontamination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * What a decontamination found.
 *
 * @param sets in the order of the configuration
 * @param hits some documents with the items that decided, a few of each set
 */
public record Contaminations(List<EvaluationSet> sets, List<Hit> hits) {
  private static final int SHOWN_PER_SET = 3;
  private static final int SHOWN = 12;

  public Contaminations {
    sets = List.copyOf(sets);
    hits = List.copyOf(hits);
  }

  /**
   * The account of a set.
   *
   * @param uncheckable items that cannot be checked, by reason
   * @param found items that some document holds
   * @param documents for which an item of this set decided
   */
  public record EvaluationSet(
      String name,
      long items,
      long checked,
      SortedMap<String, Long> uncheckable,
      long found,
      long documents) {
    public EvaluationSet {
      uncheckable = new TreeMap<>(uncheckable);
    }
  }

  /**
   * A document with the item that decided.
   *
   * @param item file and line
   * @param items how many the document holds
   * @param passage of the document
   */
  public record Hit(
      String id,
      String set,
      String item,
      double score,
      double threshold,
      int items,
      String passage,
      String itemText) {}

  /** No decontamination. */
  public static Contaminations none() {
    return new Contaminations(List.of(), List.of());
  }

  /**
   * Reads the folder of the stage, where the ledger says that the run had it: a folder may be left
   * from an earlier configuration.
   *
   * @param seed chooses the hits
   */
  static Contaminations read(
      SparkSession spark, Path folder, Funnel funnel, long seed, List<String> notes)
      throws IOException {
    if (funnel.flows().stream().noneMatch(flow -> flow.stage().equals("decontaminate"))) {
      return none();
    }
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    var sets = new ArrayList<EvaluationSet>();
    for (JsonNode set :
        JsonFile.read(Decontamination.setsJson(folder), hadoop, notes).path("sets")) {
      sets.add(
          new EvaluationSet(
              JsonFile.word(set, "name"),
              JsonFile.count(set, "items"),
              JsonFile.count(set, "checked"),
              JsonFile.counts(set.path("uncheckable")),
              JsonFile.count(set, "items_found"),
              JsonFile.count(set, "documents")));
    }
    FileSystem files = folder.getFileSystem(hadoop);
    return new Contaminations(
        sets, files.exists(Decontamination.hits(folder)) ? hits(spark, folder, seed) : List.of());
  }

  private static List<Hit> hits(SparkSession spark, Path folder, long seed) {
    Column chance = xxhash64(col("id"), col("item"), lit(seed));
    return Decontamination.deciding(spark, folder)
        .withColumn(
            "turn", row_number().over(Window.partitionBy("evaluation").orderBy(chance, col("id"))))
        .where(col("turn").leq(SHOWN_PER_SET))
        .orderBy("turn", "evaluation")
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .map(Contaminations::hit)
        .toList();
  }

  private static Hit hit(Row row) {
    return new Hit(
        row.getAs("id"),
        row.getAs("evaluation"),
        row.getAs("item"),
        row.<Double>getAs("score"),
        row.<Double>getAs("threshold"),
        row.<Integer>getAs("items"),
        row.getAs("passage"),
        row.getAs("item_text"));
  }
}
