package io.gristmill.curation.decontamination;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The form of sets.json: an account of each evaluation set, counted from what was written. */
final class SetsJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SetsJson() {}

  /** What was found of a set. */
  private record Found(long items, long documents) {
    static final Found NOTHING = new Found(0, 0);
  }

  /** Writes the account; replaces the file. */
  static void write(List<EvaluationSet> sets, Dataset<Row> hits, Path file, Configuration hadoop)
      throws IOException {
    Map<String, Found> found = found(hits);
    ObjectNode root = JSON.createObjectNode();
    ArrayNode nodes = root.putArray("sets");
    for (EvaluationSet set : sets) {
      ObjectNode node =
          nodes
              .addObject()
              .put("name", set.name())
              .put("items", set.items())
              .put("checked", set.checked());
      ObjectNode uncheckable = node.putObject("uncheckable");
      set.uncheckable().forEach(uncheckable::put);
      ArrayNode examples = node.putArray("uncheckable_examples");
      set.examples().forEach(examples::add);
      Found of = found.getOrDefault(set.name(), Found.NOTHING);
      node.put("items_found", of.items()).put("documents", of.documents());
    }
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writeValueAsBytes(root));
    }
  }

  /** Distinct items, and the documents for which an item of the set decides. */
  private static Map<String, Found> found(Dataset<Row> hits) {
    Map<String, Found> found = new HashMap<>();
    hits.groupBy("evaluation")
        .agg(count_distinct(col("item")), sum(when(col("rank").equalTo(1), 1L).otherwise(0L)))
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), new Found(row.getLong(1), row.getLong(2))));
    return found;
  }
}
