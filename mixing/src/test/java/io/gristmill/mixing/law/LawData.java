package io.gristmill.mixing.law;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Published measurements that are not part of the project; what needs them is skipped without. */
public final class LawData {
  private LawData() {}

  /** A row of a table by the names of its columns. */
  public record Row(Map<String, String> cells) {
    public String text(String column) {
      return cells.get(column);
    }

    /** The number in the column, NaN where the cell is empty. */
    public double number(String column) {
      String cell = cells.get(column);
      return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    public double[] numbers(List<String> columns) {
      return columns.stream().mapToDouble(this::number).toArray();
    }
  }

  /** The rows of a table, or the test that asks is skipped. */
  public static List<Row> rows(String name) {
    Path file = Path.of(System.getProperty("tests.shared", "/nowhere"), "data/laws", name + ".csv");
    assumeTrue(Files.isRegularFile(file), "mixing: no measurements at " + file + ", skipped");
    try {
      List<String> lines = Files.readAllLines(file);
      String[] names = lines.getFirst().split(",", -1);
      return lines.stream().skip(1).map(line -> row(names, line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static Row row(String[] names, String[] cells) {
    var row = new LinkedHashMap<String, String>();
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], cells[i]);
    }
    return new Row(row);
  }
}
