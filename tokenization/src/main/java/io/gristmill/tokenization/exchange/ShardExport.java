package io.gristmill.tokenization.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Token shards to the files of another trainer: one Spark task a data set, the same bytes on any
 * cluster, memory for a row group a group of shards.
 *
 * @param merge one data set a split, all its groups in the order of the global shuffle; otherwise
 *     one a group
 * @param partTokens the most tokens of an llm.c file, but for a document that has more
 */
public record ShardExport(TokenFormat format, boolean merge, int partTokens)
    implements Serializable {
  /** The name of the file that tells what the others are. */
  public static final String INDEX = "tokens.json";

  /** As llm.c's own scripts cut them: 100,000,000. */
  private static final int PART_TOKENS = 100_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public ShardExport {
    if (partTokens < 1) {
      throw new IllegalArgumentException(
          "part-tokens is %d, must be at least 1; %d is usual".formatted(partTokens, PART_TOKENS));
    }
  }

  public ShardExport(TokenFormat format, boolean merge) {
    this(format, merge, PART_TOKENS);
  }

  /**
   * What was written.
   *
   * @param files their number
   */
  public record Written(long documents, long tokens, int files) {}

  /**
   * Stops when the format cannot hold the shards.
   *
   * @throws IllegalArgumentException saying which format can
   */
  public void requireFits(ShardIndex index) {
    if (format == TokenFormat.NANOGPT && index.width() != TokenWidth.U16) {
      throw new IllegalArgumentException(
          "nanogpt's files have two bytes a token, which hold 65,536 ids, the vocabulary has %,d; export as %s or %s"
              .formatted(index.vocabularySize(), TokenFormat.MEGATRON, TokenFormat.LLM_C));
    }
  }

  /** Writes the files, and last {@value #INDEX}. */
  public Written write(SparkSession spark, Shards shards, Path folder) throws IOException {
    requireFits(shards.index());
    Broadcast<SerializableConfiguration> configuration =
        SerializableConfiguration.broadcast(spark.sparkContext());
    String from = shards.folder().toString();
    String to = folder.toString();
    Function<Integer, List<String>> task =
        number -> write(number, from, to, configuration.value().value());
    List<DataSet> sets = DataSet.of(shards, merge);
    List<List<String>> files =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, sets.size()).boxed().toList(), sets.size())
            .map(task)
            .collect();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path index = new Path(folder, INDEX);
    try (OutputStream out = index.getFileSystem(hadoop).create(index, true)) {
      out.write(JSON.writeValueAsBytes(index(shards.index(), sets, files)));
    }
    return new Written(
        sets.stream().mapToLong(DataSet::documents).sum(),
        sets.stream().mapToLong(DataSet::tokens).sum(),
        files.stream().mapToInt(List::size).sum());
  }

  private List<String> write(int number, String from, String to, Configuration configuration)
      throws IOException {
    DataSet set = DataSet.of(Shards.open(new Path(from), configuration), merge).get(number);
    String attempt = String.valueOf(TaskContext.get().taskAttemptId());
    return new DataSetWriter(new Path(to), attempt, configuration).write(set, format, partTokens);
  }

  private ObjectNode index(ShardIndex shards, List<DataSet> sets, List<List<String>> files) {
    ObjectNode root =
        JSON.createObjectNode()
            .put("format", format.key())
            .put("tokenizer_sha256", shards.tokenizerSha256())
            .put("vocabulary_size", shards.vocabularySize())
            .put("end_of_text", shards.endOfText())
            .put("domain_prefix", shards.domainPrefix());
    ArrayNode data = root.putArray("data");
    for (int i = 0; i < sets.size(); i++) {
      DataSet set = sets.get(i);
      ObjectNode node =
          data.addObject()
              .put("name", set.name())
              .put("documents", set.documents())
              .put("tokens", set.tokens());
      ArrayNode groups = node.putArray("groups");
      set.groups().forEach(group -> groups.add(group.label()));
      ArrayNode names = node.putArray("files");
      files.get(i).forEach(names::add);
    }
    return root;
  }
}
