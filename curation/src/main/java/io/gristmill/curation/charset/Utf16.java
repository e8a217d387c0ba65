package io.gristmill.curation.charset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-16 without a byte-order mark, told by where its zero bytes are. */
final class Utf16 {
  private static final int SAMPLED = 1 << 12;

  private Utf16() {}

  /**
   * Markup and Latin text have a zero in nearly every second place, and nearly none in the other;
   * so has Chinese markup in its tags.
   */
  static Optional<Charset> withoutMark(byte[] bytes) {
    int pairs = Math.min(bytes.length, SAMPLED) / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs; i++) {
      even += bytes[2 * i] == 0 ? 1 : 0;
      odd += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs < 4 || Math.max(even, odd) < pairs / 4 || Math.min(even, odd) > pairs / 50) {
      return Optional.empty();
    }
    return Optional.of(odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
  }
}
