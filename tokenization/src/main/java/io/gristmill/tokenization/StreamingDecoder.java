package io.gristmill.tokenization;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes ids one at a time as text is generated. Gives only whole characters: bytes that begin one
 * wait for the rest, and what can never become one is U+FFFD. Not thread-safe.
 */
public final class StreamingDecoder {
  private final Tokenizer tokenizer;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] waiting = new byte[0];

  StreamingDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The characters that are whole once {@code id} has come, often none. */
  public String next(int id) {
    byte[] token = tokenizer.bytesOf(id);
    byte[] bytes = Arrays.copyOf(waiting, waiting.length + token.length);
    System.arraycopy(token, 0, bytes, waiting.length, token.length);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    decoder.decode(input, output, false);
    waiting = new byte[input.remaining()];
    input.get(waiting);
    return output.flip().toString();
  }

  /** What still waits, as U+FFFD if any; the decoder is then as new. */
  public String finish() {
    CharBuffer output = CharBuffer.allocate(waiting.length + 1);
    decoder.decode(ByteBuffer.wrap(waiting), output, true);
    decoder.flush(output);
    decoder.reset();
    waiting = new byte[0];
    return output.flip().toString();
  }
}
