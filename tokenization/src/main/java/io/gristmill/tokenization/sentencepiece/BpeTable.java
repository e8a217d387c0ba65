package io.gristmill.tokenization.sentencepiece;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What BPE knows of a model: the symbol of each character, and what two neighbouring symbols make.
 * Immutable.
 *
 * <p>A symbol is the id of a piece; or a character that is no piece, marked by {@link #CHARACTER};
 * or a user-defined piece that stands in the text, marked by {@link #FROZEN}, which merges with
 * nothing.
 */
final class BpeTable implements PieceTable {
  /** Marks a symbol as a character that is no piece: the rest is its code point. */
  static final int CHARACTER = 1 << 30;

  /** Marks a symbol as a user-defined piece: the rest is its id. */
  static final int FROZEN = 1 << 29;

  /** The two never merge, and stand next to each other in no piece: text can be cut there. */
  static final long APART = Long.MAX_VALUE;

  /** The two do not merge. Greater than any merge. */
  static final long NO_MERGE = Long.MAX_VALUE - 1;

  private static final long EMPTY = -1;
  private static final int PAGE = 256;

  private final int[][] symbols = new int[(Character.MAX_CODE_POINT + 1) / PAGE][];
  private final boolean[] unused;
  private final boolean anyUnused;
  private final ByteTrie userDefined;
  private final long[] slots;
  private final int shift;

  BpeTable(List<Piece> pieces, ByteTrie userDefined) {
    this.userDefined = userDefined;
    unused = new boolean[pieces.size()];
    Map<String, Integer> ids = HashMap.newHashMap(pieces.size());
    for (int id = 0; id < unused.length; id++) {
      Piece piece = pieces.get(id);
      unused[id] = piece.type() == PieceType.UNUSED;
      if (piece.type().isSpelled()) {
        ids.put(piece.text(), id);
        if (isCharacter(piece.text())) {
          putSymbol(piece.text().codePointAt(0), id);
        }
      }
    }
    anyUnused = pieces.stream().anyMatch(piece -> piece.type() == PieceType.UNUSED);
    Map<Long, Long> pairs = pairs(pieces, ids);
    int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, pairs.size())));
    slots = new long[2 << bits];
    shift = 64 - bits;
    Arrays.fill(slots, EMPTY);
    pairs.forEach(this::put);
  }

  private static boolean isCharacter(String text) {
    return text.codePointCount(0, text.length()) == 1;
  }

  private void putSymbol(int codePoint, int id) {
    int page = codePoint / PAGE;
    if (symbols[page] == null) {
      symbols[page] = new int[PAGE];
      Arrays.setAll(symbols[page], low -> CHARACTER | page * PAGE | low);
    }
    symbols[page][codePoint % PAGE] = id;
  }

  private Map<Long, Long> pairs(List<Piece> pieces, Map<String, Integer> ids) {
    int[] ranks = ranks(pieces);
    Map<Long, Long> pairs = new HashMap<>();
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      String text = entry.getKey();
      long merge = (long) ranks[entry.getValue()] << 32 | entry.getValue();
      int before = -1;
      for (int i = 0; i < text.length(); ) {
        int codePoint = text.codePointAt(i);
        int symbol = symbol(codePoint);
        if (i > 0) {
          pairs.putIfAbsent(pair(before, symbol), NO_MERGE);
          int left = symbol(text.substring(0, i), ids);
          int right = symbol(text.substring(i), ids);
          if (left >= 0 && right >= 0) {
            pairs.put(pair(left, right), merge);
          }
        }
        before = symbol;
        i += Character.charCount(codePoint);
      }
    }
    return pairs;
  }

  /** The symbol of a text that is a piece or a character, else -1. */
  private int symbol(String text, Map<String, Integer> ids) {
    return isCharacter(text) ? symbol(text.codePointAt(0)) : ids.getOrDefault(text, -1);
  }

  /** The place of each piece's score among all scores, the highest first; equal ones share it. */
  private static int[] ranks(List<Piece> pieces) {
    List<Integer> order = new ArrayList<>(pieces.size());
    for (int id = 0; id < pieces.size(); id++) {
      order.add(id);
    }
    order.sort((a, b) -> Float.compare(score(pieces, b), score(pieces, a)));
    int[] ranks = new int[pieces.size()];
    for (int i = 1; i < ranks.length; i++) {
      int rank = ranks[order.get(i - 1)];
      boolean equal = score(pieces, order.get(i)) == score(pieces, order.get(i - 1));
      ranks[order.get(i)] = equal ? rank : rank + 1;
    }
    return ranks;
  }

  /** The score, where -0 is 0. */
  private static float score(List<Piece> pieces, int id) {
    return pieces.get(id).score() + 0.0f;
  }

  private void put(long pair, long merge) {
    int slot = slot(pair);
    while (slots[slot] != EMPTY) {
      slot = slot + 2 & slots.length - 1;
    }
    slots[slot] = pair;
    slots[slot + 1] = merge;
  }

  /**
   * What two neighbours make: the rank in the upper half, the smallest to be merged first, and the
   * symbol in the lower; or {@link #NO_MERGE}, or {@link #APART}.
   */
  long find(int left, int right) {
    long pair = pair(left, right);
    int slot = slot(pair);
    while (true) {
      long key = slots[slot];
      if (key == pair) {
        return slots[slot + 1];
      }
      if (key == EMPTY) {
        return APART;
      }
      slot = slot + 2 & slots.length - 1;
    }
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private int slot(long pair) {
    long mixed = (pair ^ pair >>> 29) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> shift) << 1;
  }

  @Override
  public Segmenter segmenter() {
    return new BpeSegmenter(this);
  }

  /** The symbol of a character. */
  int symbol(int codePoint) {
    int[] page = symbols[codePoint / PAGE];
    return page == null ? CHARACTER | codePoint : page[codePoint % PAGE];
  }

  ByteTrie userDefined() {
    return userDefined;
  }

  /** Whether the piece is never given, but cut again into what it was merged from. */
  boolean isUnused(int id) {
    return unused[id];
  }

  boolean anyUnused() {
    return anyUnused;
  }

  /** How many pieces the model has. */
  int pieces() {
    return unused.length;
  }
}
