package io.gristmill.curation.dedup;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.lt;

import io.gristmill.curation.document.ParquetFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Looks up {@link Members} while the documents of a file pass in order: one forward scan of the
 * members of that file, nothing held in memory.
 */
final class MemberReader implements Closeable {
  private static final int NO_FILE = -1;

  private final Path folder;
  private final int files;
  private final Configuration hadoop;

  private Optional<ParquetReader<Group>> reader = Optional.empty();
  private int file = NO_FILE;
  private long before = Long.MIN_VALUE;
  private long here = Long.MAX_VALUE;
  private Member member = new Member(new Node(0, 0, 0, 0), 0, 0);

  MemberReader(String folder, int files, Configuration hadoop) {
    this.folder = new Path(folder);
    this.files = files;
    this.hadoop = hadoop;
  }

  /** The member at a place, if the document there is one. */
  Optional<Member> at(long place) {
    try {
      if ((int) (place >> 32) != file || place <= before) {
        open(place);
      }
      before = place;
      while (here < place) {
        advance();
      }
      return here == place ? Optional.of(member) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read duplicate clusters in " + folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (reader.isPresent()) {
      reader.get().close();
      reader = Optional.empty();
    }
  }

  private void open(long place) throws IOException {
    close();
    file = (int) (place >> 32);
    Path path = new Path(folder, ParquetFiles.name(file % files));
    if (!path.getFileSystem(hadoop).exists(path)) {
      here = Long.MAX_VALUE;
      return;
    }
    LongColumn at = longColumn(Members.AT);
    var rest = and(gtEq(at, place), lt(at, Node.place(file + 1, 0)));
    reader =
        Optional.of(
            ParquetReader.builder(new GroupReadSupport(), path)
                .withConf(hadoop)
                .withFilter(FilterCompat.get(rest))
                .build());
    here = Long.MIN_VALUE;
  }

  private void advance() throws IOException {
    Group row = reader.isPresent() ? reader.get().read() : null; // null is the library's end
    if (row == null) {
      close();
      here = Long.MAX_VALUE;
      return;
    }
    here = row.getLong(Members.AT, 0);
    member =
        new Member(
            new Node(
                row.getLong(Members.ROOT_RANK, 0),
                row.getLong(Members.ROOT_ID_HIGH, 0),
                row.getLong(Members.ROOT_ID_LOW, 0),
                row.getLong(Members.ROOT_AT, 0)),
            row.getInteger(Members.SIZE, 0),
            row.getLong(Members.GROUP, 0));
  }
}
