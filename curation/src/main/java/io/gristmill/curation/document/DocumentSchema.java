package io.gristmill.curation.document;

import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.source.SourceRecord.FileRead;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of documents/, and those of the judged rows that become documents once the duplicates
 * are known.
 */
public final class DocumentSchema {
  /** Every signal by its name; null where it does not exist for a text. */
  public static final StructType SIGNALS = signals();

  private static final DataType SHARES =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);
  private static final DataType COUNTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType, false);

  /** What was measured of each line; positions in the stored text, in code points. */
  private static final DataType LINES =
      DataTypes.createArrayType(
          new StructType()
              .add("start", DataTypes.IntegerType, false)
              .add("end", DataTypes.IntegerType, false)
              .add("words", DataTypes.IntegerType, false)
              .add("javascript_mentions", DataTypes.IntegerType, false)
              .add("bullet", DataTypes.BooleanType, false)
              .add("terminal", DataTypes.BooleanType, false)
              .add("digit_share", DataTypes.DoubleType, false)
              .add("uppercase_share", DataTypes.DoubleType, false),
          false);

  /**
   * The bytes of a source file; {@code parsed + skipped = read}, and {@code read + not_selected} is
   * its length.
   */
  public static final StructType FILE =
      new StructType()
          .add("read", DataTypes.LongType, false)
          .add("parsed", DataTypes.LongType, false)
          .add("skipped", DataTypes.LongType, false)
          .add("not_selected", DataTypes.LongType, false)
          .add(
              "ranges",
              DataTypes.createArrayType(
                  new StructType()
                      .add("from", DataTypes.LongType, false)
                      .add("to", DataTypes.LongType, false)
                      .add("reason", DataTypes.StringType, false),
                  false),
              false);

  /**
   * The columns of the files of documents/; the folder adds {@code outcome}. {@code removed} has
   * the characters that were taken out of the text by reason: lines before it was measured, and
   * passages that stand elsewhere after; text and bytes are without them, the signals and scores
   * are those of the text between.
   */
  public static final StructType DOCUMENT =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("url", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("text_bytes", DataTypes.LongType, false)
          .add("language", DataTypes.StringType, false)
          .add("language_score", DataTypes.DoubleType, false)
          .add("language_shares", SHARES, false)
          .add("domain", DataTypes.StringType, false)
          .add("source", DataTypes.StringType, false)
          .add("fetched_at", DataTypes.TimestampType)
          .add("title", DataTypes.StringType)
          .add("signals", SIGNALS)
          .add("cluster_size", DataTypes.IntegerType)
          .add("cluster_id", DataTypes.StringType)
          .add("stage", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("survivor_id", DataTypes.StringType)
          .add("similarity", DataTypes.DoubleType)
          .add("detail", DataTypes.StringType)
          .add("redactions", COUNTS, false)
          .add("removed", COUNTS, false)
          .add("scores", SHARES, false)
          .add("canonical_url", DataTypes.StringType)
          .add("published_at", DataTypes.TimestampType)
          .add("declared_language", DataTypes.StringType)
          .add("charset", DataTypes.StringType)
          .add("robots", DataTypes.StringType)
          .add("licence", DataTypes.StringType)
          .add("line_signals", LINES);

  /** What documents/ reads back as, with its folder column. */
  public static final StructType DOCUMENTS = DOCUMENT.add("outcome", DataTypes.StringType, false);

  /**
   * A judged row: where it is stored, the document's columns without those of duplicates, and the
   * account of a source file in a row of outcome {@code read}. Rows of outcome {@code kept} are
   * those that the rules of a profile have yet to decide on. The time is in microseconds since
   * 1970; see {@link io.gristmill.curation.Judged}.
   */
  public static final StructType JUDGED =
      new StructType()
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("outcome", DataTypes.StringType, false)
          .add("stage", DataTypes.StringType)
          .add("id", DataTypes.StringType, false)
          .add("url", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("text_bytes", DataTypes.LongType, false)
          .add("language", DataTypes.StringType, false)
          .add("language_score", DataTypes.DoubleType, false)
          .add("language_shares", SHARES, false)
          .add("domain", DataTypes.StringType, false)
          .add("source", DataTypes.StringType, false)
          .add("fetched_micros", DataTypes.LongType)
          .add("title", DataTypes.StringType)
          .add("signals", SIGNALS)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("detail", DataTypes.StringType)
          .add("redactions", COUNTS, false)
          .add("removed", COUNTS, false)
          .add("scores", SHARES, false)
          .add("canonical_url", DataTypes.StringType)
          .add("published_micros", DataTypes.LongType)
          .add("declared_language", DataTypes.StringType)
          .add("charset", DataTypes.StringType)
          .add("robots", DataTypes.StringType)
          .add("licence", DataTypes.StringType)
          .add("line_signals", LINES)
          .add("source_file", FILE);

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String NO_LANGUAGE = "und";

  private DocumentSchema() {}

  /** A judged row of a record. */
  public static Row toRow(int file, int row, Document document) {
    Cause cause = document.cause();
    boolean kept = document.outcome() == Outcome.KEPT;
    return RowFactory.create(
        file,
        row,
        document.outcome().key(),
        kept ? null : document.stage().key(),
        document.id(),
        orNull(document.url()),
        document.text().orElse(null),
        document.textBytes(),
        document.language().tag(),
        document.language().score(),
        CollectionConverters.asScala(document.language().shares()),
        document.domain(),
        document.source(),
        document.fetchedAt().flatMap(DocumentSchema::micros).orElse(null),
        orNull(document.title()),
        document.signals().isEmpty() ? null : RowFactory.create(document.signals().toArray()),
        orNull(cause.reason()),
        orNull(cause.signal()),
        orNull(cause.value()),
        orNull(cause.threshold()),
        orNull(cause.detail()),
        CollectionConverters.asScala(document.redactions()),
        CollectionConverters.asScala(document.removed()),
        CollectionConverters.asScala(document.scores()),
        orNull(document.declared().canonicalUrl()),
        document.declared().published().flatMap(DocumentSchema::micros).orElse(null),
        orNull(document.declared().language()),
        orNull(document.declared().charset()),
        orNull(document.declared().robots()),
        orNull(document.declared().licence()),
        lines(document),
        null);
  }

  /** A judged row that is the account of a source file. */
  public static Row toRow(int file, int row, String id, String domain, FileRead read) {
    Row[] ranges =
        read.skipped().stream()
            .map(range -> RowFactory.create(range.from(), range.to(), range.reason()))
            .toArray(Row[]::new);
    var none = CollectionConverters.asScala(Map.of());
    return RowFactory.create(
        file,
        row,
        Outcome.READ.key(),
        null,
        id,
        null,
        null,
        0L,
        NO_LANGUAGE,
        0.0,
        none,
        domain,
        read.relative(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        none,
        none,
        none,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        RowFactory.create(
            read.bytesRead(),
            read.bytesParsed(),
            read.bytesSkipped(),
            read.bytesNotSelected(),
            ranges));
  }

  private static Row[] lines(Document document) {
    return document.lineSignals().isEmpty()
        ? null
        : document.lineSignals().stream()
            .map(
                line ->
                    RowFactory.create(
                        line.start(),
                        line.end(),
                        line.words(),
                        line.javascriptMentions(),
                        line.bullet(),
                        line.terminal(),
                        line.digitShare(),
                        line.uppercaseShare()))
            .toArray(Row[]::new);
  }

  /** Microseconds since 1970; empty for times that no calendar of four digits has. */
  private static Optional<Long> micros(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      return Optional.empty();
    }
    return Optional.of(
        Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000));
  }

  private static String orNull(String value) {
    return Optional.of(value).filter(present -> !present.isEmpty()).orElse(null);
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static StructType signals() {
    var schema = new StructType();
    for (String name : Signals.names()) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return schema;
  }
}
