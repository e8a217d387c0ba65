package io.gristmill.curation.document;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.lt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Looks up {@link Placed} rows while the documents of a file pass in order: one forward scan of
 * what is about that file, and no more in memory than what is about one document. A document that
 * is before the last, or in another file, begins a new scan.
 */
final class PlacedReader implements AutoCloseable {
  private static final int NO_FILE = -1;

  private final Path folder;
  private final int files;
  private final Configuration hadoop;

  private Optional<ParquetReader<Group>> reader = Optional.empty();
  private int file = NO_FILE;
  private long before = Long.MIN_VALUE;
  private Optional<Group> here = Optional.empty();

  PlacedReader(String folder, int files, Configuration hadoop) {
    this.folder = new Path(folder);
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * The rows of a place, in their order.
   *
   * @throws UncheckedIOException naming the folder that cannot be read
   */
  List<Group> at(long place) {
    try {
      if (Place.file(place) != file || place <= before) {
        open(place);
      }
      before = place;
      List<Group> rows = new ArrayList<>();
      while (here.isPresent() && placeOf(here.get()) <= place) {
        if (placeOf(here.get()) == place) {
          rows.add(here.get());
        }
        advance();
      }
      return rows;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      closeReader();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void open(long place) throws IOException {
    closeReader();
    file = Place.file(place);
    here = Optional.empty();
    Path path = new Path(folder, ParquetFiles.name(file % files));
    if (!path.getFileSystem(hadoop).exists(path)) {
      return;
    }
    LongColumn at = longColumn(Placed.AT);
    var rest = and(gtEq(at, place), lt(at, Place.of(file + 1, 0)));
    reader =
        Optional.of(
            ParquetReader.builder(new GroupReadSupport(), path)
                .withConf(hadoop)
                .withFilter(FilterCompat.get(rest))
                .build());
    advance();
  }

  private void advance() throws IOException {
    here = reader.isPresent() ? Optional.ofNullable(reader.get().read()) : Optional.empty();
    if (here.isEmpty()) {
      closeReader();
    }
  }

  private void closeReader() throws IOException {
    if (reader.isPresent()) {
      reader.get().close();
      reader = Optional.empty();
    }
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException("cannot read what is known of documents in " + folder, cause);
  }

  private static long placeOf(Group row) {
    return row.getLong(Placed.AT, 0);
  }
}
