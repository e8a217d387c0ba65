package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The kept documents of one partition, encoded, each with the file and the place in it where it
 * belongs.
 */
final class EncodedDocuments implements Iterator<Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("place", DataTypes.LongType, false)
          .add("document_id", DataTypes.StringType, false)
          .add("cluster_id", DataTypes.StringType, false)
          .add("tokens", DataTypes.BinaryType, false)
          .add("byte_count", DataTypes.LongType, false);

  private final Iterator<Row> documents;
  private final ShardConfig config;
  private final Holdout holdout;
  private final Map<FilePlan.Name, FilePlan.Files> files;
  private final Encoder encoder;
  private final TokenWidth width;
  private final int endOfText;

  /**
   * @param documents columns of {@link DocumentColumns#select}
   */
  EncodedDocuments(
      Iterator<Row> documents, Tokenizer tokenizer, ShardConfig config, FilePlan plan) {
    this.documents = documents;
    this.config = config;
    this.holdout = config.holdout();
    this.files = plan.byName();
    this.encoder = tokenizer.encoder();
    this.width = TokenWidth.of(tokenizer.vocabularySize());
    this.endOfText = tokenizer.endOfText();
  }

  @Override
  public boolean hasNext() {
    return documents.hasNext();
  }

  @Override
  public Row next() {
    Row document = documents.next();
    String id = document.getString(0);
    String clusterId = document.getString(1);
    FilePlan.Name name =
        new FilePlan.Name(holdout.split(clusterId), document.getString(2), document.getString(3));
    byte[] text = document.getAs(4);
    int[] encoded = encoder.encode(text);
    int[] tokens = Arrays.copyOf(encoded, encoded.length + 1);
    tokens[encoded.length] = endOfText;
    long hash = ShuffleHash.of(config.seed(), id);
    long place = hash ^ Long.MIN_VALUE; // Spark sorts as signed
    return RowFactory.create(
        files.get(name).file(hash), place, id, clusterId, width.pack(tokens), (long) text.length);
  }
}
