package io.gristmill.curation.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * One row of a Parquet file with all of its columns, for people.
 *
 * @param columns {@code name: value} of the columns but that of the text, long values cut
 * @param text the value of that one; empty where it is null
 */
record ParquetRow(List<String> columns, String text) {
  private static final int LONGEST_VALUE = 1000;

  ParquetRow {
    columns = List.copyOf(columns);
  }

  /**
   * Reads the row group that has the row.
   *
   * @param number of the row, from 1
   * @throws IOException if there is no such row, or its group cannot be read
   */
  static ParquetRow of(String file, long number, String textColumn, Configuration hadoop)
      throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), hadoop))) {
      MessageType schema = reader.getFooter().getFileMetaData().getSchema();
      long before = 0;
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        long rows = reader.getRowGroups().get(group).getRowCount();
        if (number <= before + rows) {
          return row(reader.readRowGroup(group), schema, number - before, textColumn);
        }
        before += rows;
      }
      throw new IOException("%s has %d rows, and no row %d".formatted(file, before, number));
    } catch (RuntimeException e) { // what the reader throws of damaged bytes
      throw new IOException("cannot read row %d of %s".formatted(number, file), e);
    }
  }

  private static ParquetRow row(
      PageReadStore pages, MessageType schema, long number, String textColumn) {
    RecordReader<Group> rows =
        new ColumnIOFactory()
            .getColumnIO(schema)
            .getRecordReader(pages, new GroupRecordConverter(schema));
    Group row = rows.read();
    for (long i = 1; i < number; i++) {
      row = rows.read();
    }
    List<String> columns = new ArrayList<>();
    String text = "";
    for (Type field : schema.getFields()) {
      String value = value(row, field.getName());
      if (field.getName().equals(textColumn)) {
        text = value;
      } else {
        columns.add(
            "%s: %s"
                .formatted(
                    field.getName(), value.substring(0, Math.min(value.length(), LONGEST_VALUE))));
      }
    }
    return new ParquetRow(columns, text);
  }

  /** All values of a column; groups as the library writes them. */
  private static String value(Group row, String name) {
    GroupType type = row.getType();
    int field = type.getFieldIndex(name);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.getFieldRepetitionCount(field); i++) {
      values.add(
          type.getType(field).isPrimitive()
              ? row.getValueToString(field, i)
              : row.getGroup(field, i).toString().strip().replaceAll("\\s*\\n\\s*", ", "));
    }
    return String.join(", ", values);
  }
}
