package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Template;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.format.TokenizerJson;
import io.gristmill.tokenization.normalization.Normalizer;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A byte-level BPE: how text becomes token ids and token ids become text. Immutable, and safe to
 * share and to broadcast (it is serialized as its {@code tokenizer.json}).
 */
public final class BpeTokenizer implements Tokenizer {
  @Serial private static final long serialVersionUID = 1;

  private final transient Normalizer normalizer;
  private final transient Pretokenization pretokenizer;
  private final transient Vocabulary vocabulary;
  private final transient Merges merges;
  private final transient Merging merging;
  private final transient boolean ignoresMerges;
  private final transient Map<ByteBuffer, Integer> wholePieces;
  private final transient Template template;
  private final transient String endOfText;

  /**
   * A tokenizer without normalizer and template, whose documents end with {@link #END_OF_TEXT}.
   *
   * @throws IllegalArgumentException if a byte has no token, or a merge names an id outside the
   *     vocabulary, an added token, or a result that is not its two sides joined
   */
  public BpeTokenizer(Pretokenization pretokenizer, Vocabulary vocabulary, Merges merges) {
    this.normalizer = Normalizer.NONE;
    this.pretokenizer = pretokenizer;
    this.vocabulary = vocabulary;
    this.merges = merges;
    int[] byteIds = byteIds(vocabulary);
    for (int rank = 0; rank < merges.size(); rank++) {
      check(vocabulary, merges, rank);
    }
    this.merging = Merging.of(vocabulary, byteIds, merges);
    this.ignoresMerges = false;
    this.wholePieces = Map.of();
    this.template = Template.NONE;
    this.endOfText = END_OF_TEXT;
  }

  private BpeTokenizer(
      BpeTokenizer like,
      Normalizer normalizer,
      boolean ignoresMerges,
      Map<ByteBuffer, Integer> wholePieces,
      Template template,
      String endOfText) {
    this.normalizer = normalizer;
    this.pretokenizer = like.pretokenizer;
    this.vocabulary = like.vocabulary;
    this.merges = like.merges;
    this.merging = like.merging;
    this.ignoresMerges = ignoresMerges;
    this.wholePieces = wholePieces;
    this.template = template;
    this.endOfText = endOfText;
  }

  /** The same, with text normalized before it is cut. */
  public BpeTokenizer withNormalizer(Normalizer other) {
    return new BpeTokenizer(this, other, ignoresMerges, wholePieces, template, endOfText);
  }

  /**
   * The same, with a template.
   *
   * @throws IllegalArgumentException if it names an id outside the vocabulary
   */
  public BpeTokenizer withTemplate(Template other) {
    other.before().forEach(vocabulary::length);
    other.after().forEach(vocabulary::length);
    return new BpeTokenizer(this, normalizer, ignoresMerges, wholePieces, other, endOfText);
  }

  /**
   * The same, but a piece that is a token as a whole becomes that token even if no merges make it
   * ({@code ignore_merges} of Hugging Face, and what tiktoken always does).
   */
  public BpeTokenizer ignoringMerges() {
    return new BpeTokenizer(this, normalizer, true, unmergeable(), template, endOfText);
  }

  /** The same, with documents ended by another token, which must be an added one. */
  public BpeTokenizer withEndOfText(String content) {
    if (vocabulary.addedId(content).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no added token of the tokenizer, so it cannot end a document".formatted(content));
    }
    return new BpeTokenizer(this, normalizer, ignoresMerges, wholePieces, template, content);
  }

  /** Another tokenizer with the normalizer, the template and the end of text of this one. */
  BpeTokenizer likewise(BpeTokenizer other) {
    var like =
        new BpeTokenizer(
            other, normalizer, other.ignoresMerges, other.wholePieces, template, endOfText);
    return ignoresMerges ? like.ignoringMerges() : like;
  }

