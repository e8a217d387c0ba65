package io.gristmill.tokenization.format;

import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The {@code tokenizer.json} of Hugging Face tokenizers, for byte-level BPE. The same tokenizer
 * always gives the same bytes.
 */
public final class TokenizerJson {
  /** The file's name inside a tokenizer or model folder. */
  public static final String FILE = "tokenizer.json";

  private TokenizerJson() {}

  /**
   * Reads a tokenizer.
   *
   * @param path a {@code tokenizer.json}, or a folder that holds one
   * @throws IllegalArgumentException if the file is damaged, inconsistent, or uses what we cannot
   *     do; the message names the file and the entry
   * @throws IOException if it cannot be read
   */
  public static BpeTokenizer read(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    Path file = files.getFileStatus(path).isDirectory() ? new Path(path, FILE) : path;
    try (FSDataInputStream in = files.open(file)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), file.toString());
    }
  }

  /**
   * Reads a tokenizer from text.
   *
   * @param source what messages call the text
   */
  public static BpeTokenizer parse(String json, String source) {
    return new TokenizerJsonReader(source).read(json);
  }

  /** Writes {@code tokenizer.json} and {@code tokenizer_config.json} into a folder. */
  public static void write(BpeTokenizer tokenizer, Path folder, Configuration configuration)
      throws IOException {
    write(toJson(tokenizer), new Path(folder, FILE), configuration);
    write(
        TokenizerConfigJson.toJson(tokenizer),
        new Path(folder, TokenizerConfigJson.FILE),
        configuration);
  }

  private static void write(String json, Path file, Configuration configuration)
      throws IOException {
    try (FSDataOutputStream out = file.getFileSystem(configuration).create(file, true)) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The file's text. */
  public static String toJson(BpeTokenizer tokenizer) {
    return TokenizerJsonWriter.write(tokenizer);
  }

  /** SHA-256 of the file's bytes in lowercase hex. */
  public static String sha256(BpeTokenizer tokenizer) {
    try {
      byte[] json = toJson(tokenizer).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
