package io.gristmill.curation.passage;

import io.gristmill.curation.dedup.Node;
import io.gristmill.curation.dedup.StoredDocument;
import io.gristmill.curation.document.PlacedScan;
import io.gristmill.curation.document.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;

/** The occurrences of passages in the documents that pass, but for those documents that go. */
final class Occurrences implements PlacedScan.Reading {
  private final Passages passages;
  private List<Occurrence> ready = new ArrayList<>();
  private final FirstSeen firstSeen = new FirstSeen(seen -> ready.add(seen));

  Occurrences(PassageConfig config) {
    this.passages = new Passages(config);
  }

  @Override
  public Iterator<Row> of(Row row, List<Group> gone) {
    if (!gone.isEmpty()) {
      return Collections.emptyIterator();
    }
    StoredDocument document = StoredDocument.fromRow(row);
    Node node = document.node();
    for (Passage passage : passages.of(document.text())) {
      firstSeen.add(new Occurrence(passage, node, Occurrence.Rest.UNKNOWN));
    }
    return ready();
  }

  @Override
  public Iterator<Row> last() {
    firstSeen.finish();
    return ready();
  }

  private Iterator<Row> ready() {
    List<Occurrence> taken = ready;
    ready = new ArrayList<>();
    return Rows.map(taken.iterator(), Occurrence::toRow);
  }
}
