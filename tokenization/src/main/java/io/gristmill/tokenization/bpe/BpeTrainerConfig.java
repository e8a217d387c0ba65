package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * How a BPE is trained.
 *
 * @param vocabularySize ids in all: special and reserved tokens, 256 bytes, one per merge
 * @param pretokenizer name of the pattern that cuts text into pieces
 * @param specialTokens texts of the tokens that get the first ids, {@value Tokenizer#END_OF_TEXT}
 *     first
 * @param reservedTokens how many spare ids follow them, for uses still to come
 * @param minFrequency a pair that occurs less often is not merged
 * @param maxTokenBytes no token becomes longer than this, in bytes
 * @param maxPieceCharacters longer pieces are counted in parts of this many characters, which
 *     bounds the memory that one piece takes
 * @param weights how much texts count; a text is counted by the first that fits its domain and
 *     language, once if none does
 */
public record BpeTrainerConfig(
    int vocabularySize,
    String pretokenizer,
    List<String> specialTokens,
    int reservedTokens,
    long minFrequency,
    int maxTokenBytes,
    int maxPieceCharacters,
    List<TextWeight> weights)
    implements Serializable {
  private static final int BYTES = 256;
  private static final int MOST_PIECE_CHARACTERS = 4096;

  public BpeTrainerConfig {
    specialTokens = List.copyOf(specialTokens);
    weights = List.copyOf(weights);
    Pretokenizer.named(pretokenizer);
    if (specialTokens.isEmpty() || !specialTokens.getFirst().equals(Tokenizer.END_OF_TEXT)) {
      throw new IllegalArgumentException(
          "special-tokens is %s, must begin with %s, which ends every document"
              .formatted(specialTokens, Tokenizer.END_OF_TEXT));
    }
    var seen = new HashSet<String>();
    for (String token : specialTokens) {
      if (token.isBlank() || !seen.add(token)) {
        throw new IllegalArgumentException(
            "special-tokens has \"%s\" %s, must be different texts"
                .formatted(token, token.isBlank() ? "without a character" : "twice"));
      }
    }
    if (reservedTokens < 0) {
      throw new IllegalArgumentException(
          "reserved-tokens is %d, must be at least 0; 13 is usual".formatted(reservedTokens));
    }
    int least = specialTokens.size() + reservedTokens + BYTES;
    if (vocabularySize < least) {
      throw new IllegalArgumentException(
          "vocabulary-size is %d, must be at least %d (%d special, %d reserved, 256 bytes); 32768 is usual"
              .formatted(vocabularySize, least, specialTokens.size(), reservedTokens));
    }
    if (vocabularySize > 1 << 20) {
      throw new IllegalArgumentException(
          "vocabulary-size is %d, must be at most 1048576; 32768 is usual"
              .formatted(vocabularySize));
    }
    if (minFrequency < 1) {
      throw new IllegalArgumentException(
          "min-frequency is %d, must be at least 1; 2 is usual".formatted(minFrequency));
    }
    if (maxTokenBytes < 4) {
      throw new IllegalArgumentException(
          "max-token-bytes is %d, must be at least 4, the longest character; 64 is usual"
              .formatted(maxTokenBytes));
    }
    if (maxPieceCharacters < 2 || maxPieceCharacters > MOST_PIECE_CHARACTERS) {
      throw new IllegalArgumentException(
          "max-piece-characters is %d, must be 2 to %d; 64 is usual"
              .formatted(maxPieceCharacters, MOST_PIECE_CHARACTERS));
    }
  }

  /** The same with every text counted once. */
  public BpeTrainerConfig(
      int vocabularySize,
      String pretokenizer,
      List<String> specialTokens,
      int reservedTokens,
      long minFrequency,
      int maxTokenBytes,
      int maxPieceCharacters) {
    this(
        vocabularySize,
        pretokenizer,
        specialTokens,
        reservedTokens,
        minFrequency,
        maxTokenBytes,
        maxPieceCharacters,
        List.of());
  }

  /** 32,768 tokens of the DeepSeek-V3 pattern, the first 16 ids special or reserved. */
  public static BpeTrainerConfig defaults() {
    return new BpeTrainerConfig(
        32_768,
        "deepseek-v3",
        List.of(Tokenizer.END_OF_TEXT, "<|im_start|>", "<|im_end|>"),
        13,
        2,
        64,
        64);
  }

  /** The same with another vocabulary size. */
  public BpeTrainerConfig withVocabularySize(int size) {
    return new BpeTrainerConfig(
        size,
        pretokenizer,
        specialTokens,
        reservedTokens,
        minFrequency,
        maxTokenBytes,
        maxPieceCharacters,
        weights);
  }

  /**
   * What one occurrence counts: 1, with weights {@link TextWeight#UNIT}, for counts to be whole.
   */
  long countUnit() {
    return weights.isEmpty() ? 1 : TextWeight.UNIT;
  }

  /** What an occurrence in a text counts, in units of which one is {@link #countUnit}. */
  long countOf(String domain, String language) {
    return weights.stream()
        .filter(weight -> weight.takes(domain, language))
        .findFirst()
        .map(TextWeight::units)
        .orElse(countUnit());
  }

  /** The texts of the first ids: special tokens, then {@code <|reserved_0|>} and on. */
  List<String> addedTokens() {
    var texts = new ArrayList<>(specialTokens);
    for (int i = 0; i < reservedTokens; i++) {
      texts.add("<|reserved_" + i + "|>");
    }
    return texts;
  }
}
