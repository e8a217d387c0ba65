package io.gristmill.curation.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of an archive in which records lie that an index asks for.
 *
 * @param from where the first of them starts
 * @param to where the last of them ends; where the index does not tell, where it has ended at the
 *     latest
 * @param lone whether only the record at {@code from} is asked for, wherever it ends
 */
record AskedRange(long from, long to, boolean lone) implements Serializable {
  /** What a record is taken to have where the index does not tell. */
  private static final long USUAL_BYTES = 32 << 10;

  /** About how many bytes are read for it. */
  long bytes() {
    return lone ? Math.min(to - from, USUAL_BYTES) : to - from;
  }

  /** The same ranges in order, those that meet as one. */
  static List<AskedRange> joined(List<AskedRange> ranges) {
    List<AskedRange> joined = new ArrayList<>();
    for (AskedRange range : ranges) {
      AskedRange last = joined.isEmpty() ? range : joined.getLast();
      if (!joined.isEmpty() && !last.lone() && !range.lone() && last.to() == range.from()) {
        joined.set(joined.size() - 1, new AskedRange(last.from(), range.to(), false));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
