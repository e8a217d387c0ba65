package io.gristmill.jobs.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * {@code _MANIFEST.json}: what a published folder holds and what it was made of. Written last, so a
 * folder without it does not exist for the next stage (a rename is not atomic on object stores).
 *
 * @param stage name of the stage that made the folder
 * @param inputs all that the output depends on, by name; equal inputs mean equal output
 * @param files every file with its length and SHA-256, sorted by path
 */
public record Manifest(String stage, SortedMap<String, String> inputs, List<PublishedFile> files) {
  private static final String NAME = "_MANIFEST.json";
  private static final String STARTED = "_STARTED.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Manifest {
    inputs = new TreeMap<>(inputs);
    files = List.copyOf(files);
  }

  /** The manifest of a published folder, empty when the folder was never finished. */
  public static Optional<Manifest> read(Path folder, Configuration hadoop) throws IOException {
    return read(folder, NAME, hadoop);
  }

  /** Whether a stage wrote the folder, or began to. */
  static boolean isIn(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    return files.exists(new Path(folder, NAME)) || files.exists(new Path(folder, STARTED));
  }

  /** What a run that has not finished set out to do. */
  static Optional<Manifest> readStarted(Path folder, Configuration hadoop) throws IOException {
    return read(folder, STARTED, hadoop);
  }

  void write(Path folder, Configuration hadoop) throws IOException {
    write(folder, NAME, hadoop);
    FileSystem.get(folder.toUri(), hadoop).delete(new Path(folder, STARTED), false);
  }

  void writeStarted(Path folder, Configuration hadoop) throws IOException {
    write(folder, STARTED, hadoop);
  }

  /** Stands for the content of the folder in the inputs of the stages that read it. */
  public String contentHash() {
    var content = new StringBuilder();
    files.forEach(
        file -> content.append(file.path()).append(' ').append(file.sha256()).append('\n'));
    return Sha256.of(content.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The same with the files that are amendable as they are now. */
  Manifest amended(Path folder, Set<String> amendable, Configuration hadoop) throws IOException {
    List<PublishedFile> now = new ArrayList<>();
    for (PublishedFile file : files) {
      if (amendable.contains(file.path())) {
        Path path = new Path(folder, file.path());
        FileSystem fileSystem = path.getFileSystem(hadoop);
        long length = fileSystem.getFileStatus(path).getLen();
        try (FSDataInputStream in = fileSystem.open(path)) {
          now.add(new PublishedFile(file.path(), length, Sha256.of(in)));
        }
      } else {
        now.add(file);
      }
    }
    return new Manifest(stage, inputs, now);
  }

  /** The first file that is not there any more with its length, if any. */
  Optional<String> missing(Path folder, Set<String> amendable, Configuration hadoop)
      throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    for (PublishedFile file : files()) {
      try {
        long length = files.getFileStatus(new Path(folder, file.path())).getLen();
        if (length != file.length() && !amendable.contains(file.path())) {
          return Optional.of(
              "%s has %d bytes instead of %d".formatted(file.path(), length, file.length()));
        }
      } catch (FileNotFoundException absent) {
        return Optional.of(file.path() + " is gone");
      }
    }
    return Optional.empty();
  }

  private static Optional<Manifest> read(Path folder, String name, Configuration hadoop)
      throws IOException {
    Path path = new Path(folder, name);
    FileSystem files = path.getFileSystem(hadoop);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    try (FSDataInputStream in = files.open(path)) {
      return Optional.of(JSON.readValue(in.readAllBytes(), Manifest.class));
    } catch (JsonProcessingException cut) {
      return Optional.empty(); // written half by a process that died: as good as absent
    }
  }

  private void write(Path folder, String name, Configuration hadoop) throws IOException {
    try (FSDataOutputStream out =
        folder.getFileSystem(hadoop).create(new Path(folder, name), true)) {
      out.write(JSON.writeValueAsBytes(this));
    }
  }
}
