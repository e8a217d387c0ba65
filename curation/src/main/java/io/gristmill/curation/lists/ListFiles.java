package io.gristmill.curation.lists;

import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.Lines;
import io.gristmill.curation.source.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a list and their lines. */
final class ListFiles {
  private static final Pattern IN_FOLDERS =
      Pattern.compile("(domains|urls|hosts|.+\\.txt)(\\.gz|\\.zst|\\.lz4)?");
  private static final int LONGEST_LINE = 1 << 16;

  private ListFiles() {}

  /**
   * The files of a list in the order of their names.
   *
   * @throws IllegalArgumentException if a path names none
   */
  static List<FileStatus> of(ListConfig config, Configuration hadoop) {
    List<FileStatus> files = new ArrayList<>();
    for (String name : config.files()) {
      Path path = new Path(name);
      try {
        FileSystem system = path.getFileSystem(hadoop);
        FileStatus[] matches = system.globStatus(path);
        int before = files.size();
        for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
          if (match.isDirectory()) {
            collect(system, match, files);
          } else {
            files.add(match);
          }
        }
        if (files.size() == before) {
          throw new IllegalArgumentException(
              "list %s: %s names no file (looked at %s); of a folder, files called domains, urls, hosts or *.txt are taken"
                  .formatted(config.name(), name, system.makeQualified(path)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("list %s: cannot list %s".formatted(config.name(), name), e);
      }
    }
    return files;
  }

  private static void collect(FileSystem system, FileStatus folder, List<FileStatus> files)
      throws IOException {
    FileStatus[] children = system.listStatus(folder.getPath());
    Arrays.sort(children, Comparator.comparing(FileStatus::getPath));
    for (FileStatus child : children) {
      if (child.isDirectory()) {
        collect(system, child, files);
      } else if (IN_FOLDERS.matcher(child.getPath().getName()).matches()) {
        files.add(child);
      }
    }
  }

  /**
   * Reads all entries; blank lines and what follows {@code #} at a line's beginning or after a
   * space are left out.
   *
   * @throws IllegalArgumentException naming file and line of what is no entry
   */
  static void read(FileStatus file, Configuration hadoop, Consumer<String> sink) {
    String path = file.getPath().toString();
    try (Members members = Members.open(Storage.open(path, file.getLen(), hadoop))) {
      Lines lines = new Lines(members, LONGEST_LINE);
      int number = 0;
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        number++;
        String entry = entry(new String(line.get(), StandardCharsets.UTF_8));
        if (!entry.isEmpty()) {
          try {
            sink.accept(entry);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "%s line %d %s".formatted(path, number, e.getMessage()), e);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(path), e);
    }
  }

  private static String entry(String line) {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
    return (comment < 0 ? text : text.substring(0, comment)).strip();
  }
}
