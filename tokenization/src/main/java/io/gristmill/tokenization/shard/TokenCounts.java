package io.gristmill.tokenization.shard;

import static org.apache.spark.sql.functions.sum;

import io.gristmill.tokenization.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How many tokens the shards of some documents would have, without making them. Of a sample of the
 * documents the tokens are counted, of all of them number and bytes; the tokens of the rest follow
 * from their bytes.
 *
 * @param groups sorted by split, domain and language
 */
public record TokenCounts(List<Group> groups) {
  private static final StructType SCHEMA =
      new StructType()
          .add("split", DataTypes.StringType, false)
          .add("domain", DataTypes.StringType, false)
          .add("language", DataTypes.StringType, false)
          .add("documents", DataTypes.LongType, false)
          .add("bytes", DataTypes.LongType, false)
          .add("counted_bytes", DataTypes.LongType, false)
          .add("counted_tokens", DataTypes.LongType, false);

  public TokenCounts {
    groups =
        groups.stream()
            .sorted(
                Comparator.comparing(Group::split)
                    .thenComparing(Group::domain)
                    .thenComparing(Group::language))
            .toList();
  }

  /**
   * The documents of one split, domain and language.
   *
   * @param bytes UTF-8 bytes of their texts
   * @param countedBytes of the documents in the sample
   * @param countedTokens of the documents in the sample, end-of-text tokens included
   */
  public record Group(
      Split split,
      String domain,
      String language,
      long documents,
      long bytes,
      long countedBytes,
      long countedTokens) {}

  /**
   * Counts.
   *
   * @param documents the kept documents, columns of {@link DocumentColumns}
   * @param sample the part of the documents to encode, above 0 to 1; a hash of the id chooses them
   */
  public static TokenCounts of(
      Dataset<Row> documents, Tokenizer tokenizer, ShardConfig config, double sample) {
    if (!(sample > 0 && sample <= 1)) {
      throw new IllegalArgumentException(
          "sample is %s, must be above 0 and at most 1; 0.01 is usual".formatted(sample));
    }
    Broadcast<Tokenizer> shared =
        JavaSparkContext.fromSparkContext(documents.sparkSession().sparkContext())
            .broadcast(tokenizer);
    MapPartitionsFunction<Row, Row> count =
        rows -> counted(rows, shared.value(), config, sample).iterator();
    List<Row> sums =
        DocumentColumns.select(documents, config)
            .mapPartitions(count, Encoders.row(SCHEMA))
            .groupBy("split", "domain", "language")
            .agg(sum("documents"), sum("bytes"), sum("counted_bytes"), sum("counted_tokens"))
            .collectAsList();
    TokenCounts counts =
        new TokenCounts(
            sums.stream()
                .map(
                    row ->
                        new Group(
                            Split.named(row.getString(0)),
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)))
                .toList());
    if (counts.groups().stream().allMatch(group -> group.countedTokens() == 0)) {
      throw new IllegalArgumentException(
          "none of %,d documents is in a sample of %s; take a larger one"
              .formatted(counts.groups().stream().mapToLong(Group::documents).sum(), sample));
    }
    return counts;
  }

  private static List<Row> counted(
      Iterator<Row> documents, Tokenizer tokenizer, ShardConfig config, double sample) {
    DocumentEncoder encoder = new DocumentEncoder(tokenizer, config.domainPrefix());
    Map<FilePlan.Name, long[]> sums = new HashMap<>();
    while (documents.hasNext()) {
      Row document = documents.next();
      String domain = document.getString(2);
      Split split = config.holdout().split(document.getString(1));
      long[] sum =
          sums.computeIfAbsent(
              new FilePlan.Name(split, domain, document.getString(3)), name -> new long[4]);
      byte[] text = document.getAs(4);
      int times = document.getInt(6);
      sum[0] += times;
      sum[1] += (long) times * text.length;
      // Salted, so that the sample is not the beginning of the shards.
      long hash = ShuffleHash.of(config.seed() ^ 0x73616d706c65L, document.getString(0));
      if ((hash >>> 11) * 0x1p-53 < sample) {
        sum[2] += (long) times * text.length;
        sum[3] += (long) times * encoder.encode(domain, text).size();
      }
    }
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (name, sum) ->
            rows.add(
                RowFactory.create(
                    name.split().key(),
                    name.domain(),
                    name.language(),
                    sum[0],
                    sum[1],
                    sum[2],
                    sum[3])));
    return rows;
  }

  /** The tokens of a group: counted, or as many as its bytes let expect. */
  public long tokens(Group group) {
    if (group.countedBytes() == group.bytes()) {
      return group.countedTokens();
    }
    return group.countedBytes() > 0
        ? Math.round((double) group.countedTokens() / group.countedBytes() * group.bytes())
        : Math.round(tokensPerByte() * group.bytes());
  }

  /** Of all documents in the sample. */
  private double tokensPerByte() {
    long tokens = groups.stream().mapToLong(Group::countedTokens).sum();
    long bytes = groups.stream().mapToLong(Group::countedBytes).sum();
    return bytes == 0 ? 0 : (double) tokens / bytes;
  }
}
