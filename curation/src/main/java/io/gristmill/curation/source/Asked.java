package io.gristmill.curation.source;

import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.Cdx.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which bytes of the input files are asked for by the indexes of their sources. Of a source with an
 * index nothing else is read.
 */
public final class Asked {
  private static final int LONGEST_LINE = 1 << 20;

  private final Map<SourceFile, List<AskedRange>> ranges = new HashMap<>();

  private Asked() {}

  /**
   * Reads the indexes of all sources.
   *
   * @param files of {@link Listing#files}
   * @throws IllegalArgumentException naming file and line of an entry that is damaged, that is in
   *     none of the files or in several, or beyond the end of its file
   */
  public static Asked of(List<SourceFile> files, Configuration hadoop) {
    var asked = new Asked();
    Map<SourceConfig, List<SourceFile>> sources = new HashMap<>();
    for (SourceFile file : files) {
      if (!file.config().selection().cdx().isEmpty()) {
        sources.computeIfAbsent(file.config(), source -> new ArrayList<>()).add(file);
      }
    }
    sources.forEach((source, held) -> asked.read(source, held, hadoop));
    return asked;
  }

  /** The ranges that are asked for of a file, in order and apart; empty where all of it is. */
  Optional<List<AskedRange>> of(SourceFile file) {
    return Optional.ofNullable(ranges.get(file));
  }

  /** About how many bytes of a file are read. */
  public long bytes(SourceFile file) {
    return of(file)
        .map(asked -> asked.stream().mapToLong(AskedRange::bytes).sum())
        .orElse(file.length());
  }

  /** The index files of all sources, for a fingerprint: what a run depends on. */
  public static List<FileStatus> indexes(List<SourceConfig> sources, Configuration hadoop) {
    return sources.stream()
        .flatMap(source -> source.selection().cdx().stream())
        .distinct()
        .flatMap(path -> indexes(path, hadoop).stream())
        .toList();
  }

  private static List<FileStatus> indexes(String path, Configuration hadoop) {
    try {
      Path glob = new Path(path);
      FileSystem system = glob.getFileSystem(hadoop);
      FileStatus[] matches = system.globStatus(glob);
      if (matches == null || matches.length == 0) {
        throw new IllegalArgumentException(
            "cdx %s: there is no such file (looked at %s)"
                .formatted(path, system.makeQualified(glob)));
      }
      List<FileStatus> indexes = new ArrayList<>();
      for (FileStatus match : matches) {
        if (match.isDirectory()) {
          throw new IllegalArgumentException(
              "cdx %s is a folder; give its files as a glob, such as %s/*.cdxj.gz"
                  .formatted(match.getPath(), path));
        }
        indexes.add(match);
      }
      return indexes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for cdx " + path, e);
    }
  }

  private void read(SourceConfig source, List<SourceFile> files, Configuration hadoop) {
    var paths = new PathEnds(files);
    Map<SourceFile, List<Entry>> entries = new HashMap<>();
    for (String path : source.selection().cdx()) {
      for (FileStatus index : indexes(path, hadoop)) {
        read(index, paths, entries, hadoop);
      }
    }
    for (SourceFile file : files) {
      ranges.put(file, ranges(entries.getOrDefault(file, List.of()), file.length()));
    }
  }

  private static void read(
      FileStatus index,
      PathEnds paths,
      Map<SourceFile, List<Entry>> entries,
      Configuration hadoop) {
    String name = index.getPath().toString();
    try (Members members = Members.open(Storage.open(name, index.getLen(), hadoop))) {
      var lines = new Lines(members, LONGEST_LINE);
      var cdx = new Cdx();
      long number = 0;
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        number++;
        try {
          Optional<Entry> entry = cdx.entry(new String(line.get(), StandardCharsets.UTF_8));
          if (entry.isPresent()) {
            SourceFile file = paths.file(entry.get().file());
            check(entry.get(), file);
            entries.computeIfAbsent(file, key -> new ArrayList<>()).add(entry.get());
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s line %d %s".formatted(name, number, e.getMessage()), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the index " + name, e);
    }
  }

  private static void check(Entry entry, SourceFile file) {
    switch (file.format()) {
      case WARC, WET, ARC -> {}
      default ->
          throw new IllegalArgumentException(
              "names %s, which is %s and no archive".formatted(file.path(), file.format()));
    }
    if (entry.offset() >= file.length()
        || entry.length() == 0
        || entry.length() > file.length() - entry.offset()) {
      throw new IllegalArgumentException(
          "asks for %s bytes at %d of %s, which has %d; is the index of another version of the file?"
              .formatted(
                  entry.length() < 0 ? "the" : Long.toString(entry.length()),
                  entry.offset(),
                  file.path(),
                  file.length()));
    }
  }

  /** The entries in order, each byte once. */
  static List<AskedRange> ranges(List<Entry> entries, long length) {
    List<Entry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparingLong(Entry::offset)
                    .thenComparing(Entry::length, Comparator.reverseOrder()))
            .toList();
    List<AskedRange> ranges = new ArrayList<>();
    for (Entry entry : sorted) {
      AskedRange last = ranges.isEmpty() ? null : ranges.getLast();
      boolean lone = entry.length() < 0;
      long from = entry.offset();
      long to = lone ? length : from + entry.length();
      if (last != null && last.from() == from) {
        continue; // the longest of those that start here came first
      }
      if (last != null && last.to() > from) {
        if (last.lone()) {
          ranges.set(ranges.size() - 1, new AskedRange(last.from(), from, true));
        } else if (lone || last.to() >= to) {
          continue;
        } else {
          from = last.to();
        }
      }
      ranges.add(new AskedRange(from, to, lone));
    }
    return ranges;
  }
}
