package io.gristmill.curation.passage;

import static org.apache.spark.sql.functions.col;

import io.gristmill.curation.dedup.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Of the documents that pass, those that lose passages. */
final class ShortenedRows implements Iterator<Row> {
  private final Iterator<Row> documents;
  private final PlacedReader found;
  private final PassageConfig config;
  private Optional<Row> ready = Optional.empty();

  ShortenedRows(Iterator<Row> documents, PlacedReader found, PassageConfig config) {
    this.documents = documents;
    this.found = found;
    this.config = config;
  }

  /** What the documents must bring. */
  static Column[] columns() {
    return new Column[] {col("file"), col("row"), col("id"), col("text")};
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && documents.hasNext()) {
      ready = shortened(documents.next());
    }
    if (ready.isEmpty()) {
      close();
    }
    return ready.isPresent();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no shortened document is left");
    }
    Row row = ready.get();
    ready = Optional.empty();
    return row;
  }

  private Optional<Row> shortened(Row row) {
    int file = row.getInt(0);
    int number = row.getInt(1);
    List<Span> spans = new ArrayList<>();
    boolean needed = false;
    for (Group group : found.at(Node.place(file, number))) {
      Found passage = Found.fromGroup(group);
      if (passage.stays()) {
        needed = true;
      } else {
        spans.add(new Span(passage.kind(), passage.start(), passage.end()));
      }
    }
    return spans.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Shortened.of(row.getString(2), file, number, row.getString(3), spans, needed, config)
                .toRow());
  }

  private void close() {
    try {
      found.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
