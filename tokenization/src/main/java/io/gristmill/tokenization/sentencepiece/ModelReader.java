package io.gristmill.tokenization.sentencepiece;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code .model} file: the message ModelProto of SentencePiece's sentencepiece_model.proto.
 * Fields on which ids do not depend are passed over; a field given again counts as it does in every
 * protocol buffer, where the last one wins and messages are merged.
 */
final class ModelReader {
  private static final int BYTES = 256;
  private static final int MAX_PIECE_CHARACTERS = 8000;
  private static final String CUT_SHORT = "; the file was cut short, copy it again";

  private final String source;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final SpecFields normalizer = new SpecFields();
  private final SpecFields denormalizer = new SpecFields();
  private boolean trainerSpec;
  private boolean normalizerSpec;
  private long modelType = 1;
  private boolean byteFallback;
  private boolean whitespaceAsSuffix;
  private String unknownSurface = " \u2047 ";
  private String endPiece = "</s>";

  /** The fields of a NormalizerSpec with their defaults. */
  private static final class SpecFields {
    private Charsmap charsmap = Charsmap.IDENTITY;
    private boolean addDummyPrefix = true;
    private boolean removeExtraWhitespaces = true;
    private boolean escapeWhitespaces = true;

    private void read(WireReader in) {
      while (in.next()) {
        switch (in.field()) {
          case 2 -> charsmap = charsmap(in);
          case 3 -> addDummyPrefix = in.flag("add_dummy_prefix");
          case 4 -> removeExtraWhitespaces = in.flag("remove_extra_whitespaces");
          case 5 -> escapeWhitespaces = in.flag("escape_whitespaces");
          default -> in.skip(); // the name and the source of the rules
        }
      }
    }

    private static Charsmap charsmap(WireReader in) {
      byte[] blob = in.bytes("precompiled_charsmap");
      try {
        return Charsmap.read(blob);
      } catch (IllegalArgumentException e) {
        throw in.damaged("precompiled_charsmap", e.getMessage());
      }
    }

    private NormalizerSpec spec() {
      return new NormalizerSpec(
          charsmap, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces);
    }
  }

  private ModelReader(String source) {
    this.source = source;
  }

  /**
   * Reads a model.
   *
   * @param source what errors call the bytes
   * @throws IllegalArgumentException if the model is damaged or of a kind that is not supported
   */
  static SentencePieceModel read(byte[] bytes, String source) {
    return new ModelReader(source).model(new WireReader(bytes, source));
  }

  private SentencePieceModel model(WireReader in) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> readPiece(in.message("pieces[%d]".formatted(pieces.size())));
        case 2 -> readTrainerSpec(in.message("trainer_spec"));
        case 3 -> {
          normalizer.read(in.message("normalizer_spec"));
          normalizerSpec = true;
        }
        case 5 -> denormalizer.read(in.message("denormalizer_spec"));
        default -> in.skip(); // samples for a test of the model, and extensions
      }
    }
    require(!pieces.isEmpty(), "there are no pieces; this is no SentencePiece model");
    require(trainerSpec, "trainer_spec is missing at the end" + CUT_SHORT);
    require(normalizerSpec, "normalizer_spec is missing at the end" + CUT_SHORT);
    checkTypes();
    return new SentencePieceModel(
        List.copyOf(pieces),
        modelType == 1,
        byteFallback,
        whitespaceAsSuffix,
        unknownSurface,
        endPiece,
        normalizer.spec(),
        denormalizer.charsmap == Charsmap.IDENTITY
            ? Optional.empty()
            : Optional.of(denormalizer.spec()));
  }

  private void readPiece(WireReader in) {
    String text = "";
    float score = 0;
    PieceType type = PieceType.NORMAL;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> text = in.text("piece");
        case 2 -> score = in.float32("score");
        case 3 -> type = type(in);
        default -> in.skip();
      }
    }
    if (text.isEmpty() || text.indexOf(0) >= 0 || text.length() > MAX_PIECE_CHARACTERS) {
      throw in.damaged(
          "piece",
          "has %d characters, must have 1 to %d and no NUL"
              .formatted(text.length(), MAX_PIECE_CHARACTERS));
    }
    if (!Float.isFinite(score)) {
      throw in.damaged("score", "is %s, must be a number".formatted(score));
    }
    Integer other = ids.putIfAbsent(text, pieces.size());
    if (other != null) {
      throw in.damaged("piece", "is \"%s\", as is pieces[%d]".formatted(text, other));
    }
    pieces.add(new Piece(text, score, type));
  }

  private static PieceType type(WireReader in) {
    long number = in.number("type");
    return switch (Math.clamp(number, 0, 7)) {
      case 1 -> PieceType.NORMAL;
      case 2 -> PieceType.UNKNOWN;
      case 3 -> PieceType.CONTROL;
      case 4 -> PieceType.USER_DEFINED;
      case 5 -> PieceType.UNUSED;
      case 6 -> PieceType.BYTE;
      default -> throw in.damaged("type", "is %d, must be 1 to 6".formatted(number));
    };
  }

  private void readTrainerSpec(WireReader in) {
    trainerSpec = true;
    while (in.next()) {
      switch (in.field()) {
        case 3 -> modelType = modelType(in);
        case 24 -> whitespaceAsSuffix = in.flag("treat_whitespace_as_suffix");
        case 35 -> byteFallback = in.flag("byte_fallback");
        case 44 -> unknownSurface = in.text("unk_surface");
        case 47 -> endPiece = in.text("eos_piece");
        default -> in.skip(); // how the model was trained
      }
    }
  }

  private static long modelType(WireReader in) {
    long number = in.number("model_type");
    if (number != 1 && number != 2) {
      String name = number == 3 ? "WORD" : number == 4 ? "CHAR" : Long.toString(number);
      throw in.damaged("model_type", "is %s; only UNIGRAM and BPE are supported".formatted(name));
    }
    return number;
  }

  private void checkTypes() {
    int unknown = 0;
    int bytes = 0;
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      String text = piece.text();
      if (piece.type() == PieceType.UNKNOWN) {
        unknown++;
      } else if (piece.type() == PieceType.BYTE) {
        require(
            byteFallback,
            "pieces[%d] is the byte %s, but trainer_spec.byte_fallback is false"
                .formatted(id, text));
        require(isByte(text), "pieces[%d] is the byte %s, must be <0xNN>".formatted(id, text));
        bytes++;
      } else if (piece.type() == PieceType.CONTROL && modelType == 2) {
        // SentencePiece gives the id of such a piece for text that spells it, which no document
        // may be able to do.
        require(
            text.codePointCount(0, text.length()) > 1,
            "pieces[%d] is the control piece \"%s\", which a BPE model would find in text; make it"
                    .formatted(id, text)
                + " longer");
      }
    }
    require(unknown == 1, "there are %d pieces of type UNKNOWN, must be 1".formatted(unknown));
    require(
        !byteFallback || bytes == BYTES,
        "there are %d pieces of type BYTE, must be %d as trainer_spec.byte_fallback is true"
            .formatted(bytes, BYTES));
  }

  private static boolean isByte(String text) {
    return text.matches("<0x[0-9A-F]{2}>");
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(source + ": " + problem);
    }
  }
}
