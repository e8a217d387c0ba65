package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.vocabulary.AddedToken;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds added tokens in a text, the leftmost first and of several at one place the longest, and
 * gives what lies between them to another encoder, each stretch as a text of its own. The order and
 * the rules are those of Hugging Face.
 */
final class RecognisingEncoder implements Encoder {
  /** An added token as the bytes to look for. */
  private record Mark(byte[] text, AddedToken token) {}

  private final Encoder encoder;

  /** By the first byte, the longest first. */
  private final Mark[][] marks = new Mark[256][];

  /**
   * @param spelling what a token's text looks like where it is looked for
   */
  RecognisingEncoder(List<AddedToken> tokens, UnaryOperator<byte[]> spelling, Encoder encoder) {
    this.encoder = encoder;
    Arrays.fill(marks, new Mark[0]);
    tokens.stream()
        .map(token -> new Mark(spelling.apply(token.content().getBytes(UTF_8)), token))
        .sorted(Comparator.comparingInt((Mark mark) -> mark.text.length).reversed())
        .forEach(
            mark -> {
              int first = mark.text[0] & 0xFF;
              marks[first] = Arrays.copyOf(marks[first], marks[first].length + 1);
              marks[first][marks[first].length - 1] = mark;
            });
  }

  @Override
  public void encode(byte[] utf8, int from, int to, Tokens target) {
    int done = from;
    int i = from;
    while (i < to) {
      Mark mark = at(utf8, i, to);
      if (mark == null) {
        i++;
        continue;
      }
      int start = i;
      int end = i + mark.text.length;
      i = end;
      AddedToken.Rules rules = mark.token.rules();
      if (start < done || (rules.singleWord() && touchesWord(utf8, from, start, end, to))) {
        continue;
      }
      if (rules.lstrip()) {
        start = Math.max(done, Characters.whiteBefore(utf8, from, start));
      }
      if (rules.rstrip()) {
        end = Characters.whiteAfter(utf8, end, to);
      }
      encodeText(utf8, done, start, target);
      target.add(mark.token.id());
      done = end;
    }
    encodeText(utf8, done, to, target);
  }

  private void encodeText(byte[] utf8, int from, int to, Tokens target) {
    if (from < to) {
      encoder.encode(utf8, from, to, target);
    }
  }

  /** The longest token whose text stands at {@code i}; null where there is none. */
  private Mark at(byte[] utf8, int i, int to) {
    for (Mark mark : marks[utf8[i] & 0xFF]) {
      int end = i + mark.text.length;
      if (end <= to && Arrays.equals(utf8, i, end, mark.text, 0, mark.text.length)) {
        return mark;
      }
    }
    return null;
  }

  private static boolean touchesWord(byte[] utf8, int from, int start, int end, int to) {
    return Characters.isWord(Characters.before(utf8, from, start))
        || Characters.isWord(Characters.at(utf8, end, to));
  }
}
