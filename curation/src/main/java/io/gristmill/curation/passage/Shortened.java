package io.gristmill.curation.passage;

import io.gristmill.curation.passage.Cutting.Cut;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A document that loses passages, or is rejected because it would lose too many.
 *
 * @param file with {@code row}: its place among the judged documents
 * @param spans what goes: starts and ends in turn, in code points
 * @param textBytes what is left, in UTF-8
 * @param removed characters by reason
 * @param rejected why it goes as a whole, if it does; its text then stays as it is
 */
public record Shortened(
    String id,
    int file,
    int row,
    List<Integer> spans,
    long textBytes,
    SortedMap<String, Integer> removed,
    Optional<Rejected> rejected) {
  public static final String DUPLICATE_PASSAGES = "duplicate_passages";

  /**
   * What of a document is too little.
   *
   * @param signal {@code left_share} of its characters or {@code left_words}
   */
  public record Rejected(String signal, double value, double threshold) {}

  /** Reason, signal, value and threshold are null for a document that stays. */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("file", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("spans", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("left_bytes", DataTypes.LongType, false)
          .add(
              "removed",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType, false),
              false)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType);

  public Shortened {
    spans = List.copyOf(spans);
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  /** The text without the passages. */
  public static String without(String text, List<Integer> spans) {
    return Cutting.without(text, spans.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * What becomes of a document.
   *
   * @param passages those that go
   * @param needed whether it holds the first occurrence of a passage that goes elsewhere: it then
   *     stays as long as anything is left, so that nothing is lost with it
   */
  static Shortened of(
      String id,
      int file,
      int row,
      String text,
      List<Span> passages,
      boolean needed,
      PassageConfig config) {
    Cut cut = Cutting.cut(text, passages);
    var removed = new TreeMap<String, Integer>();
    cut.removed().forEach((kind, characters) -> removed.put(kind.reason(), characters));
    return new Shortened(
        id,
        file,
        row,
        Arrays.stream(cut.spans()).boxed().toList(),
        cut.left().getBytes(StandardCharsets.UTF_8).length,
        removed,
        rejected(text, cut.left(), needed, config));
  }

  private static Optional<Rejected> rejected(
      String text, String left, boolean needed, PassageConfig config) {
    double share =
        (double) left.codePointCount(0, left.length()) / text.codePointCount(0, text.length());
    if (left.isEmpty() || (!needed && share < config.leftShare())) {
      return Optional.of(new Rejected("left_share", share, config.leftShare()));
    }
    double words = words(left);
    return !needed && words < config.leftWords()
        ? Optional.of(new Rejected("left_words", words, config.leftWords()))
        : Optional.empty();
  }

  private static double words(String text) {
    var tokens = Tokens.of(text.codePoints().toArray());
    return (double) tokens.length(0, tokens.count()) / PassageConfig.WORD_LENGTH;
  }

  Row toRow() {
    return RowFactory.create(
        id,
        file,
        row,
        spans.toArray(Integer[]::new),
        textBytes,
        CollectionConverters.asScala(removed),
        rejected.isPresent() ? DUPLICATE_PASSAGES : null,
        rejected.map(Rejected::signal).orElse(null),
        rejected.map(Rejected::value).orElse(null),
        rejected.map(Rejected::threshold).orElse(null));
  }
}
