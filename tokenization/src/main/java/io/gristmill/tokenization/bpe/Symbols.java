package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.normalization.Utf8;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the words of a training are made of: tokens, whose symbol is their id, and characters of
 * more than one byte, which have a symbol from the start and an id once they are a token. Knows
 * what may be joined, and collects what is.
 */
final class Symbols {
  /** The id of a character that is no token yet; the result of joining what may not be. */
  static final int NONE = -1;

  private final BpeTrainerConfig config;
  private final UnaryOperator<BpeTokenizer> like;
  private final Pretokenization pretokenizer;
  private final List<byte[]> tokens = new ArrayList<>();
  private final List<CharacterPart> parts = new ArrayList<>();
  private final List<AddedToken> addedTokens = new ArrayList<>();
  private final Set<ByteBuffer> known = new HashSet<>();
  private final List<int[]> merges = new ArrayList<>();
  private final int[] byteIds = new int[256];
  private final CharacterSymbols characters;
  private final int firstMerge;

  /** Added tokens, then the bytes in the order of their characters. */
  Symbols(BpeTrainerConfig config) {
    this.config = config;
    this.like = UnaryOperator.identity();
    this.pretokenizer = Pretokenizer.named(config.pretokenizer());
    this.characters = new CharacterSymbols(config.vocabularySize());
    for (String text : config.addedTokens()) {
      addedTokens.add(new AddedToken(tokens.size(), text, true));
      addAdded(text.getBytes(StandardCharsets.UTF_8));
    }
    for (int b : ByteAlphabet.bytesInOrder()) {
      byteIds[b] = add(new byte[] {(byte) b});
    }
    this.firstMerge = 0;
  }

  /** The tokens and merges of a tokenizer, to be followed by more. */
  Symbols(BpeTokenizer base, BpeTrainerConfig config) {
    this.config = config;
    this.like = base::likewise;
    this.pretokenizer = base.pretokenizer();
    this.characters = new CharacterSymbols(config.vocabularySize());
    this.addedTokens.addAll(base.vocabulary().addedTokens());
    for (int id = 0; id < base.vocabularySize(); id++) {
      if (base.isAdded(id)) {
        addAdded(base.bytesOf(id));
      } else {
        add(base.bytesOf(id));
      }
    }
    for (int rank = 0; rank < base.merges().size(); rank++) {
      merges.add(
          new int[] {
            base.merges().left(rank), base.merges().right(rank), base.merges().result(rank)
          });
    }
    this.firstMerge = merges.size();
  }

  private void addAdded(byte[] text) {
    tokens.add(text);
    parts.add(CharacterPart.MIXED);
  }

  private int add(byte[] token) {
    tokens.add(token);
    parts.add(CharacterPart.of(token));
    known.add(ByteBuffer.wrap(token));
    return tokens.size() - 1;
  }

  /** How many tokens there are. */
  int tokens() {
    return tokens.size();
  }

  /** How many merges have been learned. */
  int learned() {
    return merges.size() - firstMerge;
  }

  /** Symbols are less than this. */
  int limit() {
    return config.vocabularySize() + characters.size();
  }

  int ofByte(byte b) {
    return byteIds[b & 0xFF];
  }

  CharacterSymbols characters() {
    return characters;
  }

  /** The token id of a symbol, {@link #NONE} of a character that is no token yet. */
  int id(int symbol) {
    return symbol < config.vocabularySize() ? symbol : characters.id(symbol);
  }

  /** Whole characters with whole characters, or what makes one character or a part of it. */
  boolean mayJoin(int left, int right) {
    if (length(left) + length(right) > config.maxTokenBytes()) {
      return false;
    }
    boolean leftWhole = isWhole(left);
    if (leftWhole || isWhole(right)) {
      return leftWhole && isWhole(right);
    }
    return CharacterPart.of(joined(left, right)) != CharacterPart.MIXED;
  }

  private boolean isWhole(int symbol) {
    return symbol >= config.vocabularySize() || parts.get(symbol) == CharacterPart.WHOLE;
  }

  private int length(int symbol) {
    return symbol < config.vocabularySize()
        ? tokens.get(symbol).length
        : Utf8.lengthOf(characters.character(symbol));
  }

  private byte[] joined(int left, int right) {
    byte[] first = tokens.get(id(left));
    byte[] second = tokens.get(id(right));
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /**
   * Learns the merge of two symbols that have ids, and returns that of the result; {@link #NONE},
   * with nothing learned, if there is a token of those bytes already.
   */
  int join(int left, int right) {
    byte[] joined = joined(left, right);
    if (known.contains(ByteBuffer.wrap(joined))) {
      return NONE;
    }
    merges.add(new int[] {id(left), id(right), tokens.size()});
    return add(joined);
  }

  /**
   * The symbol of the character that a token has made whole, which has the token's id from now on;
   * {@link #NONE} if the token is something else.
   */
  int characterMadeBy(int token, int left) {
    if (parts.get(token) != CharacterPart.WHOLE || isWhole(left) || characters.size() == 0) {
      return NONE;
    }
    byte[] bytes = tokens.get(token);
    int symbol = characters.symbol(Utf8.character(bytes, 0, bytes.length));
    characters.setId(symbol, token);
    return symbol;
  }

  BpeTokenizer tokenizer() {
    return like.apply(
        new BpeTokenizer(
            pretokenizer,
            new Vocabulary(tokens, addedTokens),
            new Merges(column(0), column(1), column(2))));
  }

  private int[] column(int i) {
    return merges.stream().mapToInt(merge -> merge[i]).toArray();
  }
}
