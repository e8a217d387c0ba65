package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Tokenizer;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The kept documents of one partition, encoded and placed: rows of {@link Placement#SCHEMA}. */
final class EncodedDocuments implements Iterator<Row> {
  private final Iterator<Row> documents;
  private final Placement placement;
  private final DocumentEncoder encoder;
  private final TokenWidth width;
  private Row document = RowFactory.create();
  private byte[] tokens = new byte[0];
  private long bytes;
  private int copy;
  private int copies; // of the document

  /**
   * @param documents columns of {@link DocumentColumns#select(Dataset, ShardConfig)}
   */
  EncodedDocuments(
      Iterator<Row> documents, Tokenizer tokenizer, ShardConfig config, FilePlan plan) {
    this.documents = documents;
    this.placement = new Placement(config, plan);
    this.encoder = new DocumentEncoder(tokenizer, config.domainPrefix());
    this.width = TokenWidth.of(tokenizer.vocabularySize());
  }

  @Override
  public boolean hasNext() {
    return copy < copies || documents.hasNext();
  }

  @Override
  public Row next() {
    if (copy == copies) {
      document = documents.next();
      byte[] text = document.getAs(4);
      tokens = width.pack(encoder.encode(document.getString(2), text));
      bytes = text.length;
      copies = document.getInt(6);
      copy = 0;
    }
    copy++;
    String id = document.getString(0);
    return placement.row(
        copy == 1 ? id : Rehydration.copyId(id, copy),
        copy > 1,
        document.getString(1),
        document.getString(2),
        document.getString(3),
        tokens,
        bytes);
  }
}
