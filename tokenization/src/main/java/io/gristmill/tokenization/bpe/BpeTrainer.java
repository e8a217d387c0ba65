package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.normalization.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Learns merges from counted pieces: again and again the most frequent pair of neighbouring symbols
 * becomes a symbol (Sennrich et al., arXiv 1508.07909; the priority queue is that of sentencepiece
 * and Hugging Face).
 *
 * <p>Ids: added tokens, then the bytes in the order of their characters, then merges in their
 * order; or all ids of the tokenizer that is extended, then merges. Of pairs equally frequent the
 * one with the smaller left id, then the smaller right id, comes first. The result does not depend
 * on the order in which pieces are added.
 */
public final class BpeTrainer {
  /** Lists of words, of 4 bytes a place, may take about an eighth of the heap. */
  private static final int HEAP_BYTES_PER_PLACE = 32;

  private final BpeTrainerConfig config;
  private final Symbols symbols;
  private final Words words;
  private final boolean extending;
  private final int[] word = new int[Words.MOST_SYMBOLS];
  private long pieces;
  private long distinctPieces;

  /** Starts from the bytes. */
  public BpeTrainer(BpeTrainerConfig config) {
    this(config, new Symbols(config), false);
  }

  /** Goes on from the merges of {@code base}; its pieces are added as {@link TokenPieces}. */
  BpeTrainer(BpeTrainerConfig config, BpeTokenizer base) {
    this(config, new Symbols(base, config), true);
  }

  private BpeTrainer(BpeTrainerConfig config, Symbols symbols, boolean extending) {
    this.extending = extending;
    this.config = config;
    this.symbols = symbols;
    this.words = new Words(config.vocabularySize());
  }

  /**
   * Adds {@code count} occurrences of a piece of UTF-8. It ends at bytes that are no character;
   * these teach nothing.
   *
   * @param count in units of {@link BpeTrainerConfig#countUnit}
   * @throws IllegalArgumentException if the piece has more than 32,767 characters
   */
  public void add(byte[] utf8, int from, int to, long count) {
    count(count);
    int length = 0;
    for (int i = from; i < to; ) {
      int character = Utf8.character(utf8, i, to);
      if (character == Utf8.NONE) {
        addWord(length, count);
        length = 0;
        i++;
        continue;
      }
      if (length == word.length) {
        throw new IllegalArgumentException(
            "a piece of %,d bytes is too long; cut it as PieceCounts does".formatted(to - from));
      }
      i += Utf8.lengthOf(character);
      if (character < 0x80) {
        word[length++] = symbols.ofByte((byte) character);
      } else {
        word[length] = symbols.characters().symbol(character);
        symbols.characters().count(word[length++], count);
      }
    }
    addWord(length, count);
  }

  /** Adds {@code count} occurrences of a piece of tokens of the tokenizer that is extended. */
  void addTokens(byte[] coded, int from, int to, long count) {
    count(count);
    int length = 0;
    for (int i = from; i < to; i += TokenPieces.BYTES) {
      word[length++] = TokenPieces.token(coded, i);
    }
    addWord(length, count);
  }

  private void count(long count) {
    pieces = Math.addExact(pieces, count);
    distinctPieces++;
  }

  private void addWord(int length, long count) {
    if (length > 1) {
      words.add(word, length, count);
    }
  }

  /** Adds the pieces of a {@link PieceBlock}. */
  void addBlock(byte[] block) {
    PieceBlock.forEach(block, extending ? this::addTokens : this::add);
  }

  /** Adds all of {@code pieces}. */
  public void add(PieceCounts pieces) {
    pieces.forEach(this::add);
  }

  /** Learns the merges. The pieces are used up: call it once. */
  public Trained train(MergeProgress progress) {
    return trainAbove(0, progress).orElseThrow();
  }

  /**
   * Learns the merges if all of them are of pairs that occur at least {@code floor} times, in units
   * of {@link BpeTrainerConfig#countUnit}; else empty. The pieces are used up: call it once.
   */
  Optional<Trained> trainAbove(long floor, MergeProgress progress) {
    return train(floor, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_PLACE, progress);
  }

  /**
   * The same.
   *
   * @param mostPlaces about how many places of pairs may be listed at a time
   */
  Optional<Trained> train(long floor, long mostPlaces, MergeProgress progress) {
    long minCount = Math.max(floor, minCount());
    addCharacters();
    new MergeLoop(words, symbols, config.vocabularySize(), minCount, mostPlaces).run(progress);
    boolean exact = minCount == minCount() || symbols.tokens() == config.vocabularySize();
    return exact ? Optional.of(trained()) : Optional.empty();
  }

  private long minCount() {
    return Math.multiplyExact(config.minFrequency(), config.countUnit());
  }

  /** Each character as a word of its bytes: what is merged inside it is learned from these. */
  private void addCharacters() {
    CharacterSymbols characters = symbols.characters();
    for (int i = 0; i < characters.size(); i++) {
      int symbol = config.vocabularySize() + i;
      byte[] utf8 =
          Character.toString(characters.character(symbol)).getBytes(StandardCharsets.UTF_8);
      for (int n = 0; n < utf8.length; n++) {
        word[n] = symbols.ofByte(utf8[n]);
      }
      words.add(word, utf8.length, characters.count(symbol));
    }
  }

  private Trained trained() {
    return new Trained(symbols.tokenizer(), pieces / config.countUnit(), distinctPieces, warning());
  }

  private Optional<String> warning() {
    if (symbols.tokens() == config.vocabularySize()) {
      return Optional.empty();
    }
    return Optional.of(
        "vocabulary-size is %d, but the text gives only %d tokens: no other pair occurs %d times in %,d pieces (%,d different); add text, or ask for %d"
            .formatted(
                config.vocabularySize(),
                symbols.tokens(),
                config.minFrequency(),
                pieces / config.countUnit(),
                distinctPieces,
                symbols.tokens()));
  }
}
