package io.gristmill.tokenization.format;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.sentencepiece.SentencePieceFiles;
import io.gristmill.tokenization.sentencepiece.SentencePieceTokenizer;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads a tokenizer whatever its file is, and writes the folder that others read. */
public final class TokenizerFiles {
  /** The files that may belong to a tokenizer in its folder or in that of a model. */
  public static final List<String> NAMES =
      List.of(
          TokenizerJson.FILE,
          TokenizerConfigJson.FILE,
          VocabularyAndMerges.VOCABULARY,
          VocabularyAndMerges.MERGES,
          SentencePieceFiles.FILE,
          "added_tokens.json",
          "special_tokens_map.json");

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
    if (name.endsWith(".model")) {
      return SentencePieceFiles.read(path, configuration);
    }
    throw new IllegalArgumentException(
        "%s is no tokenizer by its name, must end in .json, .model or %s"
            .formatted(path, RankFile.SUFFIX));
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
    if (files.exists(new Path(folder, SentencePieceFiles.FILE))) {
      return SentencePieceFiles.read(folder, configuration);
    }
    throw new IllegalArgumentException(
        "%s holds no tokenizer: neither %s nor %s with %s nor %s"
            .formatted(
                folder,
                TokenizerJson.FILE,
                VocabularyAndMerges.VOCABULARY,
                VocabularyAndMerges.MERGES,
                SentencePieceFiles.FILE));
  }

  /** What stands beside the tokenizer at {@code path} in its {@code tokenizer_config.json}. */
  public static TokenizerConfig config(Path path, Configuration configuration) throws IOException {
    boolean folder = path.getFileSystem(configuration).getFileStatus(path).isDirectory();
    return TokenizerConfigJson.read(folder ? path : path.getParent(), configuration);
  }

  /** Writes a tokenizer of any kind into a folder, as its own kind of file. */
  public static void write(Tokenizer tokenizer, Path folder, Configuration configuration)
      throws IOException {
    switch (tokenizer) {
      case BpeTokenizer bpe -> write(bpe, folder, configuration);
      case SentencePieceTokenizer pieces -> SentencePieceFiles.write(pieces, folder, configuration);
      default ->
          throw new IllegalArgumentException(
              "%s has no file of its own".formatted(tokenizer.getClass().getSimpleName()));
    }
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
