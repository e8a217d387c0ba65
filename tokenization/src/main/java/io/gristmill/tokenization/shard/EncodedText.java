package io.gristmill.tokenization.shard;

import io.gristmill.tokenization.Tokenizer;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.api.java.UDF2;

/**
 * The tokens of a document, packed as the shards hold them, of its domain and the UTF-8 bytes of
 * its text. Every task reads a copy of it and so has an encoder of its own.
 */
final class EncodedText implements UDF2<String, byte[], byte[]> {
  private static final long serialVersionUID = 1;

  private final Broadcast<Tokenizer> tokenizer;
  private final boolean domainPrefix;
  private transient DocumentEncoder encoder;
  private transient TokenWidth width;

  EncodedText(Broadcast<Tokenizer> tokenizer, boolean domainPrefix) {
    this.tokenizer = tokenizer;
    this.domainPrefix = domainPrefix;
  }

  @Override
  public byte[] call(String domain, byte[] text) {
    if (encoder == null) {
      encoder = new DocumentEncoder(tokenizer.value(), domainPrefix);
      width = TokenWidth.of(tokenizer.value().vocabularySize());
    }
    return width.pack(encoder.encode(domain, text));
  }
}
