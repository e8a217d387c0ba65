package io.gristmill.curation.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a file: the records that start in the bytes {@code [from, to)}. The splits of a file
 * hold each of its records once, with the same ids and the same account of its bytes as the whole.
 *
 * @param linesBefore line feeds in the bytes before {@code from}; counts in plain JSONL alone
 * @param share of the records that are taken, chosen by their ids; 1 takes all
 * @param indexed whether only the records in {@code asked} are read
 * @param asked what an index asks for of these bytes, in order and apart; else none
 */
public record Split(
    SourceFile file,
    long from,
    long to,
    long linesBefore,
    double share,
    boolean indexed,
    List<AskedRange> asked)
    implements Serializable {
  /** Parts of this length are in a sample or not, and files that are no longer. */
  private static final long SAMPLED_BYTES = 1L << 20;

  /** A part of a file of which all records are read. */
  Split(SourceFile file, long from, long to, long linesBefore, double share) {
    this(file, from, to, linesBefore, share, false, List.of());
  }

  /** The file as one split. */
  public static Split whole(SourceFile file) {
    return new Split(file, 0, file.length(), 0, 1);
  }

  /**
   * What is asked for of the file, in splits of about {@code bytes} where its format can be split;
   * line feeds not counted.
   */
  public static List<Split> of(SourceFile file, long bytes, Asked asked) {
    return asked
        .of(file)
        .map(ranges -> indexed(file, ranges, bytes, 1))
        .orElseGet(() -> of(file, bytes));
  }

  private static List<Split> of(SourceFile file, long bytes) {
    List<Split> splits = new ArrayList<>();
    if (file.format().splits()) {
      for (long from = 0; from < file.length(); from += bytes) {
        splits.add(new Split(file, from, Math.min(from + bytes, file.length()), 0, 1));
      }
    }
    return splits.isEmpty() ? List.of(whole(file)) : splits;
  }

  /**
   * A sample of the file: some of its parts of 1 MiB. A larger file that cannot be split, to judge
   * by its name, is read as a whole and some of its records are taken. Lines of plain JSONL are
   * numbered from the first byte of their part on: what is before it is not read.
   *
   * <p>Of what an index asks for, some of the records are taken.
   *
   * @param share above 0, at most 1
   */
  public static List<Split> sample(SourceFile file, double share, Asked asked) {
    return asked
        .of(file)
        .map(ranges -> indexed(file, ranges, SAMPLED_BYTES, share))
        .orElseGet(() -> sample(file, share));
  }

  private static List<Split> sample(SourceFile file, double share) {
    if (file.length() > SAMPLED_BYTES && !isSplit(file)) {
      return List.of(new Split(file, 0, file.length(), 0, share));
    }
    return of(file, SAMPLED_BYTES).stream()
        .filter(
            split -> PageIds.among(PageIds.of(file.relative(), "part", split.from() + ""), share))
        .map(split -> split.after(split.from()))
        .toList();
  }

  /** Splits that end where a range begins. */
  private static List<Split> indexed(
      SourceFile file, List<AskedRange> ranges, long bytes, double share) {
    List<Split> splits = new ArrayList<>();
    List<AskedRange> asked = new ArrayList<>();
    long from = 0;
    long filled = 0;
    for (AskedRange range : ranges) {
      if (filled > 0 && filled + range.bytes() > bytes) {
        splits.add(new Split(file, from, range.from(), 0, share, true, AskedRange.joined(asked)));
        from = range.from();
        filled = 0;
        asked.clear();
      }
      asked.add(range);
      filled += range.bytes();
    }
    splits.add(new Split(file, from, file.length(), 0, share, true, AskedRange.joined(asked)));
    return splits;
  }

  private static boolean isSplit(SourceFile file) {
    String name = file.relative().toLowerCase(Locale.ROOT);
    return switch (file.format()) {
      case WARC, WET, ARC -> name.endsWith(".gz");
      case JSONL -> !name.matches(".*\\.(gz|gzip|zst|zstd|lz4)");
      case PARQUET -> true;
      case HTML, ZIP, TEXT, UNKNOWN -> false;
    };
  }

  /** Whether the file starts here; what is not split belongs to this one. */
  public boolean first() {
    return from == 0;
  }

  /** Whether it is no more than a part of the file. */
  public boolean partial() {
    return from > 0 || to < file.length();
  }

  /** About how many bytes are read. */
  public long bytes() {
    return indexed ? asked.stream().mapToLong(AskedRange::bytes).sum() : to - from;
  }

  /** Whether a record is taken. */
  boolean takes(String id) {
    return PageIds.among(id, share);
  }

  /** The same split at its place in the lines of the file. */
  public Split after(long lines) {
    return new Split(file, from, to, lines, share, indexed, asked);
  }
}
