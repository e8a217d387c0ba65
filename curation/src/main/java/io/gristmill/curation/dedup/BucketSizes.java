package io.gristmill.curation.dedup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * _buckets.json: how many keys how many documents shared. Sizes are powers of two, each standing for
 * all above the one before it. The largest bucket tells of a template or a copied page.
 */
public final class BucketSizes {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String NAME = "_buckets.json";

  private BucketSizes() {}

  /** Writes the sizes beside the duplicates. */
  public static void write(Dataset<Row> sizes, Path folder, Configuration hadoop)
      throws IOException {
    SortedMap<Integer, Long> sorted = new TreeMap<>();
    sizes.collectAsList().forEach(row -> sorted.put(row.getInt(0), row.getLong(1)));
    ObjectNode root = JSON.createObjectNode();
    ObjectNode buckets = root.putObject("buckets_by_size");
    sorted.forEach((size, count) -> buckets.put(Integer.toString(size), count));
    try (OutputStream out = folder.getFileSystem(hadoop).create(new Path(folder, NAME), true)) {
      out.write(JSON.writeValueAsBytes(root));
    }
  }

  /** The number of buckets by size; none where the file is absent. */
  public static SortedMap<Integer, Long> read(Path folder, Configuration hadoop)
      throws IOException {
    try (InputStream in = folder.getFileSystem(hadoop).open(new Path(folder, NAME))) {
      SortedMap<Integer, Long> sizes = new TreeMap<>();
      for (var entry : JSON.readTree(in).path("buckets_by_size").properties()) {
        JsonNode count = entry.getValue();
        sizes.put(Integer.valueOf(entry.getKey()), count.asLong());
      }
      return Collections.unmodifiableSortedMap(sizes);
    } catch (FileNotFoundException absent) {
      return Collections.emptySortedMap();
    }
  }
}
