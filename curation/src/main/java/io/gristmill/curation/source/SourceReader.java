package io.gristmill.curation.source;

import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads one file, or one split of it: its records in file order, then one {@link
 * SourceRecord.FileRead}, unless a split has no byte of the file that is not another's. Damaged
 * data becomes {@link SourceRecord.Failure}; only the storage itself can make a reader throw.
 */
public final class SourceReader implements Iterator<SourceRecord>, Closeable {
  private final Split split;
  private final ByteAccount account;
  private final RecordFlow flow;
  private final Queue<SourceRecord> ready = new ArrayDeque<>();
  private boolean ended;

  private SourceReader(Split split, ByteAccount account, RecordFlow flow) {
    this.split = split;
    this.account = account;
    this.flow = flow;
  }

  /**
   * Opens a split; close the reader when done with it.
   *
   * @throws UncheckedIOException if the storage fails, here or while reading
   */
  public static SourceReader open(Split split, Configuration configuration) {
    return open(split, configuration, url -> true);
  }

  /**
   * The same of some pages.
   *
   * @param wanted by the URL, which may be empty: other records are skipped as {@code not_selected}
   */
  public static SourceReader open(
      Split split, Configuration configuration, Predicate<String> wanted) {
    var account = new ByteAccount(split.file().length());
    var documents = new Documents(split.file().config().extraction(), wanted);
    try {
      return new SourceReader(split, account, flow(split, account, documents, configuration));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open %s".formatted(split.file().path()), e);
    }
  }

  /** Reads a whole file into a sink. */
  public static void read(
      SourceFile file, Configuration configuration, Consumer<SourceRecord> sink) {
    try (SourceReader reader = open(Split.whole(file), configuration)) {
      reader.forEachRemaining(sink);
    }
  }

  private static RecordFlow flow(
      Split split, ByteAccount account, Documents documents, Configuration configuration)
      throws IOException {
    SourceFile file = split.file();
    if (split.indexed()) {
      return new AskedRecords(
          split, () -> Storage.open(file.path(), file.length(), configuration), account, documents);
    }
    return switch (file.format()) {
      case UNKNOWN -> new Unread(file);
      case ZIP ->
          new ZipPages(
              split, Storage.open(file.path(), file.length(), configuration), account, documents);
      case JSONL -> JsonLines.open(split, members(file, configuration), account, documents);
      case HTML, TEXT -> new WholeFile(file, members(file, configuration), account, documents);
      case WARC, WET, ARC ->
          ArchiveRecords.open(
              split, Storage.open(file.path(), file.length(), configuration), account, documents);
      case PARQUET -> new ParquetRows(split, configuration, account, documents);
    };
  }

  private static Members members(SourceFile file, Configuration configuration) {
    return Members.open(Storage.open(file.path(), file.length(), configuration));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      try {
        if (!flow.advance(ready::add)) {
          ended = true;
          if (split.first() || !account.isEmpty()) {
            ready.add(account.close(split.file().relative()));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read %s".formatted(split.file().path()), e);
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public SourceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          "no record is left in %s".formatted(split.file().relative()));
    }
    return ready.remove();
  }

  @Override
  public void close() {
    try {
      flow.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close %s".formatted(split.file().path()), e);
    }
  }

  /** A file of no known format: counted, not read. */
  private record Unread(SourceFile file) implements RecordFlow {
    @Override
    public boolean advance(Consumer<SourceRecord> sink) {
      String id = PageIds.of(file.relative(), "", "1");
      sink.accept(new Skip(id, "", file.relative(), "format_unknown", "set format to read it"));
      return false;
    }

    @Override
    public void close() {}
  }
}
