package io.gristmill.tokenization.sentencepiece;

import io.gristmill.tokenization.Tokens;
import java.nio.charset.StandardCharsets;

/** Takes the pieces of one text after another: what no piece spells becomes ids here. */
final class PieceOutput {
  private final int unknownId;
  private final int[] byteIds;
  private Tokens target = new Tokens();
  private boolean afterUnknown;

  /**
   * @param byteIds the ids of the 256 bytes; none without byte fallback
   */
  PieceOutput(int unknownId, int[] byteIds) {
    this.unknownId = unknownId;
    this.byteIds = byteIds;
  }

  /** Begins a text whose ids are appended to {@code target}. */
  void begin(Tokens target) {
    this.target = target;
    afterUnknown = false;
  }

  void add(int id) {
    target.add(id);
    afterUnknown = false;
  }

  /** Adds a character that no piece spells: its bytes, or one unknown piece for a run of them. */
  void addUnknown(int codePoint) {
    if (byteIds.length > 0) {
      for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
        target.add(byteIds[b & 0xFF]);
      }
    } else if (!afterUnknown) {
      target.add(unknownId);
      afterUnknown = true;
    }
  }
}
