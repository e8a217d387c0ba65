package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;

/**
 * The tokens of one shard group as one long array: documents in the order of the shards, each ended
 * by the end-of-text token. Any position is reached by reading the row group that holds it; the row
 * groups used last stay in a cache that the readers of a folder share. Thread-safe.
 */
public final class ShardReader implements Closeable {
  private final Shards shards;
  private final ShardGroup group;
  private final TokenWidth width;
  private final Place[] places; // one per row group of the whole group
  private final long[] firstTokens; // position of the first token of each, and the end

  private Optional<OpenFile> open = Optional.empty();

  private record Place(ShardFile file, int rowGroup) {}

  private record OpenFile(ShardFile file, ParquetFileReader reader) {}

  ShardReader(Shards shards, ShardGroup group) {
    this.shards = shards;
    this.group = group;
    this.width = shards.index().width();
    this.places =
        group.files().stream()
            .flatMap(
                file ->
                    IntStream.range(0, file.rowGroups().size())
                        .mapToObj(rowGroup -> new Place(file, rowGroup)))
            .toArray(Place[]::new);
    this.firstTokens = new long[places.length + 1];
    for (int i = 0; i < places.length; i++) {
      RowGroup rowGroup = places[i].file().rowGroups().get(places[i].rowGroup());
      firstTokens[i + 1] = firstTokens[i] + rowGroup.tokens();
    }
  }

  public ShardGroup group() {
    return group;
  }

  /** The number of tokens, end-of-text tokens included. */
  public long tokens() {
    return firstTokens[places.length];
  }

  /**
   * Copies the tokens at {@code position} and after it.
   *
   * @param position of the first, 0 to {@code tokens() - length}
   * @param out output, from index {@code from}
   * @throws IOException naming the file that is missing, cut short, damaged or not the one of the
   *     index
   */
  public void read(long position, int[] out, int from, int length) throws IOException {
    if (position < 0 || length < 0 || position > tokens() - length) {
      throw new IndexOutOfBoundsException(
          "tokens %d to %d of %s, which has %d"
              .formatted(position, position + length, group.label(), tokens()));
    }
    int done = 0;
    for (int place = place(position); done < length; place++) {
      int within = (int) (position + done - firstTokens[place]);
      int count = (int) Math.min(length - done, firstTokens[place + 1] - position - done);
      width.unpack(packed(places[place]), within, out, from + done, count);
      done += count;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (open.isPresent()) {
      open.get().reader().close();
      open = Optional.empty();
    }
  }

  /** The last row group that begins at or before a position. */
  private int place(long position) {
    int found = Arrays.binarySearch(firstTokens, position);
    int place = found >= 0 ? found : -found - 2;
    while (place < places.length - 1 && firstTokens[place + 1] == position) {
      place++;
    }
    return place;
  }

  private byte[] packed(Place place) throws IOException {
    RowGroupCache.Key key = new RowGroupCache.Key(place.file().path(), place.rowGroup());
    return shards.cache().get(key, () -> load(place));
  }

  private synchronized byte[] load(Place place) throws IOException {
    ParquetFileReader reader = reader(place.file());
    RowGroup expected = place.file().rowGroups().get(place.rowGroup());
    try {
      if (reader.getRowGroups().size() != place.file().rowGroups().size()) {
        throw mismatch(place, "%d row groups".formatted(reader.getRowGroups().size()));
      }
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      MessageType tokens = new MessageType(schema.getName(), schema.getType("tokens"));
      reader.setRequestedSchema(tokens);
      PageReadStore pages = reader.readRowGroup(place.rowGroup());
      if (pages.getRowCount() != expected.rows()) {
        throw mismatch(
            place, "%d rows in row group %d".formatted(pages.getRowCount(), place.rowGroup()));
      }
      byte[] packed = new byte[Math.toIntExact(expected.tokens() * width.bytes())];
      int end = copy(pages, tokens, packed);
      if (end != packed.length) {
        throw mismatch(
            place, "%d bytes of tokens in row group %d".formatted(end, place.rowGroup()));
      }
      return packed;
    } catch (ParquetDecodingException | UncheckedIOException | ChecksumException e) {
      throw damaged(place.file(), e);
    }
  }

  /** The number of bytes of all rows; those beyond the end of {@code packed} are not copied. */
  private static int copy(PageReadStore pages, MessageType schema, byte[] packed) {
    ColumnReader column =
        new ColumnReadStoreImpl(
                pages, new GroupRecordConverter(schema).getRootConverter(), schema, "")
            .getColumnReader(schema.getColumns().get(0));
    int end = 0;
    for (long row = 0; row < pages.getRowCount(); row++) {
      byte[] document = column.getBinary().getBytesUnsafe();
      if (end + document.length <= packed.length) {
        System.arraycopy(document, 0, packed, end, document.length);
      }
      end += document.length;
      column.consume();
    }
    return end;
  }

  private ParquetFileReader reader(ShardFile file) throws IOException {
    if (open.isPresent() && open.get().file().equals(file)) {
      return open.get().reader();
    }
    close();
    FileStatus status = shards.status(file);
    try {
      ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromStatus(status, shards.configuration()),
              HadoopReadOptions.builder(shards.configuration(), status.getPath())
                  .usePageChecksumVerification()
                  .build());
      open = Optional.of(new OpenFile(file, reader));
      return reader;
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e);
    }
  }

  private IOException mismatch(Place place, String found) {
    return new IOException(
        "%s has %s, %s says otherwise: the file was replaced; tokenize again"
            .formatted(path(place.file()), found, Shards.INDEX));
  }

  private IOException damaged(ShardFile file, Exception cause) {
    return new DamagedShardException(
        "%s is damaged (%s); delete the folder of the shards and tokenize again"
            .formatted(path(file), cause.getMessage()),
        cause);
  }

  private Path path(ShardFile file) {
    return new Path(shards.folder(), file.path());
  }
}
