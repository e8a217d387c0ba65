package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnReader;

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

  private Optional<OpenShardFile> open = Optional.empty();

  private record Place(ShardFile file, int rowGroup) {}

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

  /**
   * The ids of the documents that tokens stand in, in order; reads from the files what no batch
   * needs, so for questions, not for training.
   *
   * @param position of the first token, 0 to {@code tokens() - length}
   * @throws IOException as {@link #read}
   */
  public synchronized List<String> documents(long position, int length) throws IOException {
    List<String> ids = new ArrayList<>();
    long end = position + length;
    for (int place = place(position); place < places.length && firstTokens[place] < end; place++) {
      OpenShardFile file = file(places[place].file());
      OpenShardFile.Columns columns =
          file.columns(places[place].rowGroup(), "document_id", "token_count");
      long first = firstTokens[place];
      file.reading(() -> addDocuments(columns, first, position, end, ids));
    }
    return ids;
  }

  /** Adds the ids of the rows with tokens in [from, to), and returns how many rows there are. */
  private static long addDocuments(
      OpenShardFile.Columns columns, long first, long from, long to, List<String> ids) {
    ColumnReader id = columns.readers().get(0);
    ColumnReader count = columns.readers().get(1);
    long begins = first;
    for (long row = 0; row < columns.rows(); row++) {
      long ends = begins + count.getInteger();
      String document = id.getBinary().toStringUsingUTF8(); // unread, it would not be passed
      if (begins < to && ends > from) {
        ids.add(document);
      }
      begins = ends;
      id.consume();
      count.consume();
    }
    return columns.rows();
  }

  @Override
  public synchronized void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
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
    OpenShardFile file = file(place.file());
    RowGroup expected = place.file().rowGroups().get(place.rowGroup());
    byte[] packed = new byte[Math.toIntExact(expected.tokens() * width.bytes())];
    OpenShardFile.Columns columns = file.columns(place.rowGroup(), "tokens");
    int end = file.reading(() -> copy(columns, packed));
    if (end != packed.length) {
      throw file.replaced("%d bytes of tokens in row group %d".formatted(end, place.rowGroup()));
    }
    int wrong = width.indexOfAtLeast(packed, shards.index().vocabularySize());
    if (wrong >= 0) {
      throw file.replaced(
          "the id %d at token %d of row group %d"
              .formatted(width.unpack(packed, wrong), wrong, place.rowGroup()));
    }
    return packed;
  }

  /** The number of bytes of all rows; those beyond the end of {@code packed} are not copied. */
  private static int copy(OpenShardFile.Columns columns, byte[] packed) {
    ColumnReader column = columns.readers().get(0);
    int end = 0;
    for (long row = 0; row < columns.rows(); row++) {
      ByteBuffer document = column.getBinary().toByteBuffer();
      int length = document.remaining();
      if (end + length <= packed.length) {
        document.get(packed, end, length);
      }
      end += length;
      column.consume();
    }
    return end;
  }

  private OpenShardFile file(ShardFile file) throws IOException {
    if (open.isEmpty() || !open.get().file().equals(file)) {
      close();
      open = Optional.of(OpenShardFile.open(shards, file));
    }
    return open.get();
  }
}
