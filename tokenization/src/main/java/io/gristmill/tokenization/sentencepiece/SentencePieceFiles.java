package io.gristmill.tokenization.sentencepiece;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The {@code .model} files of SentencePiece, called {@code tokenizer.model} in a model's folder.
 */
public final class SentencePieceFiles {
  /** The file's name inside a tokenizer or model folder. */
  public static final String FILE = "tokenizer.model";

  private SentencePieceFiles() {}

  /**
   * Reads a tokenizer.
   *
   * @param path a {@code .model} file, or a folder that holds {@code tokenizer.model}
   * @throws IllegalArgumentException if the model is damaged or of a kind that is not supported;
   *     the message names file, field and byte
   * @throws IOException if it cannot be read
   */
  public static SentencePieceTokenizer read(Path path, Configuration configuration)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    Path file = files.getFileStatus(path).isDirectory() ? new Path(path, FILE) : path;
    try (FSDataInputStream in = files.open(file)) {
      return SentencePieceTokenizer.parse(in.readAllBytes(), file.toString());
    }
  }

  /** Writes {@code tokenizer.model} into a folder, with the bytes that were read. */
  public static void write(
      SentencePieceTokenizer tokenizer, Path folder, Configuration configuration)
      throws IOException {
    Path file = new Path(folder, FILE);
    try (FSDataOutputStream out = file.getFileSystem(configuration).create(file, true)) {
      out.write(tokenizer.toBytes());
    }
  }
}
