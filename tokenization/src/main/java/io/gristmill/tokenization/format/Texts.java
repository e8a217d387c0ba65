package io.gristmill.tokenization.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** Whole UTF-8 files, wherever Hadoop reaches. */
final class Texts {
  private Texts() {}

  static String read(Path file, Configuration configuration) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(configuration).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static void write(String text, Path file, Configuration configuration) throws IOException {
    try (FSDataOutputStream out = file.getFileSystem(configuration).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
