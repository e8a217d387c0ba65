package io.gristmill.curation.lists;

import io.gristmill.curation.dedup.UrlKey;
import io.gristmill.curation.source.SourceConfig;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The pages that sources are asked for, by the keys of their URLs, see {@link UrlKey}. Read on the
 * driver and broadcast.
 */
public final class WantedUrls implements Serializable {
  private static final long serialVersionUID = 1;

  private final HashMap<List<String>, Hashes> byFiles;

  private WantedUrls(Map<List<String>, Hashes> byFiles) {
    this.byFiles = new HashMap<>(byFiles);
  }

  /**
   * Reads the lists of all sources.
   *
   * @throws IllegalArgumentException if there is no such file, or naming file and line of what is
   *     no URL
   */
  public static WantedUrls read(List<SourceConfig> sources, Configuration hadoop) {
    Map<List<String>, Hashes> byFiles = new HashMap<>();
    for (SourceConfig source : sources) {
      List<String> files = source.selection().urls();
      if (!files.isEmpty()) {
        byFiles.computeIfAbsent(files, named -> hashes(named, hadoop));
      }
    }
    return new WantedUrls(byFiles);
  }

  /** Whether a source is asked for a page; one without a list is asked for all. */
  public boolean ask(SourceConfig source, String url) {
    List<String> files = source.selection().urls();
    return files.isEmpty() || byFiles.get(files).contains(UrlKey.of(url));
  }

  /** The files of all lists, for a fingerprint: what a run depends on. */
  public static List<FileStatus> files(List<SourceConfig> sources, Configuration hadoop) {
    return sources.stream()
        .map(source -> source.selection().urls())
        .filter(files -> !files.isEmpty())
        .distinct()
        .flatMap(files -> ListFiles.of(list(files), hadoop).stream())
        .toList();
  }

  private static Hashes hashes(List<String> files, Configuration hadoop) {
    LongStream.Builder keys = LongStream.builder();
    for (FileStatus file : ListFiles.of(list(files), hadoop)) {
      ListFiles.read(file, hadoop, line -> keys.add(Hashes.hash(key(line))));
    }
    return Hashes.of(keys.build());
  }

  private static String key(String line) {
    String key = UrlKey.of(line.contains("://") ? line : "http://" + line);
    if (key.isEmpty() || line.matches(".*\\s.*")) {
      throw new IllegalArgumentException("is no URL: " + line);
    }
    return key;
  }

  private static ListConfig list(List<String> files) {
    return new ListConfig("urls", ListKind.URL, files, List.of());
  }
}
