package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Of the documents that pass, those that are members of a component, as candidates. */
final class CandidateRows implements Iterator<Row> {
  private final Iterator<Row> documents;
  private final MemberReader members;
  private final Shingles shingles;
  private Optional<Row> ready = Optional.empty();

  CandidateRows(Iterator<Row> documents, MemberReader members, MinHashConfig config) {
    this.documents = documents;
    this.members = members;
    this.shingles = new Shingles(config);
  }

  /** What the documents must bring. */
  static Column[] columns() {
    return new Column[] {
      col("file"),
      col("row"),
      col("id"),
      col("text"),
      expr("coalesce(unix_seconds(fetched_at), -1L)").as("fetched_seconds")
    };
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && documents.hasNext()) {
      ready = candidate(documents.next());
    }
    if (ready.isEmpty()) {
      close();
    }
    return ready.isPresent();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no candidate is left");
    }
    Row row = ready.get();
    ready = Optional.empty();
    return row;
  }

  private Optional<Row> candidate(Row row) {
    long at = Node.place(row.getInt(0), row.getInt(1));
    return members
        .at(at)
        .map(
            member -> {
              String id = row.getString(2);
              String text = row.getString(3);
              Node node = Signatures.node(row.getInt(0), row.getInt(1), id, text, row.getLong(4));
              return Candidate.of(node, member, id, text, shingles).toRow();
            });
  }

  private void close() {
    try {
      members.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
