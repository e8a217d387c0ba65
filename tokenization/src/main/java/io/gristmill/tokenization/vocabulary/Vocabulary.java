package io.gristmill.tokenization.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tokens by id, from 0 without gaps: byte sequences of BPE, and added tokens. Immutable. */
public final class Vocabulary {
  private final byte[][] tokens;
  private final boolean[] added;
  private final List<AddedToken> addedTokens;
  private final Map<ByteBuffer, Integer> ids;

  /**
   * @param tokens the bytes of each id; those of an added token are its text
   * @param addedTokens the added tokens, in any order
   * @throws IllegalArgumentException if two BPE tokens have the same bytes, one is empty, or an
   *     added token has no entry or another text in {@code tokens}
   */
  public Vocabulary(List<byte[]> tokens, List<AddedToken> addedTokens) {
    this.tokens = tokens.stream().map(byte[]::clone).toArray(byte[][]::new);
    this.added = new boolean[this.tokens.length];
    this.addedTokens =
        addedTokens.stream().sorted(Comparator.comparingInt(AddedToken::id)).toList();
    for (AddedToken token : this.addedTokens) {
      byte[] content = token.content().getBytes(StandardCharsets.UTF_8);
      if (token.id() >= this.tokens.length || !Arrays.equals(this.tokens[token.id()], content)) {
        throw new IllegalArgumentException(
            "added token %s with id %d is not in the vocabulary of %d tokens"
                .formatted(token.content(), token.id(), this.tokens.length));
      }
      if (added[token.id()]) {
        throw new IllegalArgumentException(
            "id %d is given to two added tokens, one is %s".formatted(token.id(), token.content()));
      }
      added[token.id()] = true;
    }
    this.ids = HashMap.newHashMap(this.tokens.length);
    for (int id = 0; id < this.tokens.length; id++) {
      if (added[id]) {
        continue;
      }
      if (this.tokens[id].length == 0) {
        throw new IllegalArgumentException("token %d is empty".formatted(id));
      }
      Integer other = ids.putIfAbsent(ByteBuffer.wrap(this.tokens[id]), id);
      if (other != null) {
        throw new IllegalArgumentException(
            "token \"%s\" has two ids, %d and %d"
                .formatted(ByteAlphabet.encode(this.tokens[id]), other, id));
      }
    }
  }

  /** How many ids there are: the largest one plus 1. */
  public int size() {
    return tokens.length;
  }

  /** The bytes of a token, a copy. */
  public byte[] bytes(int id) {
    return tokens[check(id)].clone();
  }

  /** How many bytes a token has. */
  public int length(int id) {
    return tokens[check(id)].length;
  }

  /** Copies the bytes of a token to {@code target} and returns how many they are. */
  public int copy(int id, byte[] target, int offset) {
    byte[] token = tokens[check(id)];
    System.arraycopy(token, 0, target, offset, token.length);
    return token.length;
  }

  /** Whether the id is that of an added token. */
  public boolean isAdded(int id) {
    return added[check(id)];
  }

  /** The added tokens, by id. */
  public List<AddedToken> addedTokens() {
    return addedTokens;
  }

  /** The id of the BPE token of those bytes. */
  public OptionalInt id(byte[] bytes) {
    return id(bytes, 0, bytes.length);
  }

  /** The id of the BPE token of the bytes from {@code from} to {@code to}. */
  public OptionalInt id(byte[] bytes, int from, int to) {
    Integer id = ids.get(ByteBuffer.wrap(bytes, from, to - from));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id of the added token of that text. */
  public OptionalInt addedId(String content) {
    return addedTokens.stream()
        .filter(token -> token.content().equals(content))
        .mapToInt(AddedToken::id)
        .findFirst();
  }

  /** The vocabulary of these ids alone; they keep their order and close up. */
  public Vocabulary only(BitSet kept) {
    List<byte[]> tokens = kept.stream().mapToObj(id -> this.tokens[id]).toList();
    List<AddedToken> addedTokens =
        this.addedTokens.stream()
            .filter(token -> kept.get(token.id()))
            .map(
                token ->
                    new AddedToken(
                        kept.get(0, token.id()).cardinality(), token.content(), token.special()))
            .toList();
    return new Vocabulary(tokens, addedTokens);
  }

  private int check(int id) {
    if (id < 0 || id >= tokens.length) {
      throw new IllegalArgumentException(
          "token id %d is outside the vocabulary of %d tokens".formatted(id, tokens.length));
    }
    return id;
  }
}
