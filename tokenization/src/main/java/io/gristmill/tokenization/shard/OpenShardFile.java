package io.gristmill.tokenization.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
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
import org.apache.parquet.schema.Type;

/** A shard file whose row groups are read column by column and compared with shards.json. */
final class OpenShardFile implements Closeable {
  private final ShardFile file;
  private final Path path;
  private final ParquetFileReader reader;

  private OpenShardFile(ShardFile file, Path path, ParquetFileReader reader) {
    this.file = file;
    this.path = path;
    this.reader = reader;
  }

  /** The readers of some columns over the rows of one row group. */
  record Columns(long rows, List<ColumnReader> readers) {}

  /** Reads from columns; what Parquet finds wrong with them becomes an error of the file. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * @throws IOException naming the file that is missing, cut short or damaged
   */
  static OpenShardFile open(Shards shards, ShardFile file) throws IOException {
    FileStatus status = shards.status(file);
    try {
      ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromStatus(status, shards.configuration()),
              HadoopReadOptions.builder(shards.configuration(), status.getPath())
                  .usePageChecksumVerification()
                  .build());
      OpenShardFile open = new OpenShardFile(file, status.getPath(), reader);
      if (reader.getRowGroups().size() != file.rowGroups().size()) {
        reader.close();
        throw open.replaced("%d row groups".formatted(reader.getRowGroups().size()));
      }
      return open;
    } catch (DamagedShardException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(status.getPath(), e);
    }
  }

  ShardFile file() {
    return file;
  }

  /** The columns of a row group, by their names. */
  Columns columns(int rowGroup, String... names) throws IOException {
    return reading(
        () -> {
          MessageType schema = reader.getFooter().getFileMetaData().getSchema();
          MessageType wanted =
              new MessageType(
                  schema.getName(), Arrays.stream(names).map(schema::getType).toArray(Type[]::new));
          reader.setRequestedSchema(wanted);
          PageReadStore pages = reader.readRowGroup(rowGroup);
          if (pages.getRowCount() != file.rowGroups().get(rowGroup).rows()) {
            throw replaced("%d rows in row group %d".formatted(pages.getRowCount(), rowGroup));
          }
          var store =
              new ColumnReadStoreImpl(
                  pages, new GroupRecordConverter(wanted).getRootConverter(), wanted, "");
          return new Columns(
              pages.getRowCount(),
              wanted.getColumns().stream().map(store::getColumnReader).toList());
        });
  }

  <T> T reading(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (ParquetDecodingException | UncheckedIOException | ChecksumException e) {
      throw damaged(path, e);
    }
  }

  /** What is there is not what shards.json lists: the file is another one. */
  DamagedShardException replaced(String found) {
    return new DamagedShardException(
        "%s has %s, %s says otherwise: the file was replaced; tokenize again"
            .formatted(path, found, Shards.INDEX));
  }

  private static DamagedShardException damaged(Path path, Exception cause) {
    return new DamagedShardException(
        "%s is damaged (%s); delete the folder of the shards and tokenize again"
            .formatted(path, cause.getMessage()),
        cause);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
