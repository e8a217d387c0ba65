package io.gristmill.curation.dedup;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** The samples of each component, root first, as one {@link Giant}. */
final class GiantRows implements Iterator<Row> {
  private final Iterator<Row> samples;
  private Optional<Row> ahead;

  GiantRows(Iterator<Row> samples) {
    this.samples = samples;
    this.ahead = next(samples);
  }

  @Override
  public boolean hasNext() {
    return ahead.isPresent();
  }

  @Override
  public Row next() {
    Row first = ahead.orElseThrow(() -> new NoSuchElementException("no component is left"));
    Node root = Node.fromRow(first.getStruct(0));
    ShingleSet shingles = ShingleSet.fromBytes(first.getAs(5));
    boolean book = shingles.size() > Giants.MOST_ROOT_SHINGLES;
    var content =
        new Content(first.getLong(3), first.getLong(4), book ? ShingleSet.empty() : shingles);
    var common = new CommonShingles();
    while (ahead.isPresent() && Node.fromRow(ahead.get().getStruct(0)).at() == root.at()) {
      common.add(ShingleSet.fromBytes(ahead.get().getAs(5)));
      ahead = next(samples);
    }
    return new Giant(root, content, common.common()).toRow();
  }

  private static Optional<Row> next(Iterator<Row> rows) {
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }
}
