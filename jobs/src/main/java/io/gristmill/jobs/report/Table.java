package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table with a head; columns whose name begins with {@code #} hold numbers, set to the right. */
final class Table {
  private final List<String> columns;
  private final List<Html.Node> rows = new ArrayList<>();

  Table(String... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row of as many cells as there are columns. */
  Table row(Html.Node... cells) {
    return row("tr", Arrays.asList(cells));
  }

  /** Adds a row that sums up others. */
  Table total(Html.Node... cells) {
    return row("tr.total", Arrays.asList(cells));
  }

  Table row(String selector, List<Html.Node> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.size(), columns.size()));
    }
    var row = new ArrayList<Html.Node>();
    for (int i = 0; i < cells.size(); i++) {
      row.add(tag(numeric(i) ? "td.n" : "td", cells.get(i)));
    }
    rows.add(tag(selector, all(row)));
    return this;
  }

  /** The table in a frame that scrolls where the page is too narrow. */
  Html.Node node() {
    var head = new ArrayList<Html.Node>();
    for (int i = 0; i < columns.size(); i++) {
      head.add(numeric(i) ? tag("th.n", columns.get(i).substring(1)) : tag("th", columns.get(i)));
    }
    return tag(
        "div.scroll", tag("table", tag("thead", tag("tr", all(head))), tag("tbody", all(rows))));
  }

  private boolean numeric(int column) {
    return columns.get(column).startsWith("#");
  }
}
