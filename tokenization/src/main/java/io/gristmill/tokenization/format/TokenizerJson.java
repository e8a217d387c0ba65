package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
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
   * Reads a tokenizer. Where the file has no {@link Tokenizer#END_OF_TEXT}, documents end with the
   * {@code eos_token} of the {@code tokenizer_config.json} beside it.
   *
   * @param path a {@code tokenizer.json}, or a folder that holds one
   * @throws IllegalArgumentException if the file is damaged, inconsistent, or uses what we cannot
   *     do; the message names the file and the entry
   * @throws IOException if it cannot be read
   */
  public static BpeTokenizer read(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    Path file = files.getFileStatus(path).isDirectory() ? new Path(path, FILE) : path;
    BpeTokenizer tokenizer = parse(Texts.read(file, configuration), file.toString());
    return ended(tokenizer, file.getParent(), configuration);
  }

  /** The tokenizer, ended as its folder says where it does not say so itself. */
  static BpeTokenizer ended(BpeTokenizer tokenizer, Path folder, Configuration configuration)
      throws IOException {
    if (tokenizer.vocabulary().addedId(Tokenizer.END_OF_TEXT).isPresent()) {
      return tokenizer;
    }
    String end = TokenizerConfigJson.read(folder, configuration).eosToken();
    return tokenizer.vocabulary().addedId(end).isPresent()
        ? tokenizer.withEndOfText(end)
        : tokenizer;
  }

  /**
   * Reads a tokenizer from text.
   *
   * @param source what messages call the text
   */
  public static BpeTokenizer parse(String json, String source) {
    return TokenizerJsonReader.read(json, source);
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
