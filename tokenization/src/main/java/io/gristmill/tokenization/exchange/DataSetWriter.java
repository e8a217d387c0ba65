package io.gristmill.tokenization.exchange;

import io.gristmill.tokenization.shard.ShardDocuments;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes one data set in one format. The files begin with what only their end tells (numbers of
 * tokens, lengths of documents), so the lengths are read once more rather than kept.
 */
final class DataSetWriter {
  private final Path folder;
  private final String attempt;
  private final Configuration configuration;

  /**
   * @param attempt tells apart the hidden files of attempts that write the same file
   */
  DataSetWriter(Path folder, String attempt, Configuration configuration) {
    this.folder = folder;
    this.attempt = attempt;
    this.configuration = configuration;
  }

  /**
   * The paths of the files that were written, within the folder.
   *
   * @param partTokens the most tokens of an llm.c file, but for a document that has more
   */
  List<String> write(DataSet set, TokenFormat format, int partTokens) throws IOException {
    return switch (format) {
      case MEGATRON -> megatron(set);
      case NANOGPT -> nanoGpt(set);
      case LLM_C -> llmC(set, partTokens);
    };
  }

  private List<String> megatron(DataSet set) throws IOException {
    ShardIndex index = set.shards().index();
    MegatronIndex.Type type = MegatronIndex.Type.of(index.vocabularySize());
    String bin = set.name() + ".bin";
    try (ShardDocuments documents = set.open();
        TokenOutput out = output(bin)) {
      while (documents.next()) {
        out.write(type.bytes(documents.tokens(), index.width()));
      }
      out.finish();
    }
    String idx = set.name() + ".idx";
    try (TokenOutput out = output(idx)) {
      MegatronIndex.write(set, type, out);
      out.finish();
    }
    return List.of(bin, idx);
  }

  private List<String> nanoGpt(DataSet set) throws IOException {
    String bin = set.name() + ".bin";
    try (ShardDocuments documents = set.open();
        TokenOutput out = output(bin)) {
      while (documents.next()) {
        out.write(documents.tokens());
      }
      out.finish();
    }
    return List.of(bin);
  }

  /** As llm.c has it, the end-of-text token stands before each document, not after it. */
  private List<String> llmC(DataSet set, int partTokens) throws IOException {
    ShardIndex index = set.shards().index();
    TokenWidth width = index.width();
    byte[] endOfText = width.pack(new int[] {index.endOfText()});
    List<String> files = new ArrayList<>();
    try (ShardDocuments documents = set.open()) {
      for (Part part : parts(set, partTokens)) {
        String file = "%s_%06d.bin".formatted(set.name(), files.size());
        try (TokenOutput out = output(file)) {
          out.write(new LlmCHeader(width, part.tokens()).bytes());
          for (long document = 0; document < part.documents(); document++) {
            documents.next();
            byte[] tokens = documents.tokens();
            out.write(endOfText);
            out.write(tokens, 0, tokens.length - endOfText.length);
          }
          out.finish();
        }
        files.add(file);
      }
    }
    return files;
  }

  private record Part(long documents, int tokens) {}

  /** Parts end with a document, so that each can be read without the others. */
  private static List<Part> parts(DataSet set, int partTokens) throws IOException {
    List<Part> parts = new ArrayList<>();
    try (ShardDocuments documents = set.lengths()) {
      long count = 0;
      int tokens = 0;
      while (documents.next()) {
        int length = documents.length();
        if (count > 0 && length > partTokens - tokens) {
          parts.add(new Part(count, tokens));
          count = 0;
          tokens = 0;
        }
        count++;
        tokens += length;
      }
      parts.add(new Part(count, tokens));
    }
    return parts;
  }

  private TokenOutput output(String file) throws IOException {
    return new TokenOutput(new Path(folder, file), attempt, configuration);
  }
}
