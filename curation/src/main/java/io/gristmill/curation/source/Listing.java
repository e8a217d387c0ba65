package io.gristmill.curation.source;

import io.gristmill.curation.compression.StorageInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a run's inputs, in the order of their relative paths. Files and folders whose names
 * begin with '_' or '.' are not input, as everywhere in Hadoop.
 */
public final class Listing {
  private static final String GLOB = "*?[{";

  private Listing() {}

  /**
   * Lists all files of all inputs.
   *
   * @throws IllegalArgumentException if a path does not exist, holds nothing that can be read, or
   *     names a file that another input names too
   */
  public static List<SourceFile> files(List<SourceConfig> sources, Configuration configuration) {
    Map<String, SourceFile> byRelative = new HashMap<>();
    for (SourceConfig source : sources) {
      try {
        for (SourceFile file : files(source, configuration)) {
          SourceFile other = byRelative.put(file.relative(), file);
          if (other != null) {
            throw clash(other, file);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list %s".formatted(source.path()), e);
      }
    }
    return byRelative.values().stream().sorted(Comparator.comparing(SourceFile::relative)).toList();
  }

  private static List<SourceFile> files(SourceConfig source, Configuration configuration)
      throws IOException {
    Path path = new Path(source.path());
    FileSystem system = path.getFileSystem(configuration);
    FileStatus[] matches = system.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new IllegalArgumentException(
          "path %s: there is no such file or folder (looked at %s); correct the path, or give a glob such as %s/*.warc.gz"
              .formatted(source.path(), system.makeQualified(path), parent(path)));
    }
    String root = root(system.makeQualified(path), matches);
    List<SourceFile> files = new ArrayList<>();
    for (FileStatus match : matches) {
      collect(system, match, root, source, configuration, files);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "path %s: no files in it (names that begin with '_' or '.' do not count); give the folder or glob that holds the input"
              .formatted(source.path()));
    }
    if (files.stream().allMatch(file -> file.format() == SourceFormat.UNKNOWN)) {
      throw new IllegalArgumentException(
          "path %s: %d files, none of a known format, the first is %s; set format to what they are"
              .formatted(source.path(), files.size(), files.getFirst().path()));
    }
    return files;
  }

  private static void collect(
      FileSystem system,
      FileStatus status,
      String root,
      SourceConfig source,
      Configuration configuration,
      List<SourceFile> files)
      throws IOException {
    if (status.isDirectory()) {
      for (FileStatus child : children(system, status)) {
        String name = child.getPath().getName();
        if (!name.startsWith("_") && !name.startsWith(".")) {
          collect(system, child, root, source, configuration, files);
        }
      }
      return;
    }
    String path = status.getPath().toString();
    files.add(
        new SourceFile(
            path,
            path.substring(root.length()),
            format(source, status, configuration),
            status.getLen(),
            status.getModificationTime(),
            source));
  }

  private static FileStatus[] children(FileSystem system, FileStatus folder) throws IOException {
    try {
      return system.listStatus(folder.getPath());
    } catch (FileNotFoundException e) {
      return new FileStatus[0]; // deleted since its parent was listed
    }
  }

  /** What every listed path begins with: all up to the name of the file, or of the folder given. */
  private static String root(Path path, FileStatus[] matches) {
    Path folder = path;
    boolean glob = false;
    for (Path part = path; part.getParent() != null; part = part.getParent()) {
      if (part.getName().chars().anyMatch(c -> GLOB.indexOf(c) >= 0)) {
        folder = part.getParent();
        glob = true;
      }
    }
    if (!glob) {
      folder = matches[0].getPath(); // as the file system writes it
    }
    Path parent = folder.getParent();
    String prefix = parent == null ? folder.toString() : parent.toString();
    return prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static SourceFormat format(
      SourceConfig source, FileStatus status, Configuration configuration) {
    String name = status.getPath().getName();
    if (source.format().equals("auto")) {
      return Formats.byName(name).orElseGet(() -> byContent(status, configuration));
    }
    if (source.format().equals("html")) {
      if (Formats.isZip(name)) {
        return SourceFormat.ZIP;
      }
      return Formats.isAsset(name) ? SourceFormat.UNKNOWN : SourceFormat.HTML;
    }
    return SourceFormat.valueOf(source.format().toUpperCase(Locale.ROOT));
  }

  private static SourceFormat byContent(FileStatus status, Configuration configuration) {
    try (StorageInput input =
        Storage.open(status.getPath().toString(), status.getLen(), configuration)) {
      return Formats.byContent(input);
    }
  }

  private static IllegalArgumentException clash(SourceFile one, SourceFile other) {
    if (one.path().equals(other.path())) {
      return new IllegalArgumentException(
          "%s is named by two inputs, %s and %s; leave one of them out"
              .formatted(one.path(), one.config().path(), other.config().path()));
    }
    return new IllegalArgumentException(
        "%s and %s would both be known as %s; name them by one glob or by a folder above both"
            .formatted(one.path(), other.path(), one.relative()));
  }

  private static String parent(Path path) {
    return path.getParent() == null ? path.toString() : path.getParent().toString();
  }
}
