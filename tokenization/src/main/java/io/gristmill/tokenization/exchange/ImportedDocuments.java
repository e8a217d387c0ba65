package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.shard.TokenColumns;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The documents of a file as rows of {@link TokenColumns}. The file is closed after the last. */
final class ImportedDocuments implements Iterator<Row> {
  private final ShardImport.File source;
  private final ImportedFile file;
  private final TokenWidth width;
  private final int[] byteLengths;
  private long number;
  private boolean ready;

  ImportedDocuments(
      ShardImport.File source, TokenFormat format, Tokenizer tokenizer, Configuration configuration)
      throws IOException {
    this.source = source;
    this.file = ImportedFile.open(new Path(source.path()), format, tokenizer, configuration);
    this.width = TokenWidth.of(tokenizer.vocabularySize());
    this.byteLengths = byteLengths(tokenizer);
    advance();
  }

  /** UTF-8 bytes of text that each id stands for; added tokens are no text. */
  private static int[] byteLengths(Tokenizer tokenizer) {
    int[] lengths = new int[tokenizer.vocabularySize()];
    for (int id = 0; id < lengths.length; id++) {
      lengths[id] = tokenizer.isAdded(id) ? 0 : tokenizer.bytesOf(id).length;
    }
    return lengths;
  }

  @Override
  public boolean hasNext() {
    return ready;
  }

  @Override
  public Row next() {
    if (!ready) {
      throw new NoSuchElementException(source.path());
    }
    Tokens tokens = file.tokens();
    long bytes = 0;
    for (int i = 0; i < tokens.size(); i++) {
      bytes += byteLengths[tokens.get(i)];
    }
    String id = source.name() + "#" + number++;
    Row row =
        RowFactory.create(
            id,
            id,
            source.source().domain(),
            source.source().language(),
            width.pack(tokens),
            bytes);
    try {
      advance();
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read".formatted(source.path()), e);
    }
    return row;
  }

  private void advance() throws IOException {
    ready = file.next();
    if (!ready) {
      file.close();
    }
  }
}
