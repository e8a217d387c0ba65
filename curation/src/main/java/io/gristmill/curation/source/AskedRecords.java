package io.gristmill.curation.source;

import io.gristmill.curation.compression.Members;
import io.gristmill.curation.compression.StorageInput;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Documents of the records of an archive that an index asks for. What lies between them is not
 * read, and accounted for as that.
 */
final class AskedRecords implements RecordFlow {
  private final Split split;
  private final Supplier<StorageInput> open;
  private final ByteAccount account;
  private final Documents documents;
  private final Iterator<AskedRange> ranges;
  private StorageInput input;
  private ArchiveRecords records;
  private AskedRange range;
  private long read;

  /**
   * @param open opens the file, which is not done where nothing of it is asked for
   */
  AskedRecords(Split split, Supplier<StorageInput> open, ByteAccount account, Documents documents) {
    this.split = split;
    this.open = open;
    this.account = account;
    this.documents = documents;
    this.ranges = split.asked().iterator();
    this.read = split.from();
    account.begin(split.from());
    account.end(split.to());
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    if (records == null && !next()) {
      account.pass(split.to() - read);
      return false;
    }
    boolean more = records.advance(sink);
    if (!more || range.lone()) {
      read = more ? records.position() : range.to();
      records.close();
      records = null;
    }
    return true;
  }

  private boolean next() {
    if (!ranges.hasNext()) {
      return false;
    }
    range = ranges.next();
    account.pass(range.from() - read);
    if (input == null) {
      input = open.get();
    }
    Members members = Members.open(input.part(range.from(), range.to()));
    records = new ArchiveRecords(split, members, account, documents);
    return true;
  }

  @Override
  public void close() {
    if (records != null) {
      records.close();
    }
    if (input != null) {
      input.close();
    }
  }
}
