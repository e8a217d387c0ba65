package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Lookahead;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import java.util.Arrays;

/**
 * Encodes one text that comes in parts, cut at any byte, to the ids of the whole. Keeps the end of
 * what came, as far as more text may change how it is cut into pieces: some bytes as a rule, a
 * whole piece at worst. Not thread-safe.
 */
public final class StreamingEncoder {
  private final Pretokenizer pretokenizer;
  private final BpeEncoder encoder;
  private byte[] waiting = new byte[1 << 12];
  private int length;
  private int worthAnotherLook;

  StreamingEncoder(Pretokenizer pretokenizer, BpeEncoder encoder) {
    this.pretokenizer = pretokenizer;
    this.encoder = encoder;
  }

  /** Takes the next part of the text, and appends the ids of all pieces that are settled. */
  public void add(byte[] utf8, int from, int to, Tokens target) {
    int added = to - from;
    if (added > waiting.length - length) {
      waiting = Arrays.copyOf(waiting, Math.max(Math.addExact(length, added), 2 * waiting.length));
    }
    System.arraycopy(utf8, from, waiting, length, added);
    length += added;
    if (length < worthAnotherLook) {
      return;
    }
    int settled = Lookahead.settled(waiting, 0, length);
    int start = 0;
    while (start < settled) {
      int end = pretokenizer.end(waiting, start, length);
      if (end > settled) {
        break;
      }
      encoder.piece(waiting, start, end, target);
      start = end;
    }
    System.arraycopy(waiting, start, waiting, 0, length - start);
    length -= start;
    worthAnotherLook = 2 * length; // a long piece is not scanned again for every few bytes
  }

  /** Appends the ids of what still waits; the next part begins a new text. */
  public void finish(Tokens target) {
    encoder.encode(waiting, 0, length, target);
    length = 0;
    worthAnotherLook = 0;
  }
}
