package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.io.Serial;
import java.io.Serializable;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * A byte-level BPE: how text becomes token ids and token ids become text. Immutable, and safe to
 * share and to broadcast (it is serialized as its {@code tokenizer.json}).
 */
public final class BpeTokenizer implements Tokenizer {
  @Serial private static final long serialVersionUID = 1;

  private final transient Pretokenizer pretokenizer;
  private final transient Vocabulary vocabulary;
  private final transient Merges merges;
  private final transient MergeTable table;
  private final transient CharacterBonds bonds;
  private final transient WholeCharacters characters;

  /**
   * @throws IllegalArgumentException if a byte has no token, or a merge names an id outside the
   *     vocabulary, an added token, or a result that is not its two sides joined
   */
  public BpeTokenizer(Pretokenizer pretokenizer, Vocabulary vocabulary, Merges merges) {
    this.pretokenizer = pretokenizer;
    this.vocabulary = vocabulary;
    this.merges = merges;
    int[] byteIds = byteIds(vocabulary);
    for (int rank = 0; rank < merges.size(); rank++) {
      check(vocabulary, merges, rank);
    }
    this.table = new MergeTable(merges);
    this.bonds = new CharacterBonds(vocabulary);
    this.characters = new WholeCharacters(vocabulary, byteIds, bonds, table);
  }

  private static int[] byteIds(Vocabulary vocabulary) {
    int[] ids = new int[256];
    for (int b = 0; b < 256; b++) {
      OptionalInt id = vocabulary.id(new byte[] {(byte) b});
      if (id.isEmpty()) {
        throw new IllegalArgumentException(
            "byte 0x%02X has no token; byte-level BPE needs all 256, this one as \"%s\""
                .formatted(b, ByteAlphabet.character(b)));
      }
      ids[b] = id.getAsInt();
    }
    return ids;
  }

  private static void check(Vocabulary vocabulary, Merges merges, int rank) {
    byte[] left = vocabulary.bytes(merges.left(rank));
    byte[] right = vocabulary.bytes(merges.right(rank));
    byte[] joined = new byte[left.length + right.length];
    System.arraycopy(left, 0, joined, 0, left.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    OptionalInt id = vocabulary.id(joined);
    if (id.isEmpty() || id.getAsInt() != merges.result(rank)) {
      throw new IllegalArgumentException(
          "merge %d joins %d and %d into %d, which is not the token of their bytes \"%s\""
              .formatted(
                  rank,
                  merges.left(rank),
                  merges.right(rank),
                  merges.result(rank),
                  ByteAlphabet.encode(joined)));
    }
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public int endOfText() {
    return vocabulary
        .addedId(END_OF_TEXT)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the tokenizer has no added token %s; add it to its tokenizer.json"
                        .formatted(END_OF_TEXT)));
  }

  @Override
  public byte[] bytesOf(int id) {
    return vocabulary.bytes(id);
  }

  @Override
  public boolean isAdded(int id) {
    return vocabulary.isAdded(id);
  }

  public Pretokenizer pretokenizer() {
    return pretokenizer;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Merges merges() {
    return merges;
  }

  /** How many tokens no merge makes: bytes and added tokens, as a rule. */
  public int unmergedSize() {
    return vocabulary.size() - results().cardinality();
  }

  private BitSet results() {
    var results = new BitSet(vocabulary.size());
    for (int rank = 0; rank < merges.size(); rank++) {
      results.set(merges.result(rank));
    }
    return results;
  }

  /**
   * The tokenizer of the first merges that has {@code size} tokens: what the same training gives
   * when it is asked for that size. Ids keep their order and close up.
   *
   * @throws IllegalArgumentException if the size is larger than this one's, or too small for the
   *     tokens that no merge makes
   */
  public BpeTokenizer prefix(int size) {
    if (size < unmergedSize() || size > vocabulary.size()) {
      throw new IllegalArgumentException(
          "a prefix of %d tokens, must be %d (no merge) to %d (all merges)"
              .formatted(size, unmergedSize(), vocabulary.size()));
    }
    BitSet kept = results();
    kept.flip(0, vocabulary.size());
    int count = 0;
    for (int tokens = unmergedSize(); tokens < size; count++) {
      int result = merges.result(count);
      tokens += kept.get(result) ? 0 : 1; // two merges may make the same token
      kept.set(result);
    }
    return new BpeTokenizer(pretokenizer, vocabulary.only(kept), merges.first(count, kept));
  }

  @Override
  public Encoder encoder() {
    return new BpeEncoder(pretokenizer, characters, bonds, table);
  }

  /** A new encoder for a text that comes in parts, for one thread. */
  public StreamingEncoder streamingEncoder() {
    return new StreamingEncoder(
        pretokenizer, new BpeEncoder(pretokenizer, characters, bonds, table));
  }

  @Override
  public byte[] decodeBytes(int[] ids) {
    int length = 0;
    for (int id : ids) {
      length = Math.addExact(length, vocabulary.length(id));
    }
    byte[] bytes = new byte[length];
    int offset = 0;
    for (int id : ids) {
      offset += vocabulary.copy(id, bytes, offset);
    }
    return bytes;
  }

  @Override
  public String sha256() {
    return TokenizerJson.sha256(this);
  }

  @Serial
  private Object writeReplace() {
    return new Serialized(TokenizerJson.toJson(this));
  }

  /** The serialized form. */
  private record Serialized(String json) implements Serializable {
    @Serial
    private Object readResolve() {
      return TokenizerJson.parse(json, "serialized tokenizer");
    }
  }
}
