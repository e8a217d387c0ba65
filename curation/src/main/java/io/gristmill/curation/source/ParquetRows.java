package io.gristmill.curation.source;

import io.gristmill.curation.source.SourceRecord.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Documents of a Parquet file: one a row, from the columns of text, id and URL alone. A damaged row
 * group is skipped as a whole.
 */
final class ParquetRows implements RecordFlow {
  private final Split split;
  private final SourceFile file;
  private final Configuration configuration;
  private final ByteAccount account;
  private final Documents documents;
  private ParquetFileReader reader;
  private MessageType columns;
  private RecordReader<Group> rows;
  private int group;
  private int groupsEnd;
  private long rowsLeft;
  private long row;

  ParquetRows(Split split, Configuration configuration, ByteAccount account, Documents documents) {
    this.split = split;
    this.file = split.file();
    this.configuration = configuration;
    this.account = account;
    this.documents = documents;
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    if (reader == null && !open(sink)) {
      return false;
    }
    if (rowsLeft == 0) {
      group++;
      if (group >= groupsEnd) {
        return false;
      }
      openGroup(sink);
      return true;
    }
    rowsLeft--;
    row++;
    try {
      sink.accept(record(rows.read()));
    } catch (RuntimeException e) {
      damaged(sink, e);
      row += rowsLeft;
      rowsLeft = 0;
    }
    return true;
  }

  private boolean open(Consumer<SourceRecord> sink) throws IOException {
    try {
      reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), configuration));
    } catch (IOException | RuntimeException e) {
      throwIfStorage(e);
      if (!split.first()) {
        return another();
      }
      long bytes = account.skipAll("parquet_damaged");
      sink.accept(new Failure(file.relative(), "parquet_damaged", message(e), bytes));
      return false;
    }
    MessageType schema = reader.getFooter().getFileMetaData().getSchema();
    SourceConfig config = file.config();
    if (!isString(schema, config.textKey())) {
      if (!split.first()) {
        return another();
      }
      long bytes = account.skipAll("column_missing");
      String detail =
          "no string column \"%s\" among %s; set text-key to the column of the text"
              .formatted(config.textKey(), schema.getFields().stream().map(Type::getName).toList());
      sink.accept(new Failure(file.relative(), "column_missing", detail, bytes));
      return false;
    }
    List<Type> wanted = new ArrayList<>();
    for (Type field : schema.getFields()) {
      String name = field.getName();
      boolean named =
          name.equals(config.textKey())
              || name.equals(config.idKey())
              || name.equals(config.urlKey());
      if (named && field.isPrimitive()) {
        wanted.add(field);
      }
    }
    columns = new MessageType(schema.getName(), wanted);
    reader.setRequestedSchema(columns);
    chooseGroups();
    return true;
  }

  /** The row groups that start in the split; the bytes between go with the group before them. */
  private void chooseGroups() {
    List<BlockMetaData> groups = reader.getRowGroups();
    group = firstFrom(split.from());
    groupsEnd = firstFrom(split.to());
    groups.subList(0, group).forEach(before -> row += before.getRowCount());
    account.begin(split.first() ? 0 : startOf(group));
    account.end(startOf(groupsEnd));
    group--;
  }

  private int firstFrom(long offset) {
    int first = 0;
    while (first < reader.getRowGroups().size() && startOf(first) < offset) {
      first++;
    }
    return first;
  }

  private long startOf(int number) {
    List<BlockMetaData> groups = reader.getRowGroups();
    return number < groups.size() ? groups.get(number).getStartingPos() : file.length();
  }

  /** What cannot be read is told by the first split. */
  private boolean another() {
    account.none();
    return false;
  }

  private void openGroup(Consumer<SourceRecord> sink) throws IOException {
    BlockMetaData block = reader.getRowGroups().get(group);
    try {
      PageReadStore pages = reader.readRowGroup(group);
      MessageColumnIO io = new ColumnIOFactory().getColumnIO(columns);
      rows = io.getRecordReader(pages, new GroupRecordConverter(columns));
      rowsLeft = block.getRowCount();
    } catch (IOException | RuntimeException e) {
      throwIfStorage(e);
      damaged(sink, e);
      row += block.getRowCount();
      rowsLeft = 0;
    }
  }

  /** An I/O error is the storage's, unless it says that thrift cannot read a header. */
  private static void throwIfStorage(Exception e) throws IOException {
    if (e instanceof IOException storage && !message(e).contains("can not read class")) {
      throw storage;
    }
  }

  private void damaged(Consumer<SourceRecord> sink, Exception e) {
    BlockMetaData block = reader.getRowGroups().get(group);
    long from = block.getStartingPos();
    long bytes = account.skip(from, from + block.getCompressedSize(), "parquet_damaged");
    String detail = "row group %d of %d rows: %s".formatted(group, block.getRowCount(), message(e));
    sink.accept(
        new Failure("%s@%d".formatted(file.relative(), row + 1), "parquet_damaged", detail, bytes));
  }

  private SourceRecord record(Group values) {
    SourceConfig config = file.config();
    String source = "%s@%d".formatted(file.relative(), row);
    String own = value(values, config.idKey());
    String id =
        own.isEmpty() ? PageIds.of(file.relative(), "", Long.toString(row)) : PageIds.of(own);
    var origin = new Documents.Origin(id, value(values, config.urlKey()), source);
    return documents.text(origin, value(values, config.textKey()), "");
  }

  private static String value(Group values, String name) {
    GroupType type = values.getType();
    if (name.isEmpty() || !type.containsField(name) || values.getFieldRepetitionCount(name) == 0) {
      return "";
    }
    return values.getValueToString(type.getFieldIndex(name), 0);
  }

  private static boolean isString(MessageType schema, String name) {
    return schema.containsField(name)
        && schema.getType(name).isPrimitive()
        && schema
                .getColumnDescription(ColumnPath.get(name).toArray())
                .getPrimitiveType()
                .getPrimitiveTypeName()
            == org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
