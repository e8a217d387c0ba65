package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads a tokenizer whatever its file is, and writes the folder that others read. */
public final class TokenizerFiles {
  private TokenizerFiles() {}

  /**
   * Reads a tokenizer.
   *
   * @param path a tokenizer's file, or a folder that holds it
   * @throws IllegalArgumentException if the file is damaged, inconsistent, of an unknown kind, or
   *     uses what we cannot do; the message names the file and the entry
   * @throws IOException if it cannot be read
   */
  public static Tokenizer read(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    if (files.getFileStatus(path).isDirectory()) {
      return readFolder(path, files, configuration);
    }
    String name = path.getName();
    if (name.endsWith(RankFile.SUFFIX)) {
      return RankFile.read(
          path,
          RankEncoding.named(name.substring(0, name.length() - RankFile.SUFFIX.length())),
          configuration);
    }
    if (name.endsWith(".json")) {
      return TokenizerJson.read(path, configuration);
    }
    throw new IllegalArgumentException(
        "%s is no tokenizer by its name, must end in .json or %s".formatted(path, RankFile.SUFFIX));
  }

  private static Tokenizer readFolder(Path folder, FileSystem files, Configuration configuration)
      throws IOException {
    if (files.exists(new Path(folder, TokenizerJson.FILE))) {
      return TokenizerJson.read(folder, configuration);
    }
    Path vocabulary = new Path(folder, VocabularyAndMerges.VOCABULARY);
    Path merges = new Path(folder, VocabularyAndMerges.MERGES);
    if (files.exists(vocabulary) && files.exists(merges)) {
      BpeTokenizer tokenizer = VocabularyAndMerges.read(vocabulary, merges, configuration);
      return TokenizerJson.ended(tokenizer, folder, configuration);
    }
    throw new IllegalArgumentException(
        "%s holds no tokenizer: neither %s nor %s with %s"
            .formatted(
                folder,
                TokenizerJson.FILE,
                VocabularyAndMerges.VOCABULARY,
                VocabularyAndMerges.MERGES));
  }

  /** Writes a tokenizer that we trained, with the configuration that belongs to it. */
  public static void write(BpeTokenizer tokenizer, Path folder, Configuration configuration)
      throws IOException {
    write(tokenizer, TokenizerConfig.of(tokenizer), folder, configuration);
  }

  /** Writes {@code tokenizer.json} and {@code tokenizer_config.json} into a folder. */
  public static void write(
      BpeTokenizer tokenizer, TokenizerConfig config, Path folder, Configuration configuration)
      throws IOException {
    Texts.write(
        TokenizerJson.toJson(tokenizer), new Path(folder, TokenizerJson.FILE), configuration);
    Texts.write(
        TokenizerConfigJson.toJson(tokenizer, config),
        new Path(folder, TokenizerConfigJson.FILE),
        configuration);
  }
}