  /** The tokens that their own bytes do not become by merges. */
  private Map<ByteBuffer, Integer> unmergeable() {
    var tokens = new HashMap<ByteBuffer, Integer>();
    Encoder pieces = new BpeEncoder(Pretokenizer.onePiece(), merging);
    var ids = new Tokens();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!vocabulary.isAdded(id)) {
        byte[] bytes = vocabulary.bytes(id);
        ids.clear();
        pieces.encode(bytes, 0, bytes.length, ids);
        if (ids.size() != 1) {
          tokens.put(ByteBuffer.wrap(bytes), id);
        }
      }
    }
    return tokens;
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

  /**
   * The id of {@link #END_OF_TEXT}, or of the token given in its place.
   *
   * @throws IllegalStateException if the tokenizer has no such token
   */
  @Override
  public int endOfText() {
    return vocabulary
        .addedId(endOfText)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the tokenizer has no added token %s to end documents with; add it to its tokenizer.json, or name another as eos_token in the tokenizer_config.json beside it"
                        .formatted(endOfText)));
  }

  @Override
  public byte[] bytesOf(int id) {
    return vocabulary.bytes(id);
  }

  @Override
  public boolean isAdded(int id) {
    return vocabulary.isAdded(id);
  }

  public Normalizer normalizer() {
    return normalizer;
  }

  public Pretokenization pretokenizer() {
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
    return likewise(
        new BpeTokenizer(pretokenizer, vocabulary.only(kept), merges.first(count, kept)));
  }

  /** Whether a piece that is a token as a whole becomes it whatever the merges say. */
  public boolean ignoresMerges() {
    return ignoresMerges;
  }

  /** Whether {@link #ignoresMerges} changes anything: whether merges fail to make some token. */
  public boolean hasUnmergeableTokens() {
    return !wholePieces.isEmpty();
  }

  /** The tokens that its file puts around a text where asked to. */
  public Template template() {
    return template;
  }

  @Override
  public Encoder encoder() {
    Encoder encoder = normalTextEncoder();
    return normalizer.equals(Normalizer.NONE)
        ? encoder
        : new NormalizingEncoder(normalizer, encoder);
  }

  /**
   * An encoder that takes the text of an added token for that token, as Hugging Face does: for
   * chats, whose marks a template writes, never for text from elsewhere.
   */
  public Encoder recognisingEncoder() {
    List<AddedToken> added = vocabulary.addedTokens();
    List<AddedToken> late = added.stream().filter(token -> token.rules().normalized()).toList();
    List<AddedToken> early = added.stream().filter(token -> !token.rules().normalized()).toList();
    Encoder encoder = new RecognisingEncoder(late, normalizer::normalize, normalTextEncoder());
    return new RecognisingEncoder(
        early, UnaryOperator.identity(), new NormalizingEncoder(normalizer, encoder));
  }

  /**
   * A new encoder for a text that comes in parts, for one thread.
   *
   * @throws IllegalStateException if how text is cut can depend on what comes much later: with a
   *     normalizer or regular expressions of a file
   */
  public StreamingEncoder streamingEncoder() {
    if (normalizer.equals(Normalizer.NONE)
        && wholePieces.isEmpty()
        && pretokenizer instanceof Pretokenizer scanner) {
      return new StreamingEncoder(scanner, new BpeEncoder(scanner, merging));
    }
    throw new IllegalStateException(
        "text in parts can be encoded with %s and without a normalizer; encode this text whole"
            .formatted(
                String.join(", ", Pretokenizer.all().stream().map(Pretokenizer::name).toList())));
  }

  private Encoder normalTextEncoder() {
    if (wholePieces.isEmpty() && pretokenizer instanceof Pretokenizer scanner) {
      return new BpeEncoder(scanner, merging);
    }
    return new PieceEncoder(
        pretokenizer.cutter(), wholePieces, new BpeEncoder(Pretokenizer.onePiece(), merging));
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
    return new Serialized(TokenizerJson.toJson(this), endOfText);
  }

  /** The serialized form. */
  private record Serialized(String json, String endOfText) implements Serializable {
    @Serial
    private Object readResolve() {
      BpeTokenizer tokenizer = TokenizerJson.parse(json, "serialized tokenizer");
      return endOfText.equals(END_OF_TEXT) ? tokenizer : tokenizer.withEndOfText(endOfText);
    }
  }
}
