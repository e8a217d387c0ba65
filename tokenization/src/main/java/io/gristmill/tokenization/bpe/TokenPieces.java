package io.gristmill.tokenization.bpe;

/** Pieces as sequences of token ids instead of text, {@value #BYTES} bytes each. */
final class TokenPieces {
  static final int BYTES = 3;

  private TokenPieces() {}

  static void put(int token, byte[] target, int at) {
    target[at] = (byte) (token >>> 16);
    target[at + 1] = (byte) (token >>> 8);
    target[at + 2] = (byte) token;
  }

  static int token(byte[] coded, int at) {
    return (coded[at] & 0xFF) << 16 | (coded[at + 1] & 0xFF) << 8 | (coded[at + 2] & 0xFF);
  }
}
