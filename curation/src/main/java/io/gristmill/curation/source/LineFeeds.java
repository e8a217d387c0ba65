package io.gristmill.curation.source;

import io.gristmill.curation.compression.Members;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Lines are known by their numbers, so a split of plain JSONL must know how many are before it. */
public final class LineFeeds {
  private LineFeeds() {}

  /** Whether the line feeds before a split count. */
  public static boolean matter(Split split) {
    return split.partial() && split.file().format() == SourceFormat.JSONL;
  }

  /** The line feeds in the bytes of a split; 0 in a compressed file, which is not split. */
  public static long in(Split split, Configuration configuration) {
    SourceFile file = split.file();
    try (Members members = Members.open(Storage.open(file.path(), file.length(), configuration))) {
      if (members.compressed()) {
        return 0;
      }
      members.seek(split.from());
      byte[] chunk = new byte[1 << 16];
      long feeds = 0;
      long at = split.from();
      int read;
      while ((read = members.read(chunk, 0, (int) Math.min(chunk.length, split.to() - at))) > 0) {
        for (int i = 0; i < read; i++) {
          feeds += chunk[i] == '\n' ? 1 : 0;
        }
        at += read;
      }
      return feeds;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file.path()), e);
    }
  }

  /**
   * Splits that know the line feeds before them.
   *
   * @param splits of any files, those of one file in order and next to each other
   * @param feeds how many are in each
   */
  public static List<Split> summed(List<Split> splits, List<Long> feeds) {
    List<Split> summed = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < splits.size(); i++) {
      before = splits.get(i).first() ? 0 : before;
      summed.add(splits.get(i).after(before));
      before += feeds.get(i);
    }
    return summed;
  }
}
