package io.gristmill.curation.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void aBalancedLedgerIsReturned() {
    Ledger ledger = ledger(10, 6, 3, 1, 1000, 900, 100);
    assertThat(ledger.balanced()).isSameAs(ledger);
  }

  @Test
  void aLostRecordIsNamed() {
    assertThatThrownBy(() -> ledger(11, 6, 3, 1, 1000, 900, 100).balanced())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the ledger does not balance: 11 records were read, but documents/ holds 10: 6 kept,"
                + " 3 rejected, 1 failed. The output is not to be trusted; run the stage again");
  }

  @Test
  void aLostByteIsNamed() {
    assertThatThrownBy(() -> ledger(10, 6, 3, 1, 1000, 900, 99).balanced())
        .hasMessageContaining("1000 bytes were read, but 900 parsed and 99 skipped");
  }

  @Test
  void jsonHasTheFormThatTheReportReads() {
    assertThat(LedgerJson.node(ledger(10, 6, 3, 1, 1000, 900, 100)).toString())
        .isEqualTo(
            "{\"records\":{\"in\":10,\"kept\":6,\"rejected\":{\"too_short\":3},\"failed\":{\"gzip_damaged\":1}},"
                + "\"bytes\":{\"files\":2,\"read\":1000,\"parsed\":900,\"skipped\":100,\"not_selected\":50,"
                + "\"skipped_ranges\":[{\"file\":\"a.gz\",\"from\":5,\"to\":105,\"reason\":\"gzip_damaged\"}]},"
                + "\"stages\":[{\"stage\":\"filter\",\"language\":\"en\",\"domain\":\"web\",\"in\":9,\"kept\":6,"
                + "\"rejected\":{\"too_short\":3},\"failed\":{}}],"
                + "\"clusters\":{\"1\":4,\"2\":1},\"redactions\":{\"email\":7},\"removed\":{\"duplicate_line\":80}}");
  }

  private static Ledger ledger(
      long in, long kept, long rejected, long failed, long read, long parsed, long skipped) {
    var short3 = new TreeMap<>(Map.of("too_short", rejected));
    return new Ledger(
        in,
        kept,
        short3,
        new TreeMap<>(Map.of("gzip_damaged", failed)),
        new Bytes(
            2, read, parsed, skipped, 50, List.of(new Bytes.Range("a.gz", 5, 105, "gzip_damaged"))),
        List.of(new Flow("filter", "en", "web", 9, 6, short3, new TreeMap<>())),
        new TreeMap<>(Map.of(1, 4L, 2, 1L)),
        new TreeMap<>(Map.of("email", 7L)),
        new TreeMap<>(Map.of("duplicate_line", 80L)));
  }
}
