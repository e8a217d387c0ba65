package io.gristmill.curation.quality.ngram;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Every n-gram of a text, one row each time that it occurs.
 *
 * <p>Keys are those of {@link NgramTable}; {@code shorter} is the n-gram without its first word,
 * {@code context} that without its last. An n-gram of one word has 0 for both.
 */
final class NgramRows implements Iterator<Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("words", DataTypes.IntegerType, false)
          .add("key", DataTypes.LongType, false)
          .add("shorter", DataTypes.LongType, false)
          .add("context", DataTypes.LongType, false);

  private final WordHashes words;
  private final int order;

  /** Keys of the n-grams that end at the last word and at this one, by length; 0 words first. */
  private long[] last;

  private long[] now;
  private int available;
  private int position = -1;
  private int length;
  private int lineWords;

  NgramRows(String text, int order) {
    this.words = WordHashes.of(text);
    this.order = order;
    this.last = new long[order + 1];
    this.now = new long[order + 1];
    this.before = new long[order + 1];
  }

  /** The words of the line so far, the latest first. */
  private final long[] before;

  @Override
  public boolean hasNext() {
    return length < available || position + 1 < words.count();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no n-gram is left");
    }
    if (length == available) {
      advance();
    }
    length++;
    return RowFactory.create(length, now[length], now[length - 1], last[length - 1]);
  }

  private void advance() {
    position++;
    if (position == 0 || words.at(position - 1) == WordHashes.LINE_END) {
      lineWords = 0;
      remember(NgramModel.BEGIN);
    }
    remember(words.at(position));
    available = Math.min(order, lineWords);
    length = 0;
  }

  private void remember(long word) {
    long[] spare = last;
    last = now;
    now = spare;
    System.arraycopy(before, 0, before, 1, before.length - 1);
    before[0] = word;
    lineWords++;
    now[0] = 0;
    now[1] = word;
    for (int n = 2; n <= Math.min(order, lineWords); n++) {
      now[n] = NgramTable.extended(now[n - 1], before[n - 1]);
    }
  }
}
