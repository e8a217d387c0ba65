package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A SentencePiece model: gives the ids that SentencePiece gives, without the pieces that begin and
 * end a text. Immutable, and safe to share and to broadcast (it is serialized as its file).
 *
 * <p>Decoding is SentencePiece's: U+2581 is a space, control pieces are nothing, and the space that
 * encoding put before the text is left out. Token by token that space stays, since what a model
 * generates goes on from a prompt.
 */
public final class SentencePieceTokenizer implements Tokenizer {
  @Serial private static final long serialVersionUID = 1;

  private final transient byte[] file;
  private final transient SentencePieceModel model;
  private final transient Map<String, Integer> ids;
  private final transient byte[][] surfaces;
  private final transient int unknownId;
  private final transient int[] byteIds;
  private final transient ByteTrie userDefined;
  private final transient PieceTable table;

  private SentencePieceTokenizer(byte[] file, SentencePieceModel model) {
    this.file = file;
    this.model = model;
    List<Piece> pieces = model.pieces();
    ids = HashMap.newHashMap(pieces.size());
    surfaces = new byte[pieces.size()][];
    byteIds = new int[model.byteFallback() ? 256 : 0];
    List<ByteTrie.Entry> userDefinedPieces = new ArrayList<>();
    int unknown = -1;
    for (int id = 0; id < surfaces.length; id++) {
      Piece piece = pieces.get(id);
      ids.put(piece.text(), id);
      surfaces[id] = surface(piece);
      switch (piece.type()) {
        case UNKNOWN -> unknown = id;
        case BYTE -> byteIds[surfaces[id][0] & 0xFF] = id;
        case USER_DEFINED -> userDefinedPieces.add(new ByteTrie.Entry(piece.text(), id));
        case NORMAL, CONTROL, UNUSED -> {}
      }
    }
    unknownId = unknown;
    userDefined = new ByteTrie(userDefinedPieces);
    table = model.unigram() ? new UnigramTable(pieces) : new BpeTable(pieces, userDefined);
  }

  private byte[] surface(Piece piece) {
    return switch (piece.type()) {
      case NORMAL, USER_DEFINED, UNUSED -> utf8(piece.text().replace(Normalizer.SPACE, " "));
      case UNKNOWN -> utf8(model.unknownSurface());
      case CONTROL -> new byte[0];
      case BYTE -> HexFormat.of().parseHex(piece.text(), 3, 5);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a tokenizer from the bytes of a {@code .model} file.
   *
   * @param source what errors call the bytes
   * @throws IllegalArgumentException if the model is damaged or of a kind that is not supported;
   *     the message names source, field and byte
   */
  public static SentencePieceTokenizer parse(byte[] model, String source) {
    byte[] file = model.clone();
    return new SentencePieceTokenizer(file, ModelReader.read(file, source));
  }

  /** The bytes of the file, a copy. */
  public byte[] toBytes() {
    return file.clone();
  }

  @Override
  public int vocabularySize() {
    return surfaces.length;
  }

  /** The id of a piece, as it is written in the model: with U+2581 for a space. */
  public OptionalInt id(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The piece of an id, as it is written in the model. */
  public String piece(int id) {
    return model.pieces().get(check(id)).text();
  }

  /** The id of the model's end piece, mostly {@code </s>}. */
  @Override
  public int endOfText() {
    OptionalInt id = id(model.endPiece());
    if (id.isEmpty() || !isAdded(id.getAsInt())) {
      throw new IllegalStateException(
          "the SentencePiece model has no control piece %s; train it with --eos_id"
              .formatted(model.endPiece()));
    }
    return id.getAsInt();
  }

  @Override
  public byte[] bytesOf(int id) {
    return surfaces[check(id)].clone();
  }

  @Override
  public boolean isAdded(int id) {
    return model.pieces().get(check(id)).type() == PieceType.CONTROL;
  }

  @Override
  public Encoder encoder() {
    return new SentencePieceEncoder(
        new Normalizer(model.normalizer(), model.whitespaceAsSuffix(), userDefined),
        table.segmenter(),
        new PieceOutput(unknownId, byteIds));
  }

  @Override
  public byte[] decodeBytes(int[] ids) {
    NormalizerSpec spec = model.normalizer();
    var text = new ByteArrayOutputStream();
    boolean atStart = spec.addDummyPrefix() || spec.removeExtraWhitespaces();
    boolean spaceLeftOut = false;
    for (int id : ids) {
      byte[] surface = surfaces[check(id)];
      Piece piece = model.pieces().get(id);
      if (piece.type() == PieceType.BYTE) {
        text.write(surface, 0, surface.length);
        continue;
      }
      atStart &= !spaceLeftOut && text.size() == 0;
      boolean leavesOut =
          atStart && piece.type().isSpelled() && piece.text().startsWith(Normalizer.SPACE);
      int from = leavesOut ? 1 : 0;
      text.write(surface, from, surface.length - from);
      spaceLeftOut = leavesOut && !spec.removeExtraWhitespaces();
    }
    return denormalized(text.toByteArray());
  }

  private byte[] denormalized(byte[] text) {
    if (model.denormalizer().isEmpty()) {
      return text;
    }
    var denormalizer = new Normalizer(model.denormalizer().get(), false, new ByteTrie(List.of()));
    denormalizer.normalize(text, 0, text.length);
    return Arrays.copyOf(denormalizer.bytes(), denormalizer.length());
  }

  private int check(int id) {
    if (id < 0 || id >= surfaces.length) {
      throw new IllegalArgumentException(
          "token id %d is outside the vocabulary of %d tokens".formatted(id, surfaces.length));
    }
    return id;
  }

  @Override
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Serial
  private Object writeReplace() {
    return new Serialized(file);
  }

  /** The serialized form. */
  private record Serialized(byte[] file) implements Serializable {
    @Serial
    private Object readResolve() {
      return parse(file, "serialized tokenizer");
    }
  }
}
