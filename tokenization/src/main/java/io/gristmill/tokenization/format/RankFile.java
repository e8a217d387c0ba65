package io.gristmill.tokenization.format;

import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.Merges;
import io.gristmill.tokenization.bpe.RankedMerges;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rank files of tiktoken: one token a line, its bytes in Base64 and its rank, which is its id.
 * Ranks have no gaps but for special tokens. Ids beyond the last rank that are neither become
 * {@code <|unused_ID|>}, so that every id has a row.
 */
public final class RankFile {
  /** How the files end. */
  public static final String SUFFIX = ".tiktoken";

  private RankFile() {}

  /**
   * Reads a tokenizer that encodes as tiktoken does.
   *
   * @throws IllegalArgumentException if the file is damaged; the message names file and line
   * @throws IOException if it cannot be read
   */
  public static BpeTokenizer read(Path file, RankEncoding encoding, Configuration configuration)
      throws IOException {
    return parse(Texts.read(file, configuration), file.toString(), encoding);
  }

  /**
   * Reads a tokenizer from text.
   *
   * @param source what messages call the text
   */
  public static BpeTokenizer parse(String text, String source, RankEncoding encoding) {
    NavigableMap<Integer, byte[]> ranks = ranks(text, source);
    var specials = new TreeMap<Integer, AddedToken>();
    for (AddedToken special : encoding.specialTokens()) {
      if (ranks.getOrDefault(special.id(), new byte[0]).length > 0) {
        throw new IllegalArgumentException(
            "%s: %s should have the id %d, which is the rank of a token"
                .formatted(source, special.content(), special.id()));
      }
      specials.put(special.id(), special);
    }
    int lastId = Math.max(ranks.lastKey(), specials.isEmpty() ? 0 : specials.lastKey());
    var tokens = new ArrayList<byte[]>();
    var added = new ArrayList<AddedToken>();
    for (int id = 0; id <= lastId; id++) {
      byte[] token = ranks.get(id);
      if (token == null && !specials.containsKey(id) && id < ranks.lastKey()) {
        throw new IllegalArgumentException(
            "%s: no token has rank %d; ranks must have no gaps but for special tokens"
                .formatted(source, id));
      }
      if (token == null || token.length == 0) {
        AddedToken special =
            specials.getOrDefault(id, new AddedToken(id, "<|unused_%d|>".formatted(id), true));
        added.add(special);
        token = special.content().getBytes(StandardCharsets.UTF_8);
      }
      tokens.add(token);
    }
    try {
      var vocabulary = new Vocabulary(tokens, added);
      var tokenizer =
          new BpeTokenizer(encoding.pretokenizer(), vocabulary, RankedMerges.of(vocabulary));
      BpeTokenizer exact = tokenizer.ignoringMerges();
      return exact.hasUnmergeableTokens() ? exact : tokenizer;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static NavigableMap<Integer, byte[]> ranks(String text, String source) {
    var ranks = new TreeMap<Integer, byte[]>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      int space = line.indexOf(' ');
      int rank = rank(line.substring(space + 1));
      if (space < 1 || rank < 0) {
        throw refused(source, i, "\"%s\" must be Base64, a space and a rank".formatted(line));
      }
      if (ranks.put(rank, bytes(line.substring(0, space), source, i)) != null) {
        throw refused(source, i, "the rank %d is that of an earlier line".formatted(rank));
      }
    }
    if (ranks.isEmpty()) {
      throw new IllegalArgumentException(source + ": has no token; copy the file again");
    }
    return ranks;
  }

  /** -1 if it is no rank. */
  private static int rank(String text) {
    return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : -1;
  }

  private static byte[] bytes(String base64, String source, int line) {
    if (base64.equals("=")) {
      return new byte[0]; // Whisper's way to leave an id unused.
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw refused(source, line, "\"%s\" is not Base64 (%s)".formatted(base64, e.getMessage()));
    }
  }

  private static IllegalArgumentException refused(String source, int line, String why) {
    return new IllegalArgumentException(
        "%s line %d: %s; copy the file again".formatted(source, line + 1, why));
  }

  /**
   * The file's text: every token but the added ones. As ever with rank files, a reader also joins
   * two tokens that no merge here joins, if what they make together is a token.
   *
   * @throws IllegalArgumentException if ids do not follow the order of merges, or text is
   *     normalized, which no rank file can say
   */
  public static String text(BpeTokenizer tokenizer) {
    if (!tokenizer.normalizer().equals(Normalizer.NONE)) {
      throw new IllegalArgumentException(
          "the tokenizer normalizes text, which a rank file cannot say; write a tokenizer.json");
    }
    Merges merges = tokenizer.merges();
    for (int rank = 1; rank < merges.size(); rank++) {
      if (merges.result(rank) < merges.result(rank - 1)) {
        throw new IllegalArgumentException(
            "merge %d makes token %d after merge %d made %d, but in a rank file ids are the order of merges; write a tokenizer.json"
                .formatted(rank, merges.result(rank), rank - 1, merges.result(rank - 1)));
      }
    }
    var text = new StringBuilder();
    Vocabulary vocabulary = tokenizer.vocabulary();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.isAdded(id)) {
        text.append(Base64.getEncoder().encodeToString(vocabulary.bytes(id)))
            .append(' ')
            .append(id)
            .append('\n');
      }
    }
    return text.toString();
  }

  /** Writes {@link #text} to a file. */
  public static void write(BpeTokenizer tokenizer, Path file, Configuration configuration)
      throws IOException {
    Texts.write(text(tokenizer), file, configuration);
  }
}
