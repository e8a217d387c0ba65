package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Tokenizer;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** The kept documents of one partition, encoded and placed: rows of {@link Placement#SCHEMA}. */
final class EncodedDocuments implements Iterator<Row> {
  private final Iterator<Row> documents;
  private final Placement placement;
  private final DocumentEncoder encoder;
  private final TokenWidth width;

  /**
   * @param documents columns of {@link DocumentColumns#select}
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
    return documents.hasNext();
  }

  @Override
  public Row next() {
    Row document = documents.next();
    String domain = document.getString(2);
    byte[] text = document.getAs(4);
    byte[] tokens = width.pack(encoder.encode(domain, text));
    return placement.row(
        document.getString(0),
        document.getString(1),
        domain,
        document.getString(3),
        tokens,
        text.length);
  }
}
