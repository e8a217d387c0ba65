package io.gristmill.curation;

import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.lists.WantedUrls;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceReader;
import io.gristmill.curation.source.SourceRecord;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.FileRead;
import io.gristmill.curation.source.SourceRecord.Page;
import io.gristmill.curation.source.SourceRecord.Skip;
import io.gristmill.curation.source.Split;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** The judged rows of a group of splits, one record in memory at a time. */
final class JudgedRows implements Iterator<Row>, AutoCloseable {
  private final int group;
  private final Iterator<Split> splits;
  private final Judge judge;
  private final WantedUrls wanted;
  private final Removals removals;
  private final Configuration hadoop;
  private final LongAccumulator extracted;
  private Optional<SourceReader> reader = Optional.empty();
  private String domain = "";
  private int row;

  JudgedRows(
      int group,
      List<Split> splits,
      Judge judge,
      WantedUrls wanted,
      Removals removals,
      Configuration hadoop,
      LongAccumulator extracted) {
    this.group = group;
    this.splits = splits.iterator();
    this.judge = judge;
    this.wanted = wanted;
    this.removals = removals;
    this.hadoop = hadoop;
    this.extracted = extracted;
  }

  @Override
  public boolean hasNext() {
    while (reader.isEmpty() || !reader.get().hasNext()) {
      close();
      if (!splits.hasNext()) {
        return false;
      }
      Split split = splits.next();
      SourceConfig source = split.file().config();
      domain = source.domain();
      reader = Optional.of(SourceReader.open(split, hadoop, url -> wanted.ask(source, url)));
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no row is left in group %d".formatted(group));
    }
    return judged(reader.get().next(), row++);
  }

  @Override
  public void close() {
    reader.ifPresent(SourceReader::close);
    reader = Optional.empty();
  }

  private Row judged(SourceRecord record, int number) {
    return switch (record) {
      case Page page when removals.ask(page.id(), page.url()) ->
          DocumentSchema.toRow(
              group, number, Judge.removed(page.id(), page.url(), page.source(), domain));
      case Page page -> {
        extracted.add(1);
        yield DocumentSchema.toRow(group, number, judge.judge(page, domain));
      }
      case Skip skip -> DocumentSchema.toRow(group, number, judge.judge(skip, domain));
      case Failure failure -> DocumentSchema.toRow(group, number, judge.judge(failure, domain));
      case FileRead read ->
          DocumentSchema.toRow(
              group,
              number,
              Judge.idOf("file", "%s@%d".formatted(read.relative(), read.from())),
              domain,
              read);
    };
  }
}
