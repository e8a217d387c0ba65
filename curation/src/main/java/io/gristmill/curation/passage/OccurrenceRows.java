package io.gristmill.curation.passage;

import io.gristmill.curation.dedup.Node;
import io.gristmill.curation.dedup.StoredDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;

/** The occurrences of passages in the documents that pass, but for those documents that go. */
final class OccurrenceRows implements Iterator<Row> {
  private final Iterator<Row> documents;
  private final PlacedReader gone;
  private final Passages passages;
  private final Queue<Row> ready = new ArrayDeque<>();
  private final FirstSeen firstSeen = new FirstSeen(seen -> ready.add(seen.toRow()));
  private boolean finished;

  OccurrenceRows(Iterator<Row> documents, PlacedReader gone, PassageConfig config) {
    this.documents = documents;
    this.gone = gone;
    this.passages = new Passages(config);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && documents.hasNext()) {
      take(documents.next());
    }
    if (ready.isEmpty() && !finished) {
      finish();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no passage is left");
    }
    return ready.remove();
  }

  private void take(Row row) {
    long at = Node.place(row.getInt(0), row.getInt(1));
    if (!gone.at(at).isEmpty()) {
      return;
    }
    StoredDocument document = StoredDocument.fromRow(row);
    Node node = document.node();
    for (Passage passage : passages.of(document.text())) {
      firstSeen.add(new Occurrence(passage, node, Occurrence.Rest.UNKNOWN));
    }
  }

  private void finish() {
    firstSeen.finish();
    finished = true;
    try {
      gone.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
