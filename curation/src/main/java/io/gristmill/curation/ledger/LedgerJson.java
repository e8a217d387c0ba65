package io.gristmill.curation.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** The form of ledger.json: the ledger without hosts, small enough for a report. */
public final class LedgerJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private LedgerJson() {}

  /** Writes a ledger; replaces the file. */
  public static void write(Ledger ledger, Path file, Configuration hadoop) throws IOException {
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(JSON.writeValueAsBytes(node(ledger)));
    }
  }

  static ObjectNode node(Ledger ledger) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode records =
        root.putObject("records").put("in", ledger.in()).put("kept", ledger.kept());
    counts(records.putObject("rejected"), ledger.rejected());
    counts(records.putObject("failed"), ledger.failed());
    Bytes bytes = ledger.bytes();
    ArrayNode ranges =
        root.putObject("bytes")
            .put("files", bytes.files())
            .put("read", bytes.read())
            .put("parsed", bytes.parsed())
            .put("skipped", bytes.skipped())
            .put("not_selected", bytes.notSelected())
            .putArray("skipped_ranges");
    for (Bytes.Range range : bytes.ranges()) {
      ranges
          .addObject()
          .put("file", range.file())
          .put("from", range.from())
          .put("to", range.to())
          .put("reason", range.reason());
    }
    ArrayNode stages = root.putArray("stages");
    for (Flow flow : ledger.flows()) {
      ObjectNode stage =
          stages
              .addObject()
              .put("stage", flow.stage())
              .put("language", flow.language())
              .put("domain", flow.domain())
              .put("in", flow.in())
              .put("kept", flow.kept());
      counts(stage.putObject("rejected"), flow.rejected());
      counts(stage.putObject("failed"), flow.failed());
    }
    ObjectNode clusters = root.putObject("clusters");
    ledger.clusters().forEach((size, count) -> clusters.put(Integer.toString(size), count));
    counts(root.putObject("redactions"), ledger.redactions());
    counts(root.putObject("removed"), ledger.removed());
    return root;
  }

  private static void counts(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }
}
