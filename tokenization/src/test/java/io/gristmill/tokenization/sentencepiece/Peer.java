package io.gristmill.tokenization.sentencepiece;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.sentencepiece.SpTokenizer;
import io.gristmill.tokenization.Encoder;
import java.util.Arrays;
import java.util.List;

/** SentencePiece itself, 0.2.0 through DJL, beside our reading of the same model. */
final class Peer implements AutoCloseable {
  private final SpTokenizer theirs;
  private final SentencePieceTokenizer ours;
  private final Encoder encoder;

  Peer(byte[] model) {
    theirs = new SpTokenizer(model);
    ours = SentencePieceTokenizer.parse(model, "model");
    encoder = ours.encoder();
  }

  /** Both give the same ids, and the same text for them. */
  void assertAgreement(String text, String description) {
    int[] expected = theirs.getProcessor().encode(text);
    int[] actual = encoder.encode(text);
    if (!Arrays.equals(actual, expected)) {
      int at = Arrays.mismatch(actual, expected);
      int from = Math.max(0, at - 5);
      assertThat(pieces(Arrays.copyOfRange(actual, from, Math.min(actual.length, at + 10))))
          .as("%s, token %d of %s", description, at, shortened(text))
          .isEqualTo(
              pieces(Arrays.copyOfRange(expected, from, Math.min(expected.length, at + 10))));
    }
    assertThat(actual).as("%s, %s", description, shortened(text)).isEqualTo(expected);
    String decoded = ours.decode(actual);
    // DJL gives decoded text as C strings of UCS-2: no NUL, no supplementary characters.
    if (decoded.codePoints().allMatch(c -> c > 0 && Character.isBmpCodePoint(c))) {
      assertThat(decoded)
          .as("%s, %s decoded", description, shortened(text))
          .isEqualTo(theirs.getProcessor().decode(expected));
    }
  }

  private List<String> pieces(int[] ids) {
    return Arrays.stream(ids).mapToObj(ours::piece).toList();
  }

  private static String shortened(String text) {
    return text.length() < 200 ? "\"" + text + "\"" : text.length() + " characters";
  }

  @Override
  public void close() {
    theirs.close();
  }
}
