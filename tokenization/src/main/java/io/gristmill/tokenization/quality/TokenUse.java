package io.gristmill.tokenization.quality;

import java.util.HexFormat;

/**
 * A token and how often it is met.
 *
 * @param shown its text; bytes in hex where it is not whole characters
 * @param into what the most frequent token is that a merge makes with it; empty where none does
 */
public record TokenUse(int id, String shown, TokenKind kind, long count, String into) {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  static TokenUse of(TokenTable table, int id, long count, int into) {
    return new TokenUse(
        id,
        shown(table.bytes(id)),
        table.kind(id),
        count,
        into < 0 ? "" : shown(table.bytes(into)));
  }

  private static String shown(byte[] bytes) {
    return TokenKind.text(bytes).orElseGet(() -> HEX.formatHex(bytes));
  }
}
