package io.gristmill.curation.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of records: the first 128 bits of SHA-256 over what names them, as 32 lowercase hex digits.
 */
final class PageIds {
  private PageIds() {}

  /** The id of a record by its parts, each of which counts with its length. */
  static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      for (int shift = 24; shift >= 0; shift -= 8) {
        digest.update((byte) (bytes.length >>> shift));
      }
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /** Whether an id is among a share of all ids; those of a smaller share are among a larger one. */
  static boolean among(String id, double share) {
    return share >= 1 || (Long.parseUnsignedLong(id, 0, 16, 16) >>> 11) * 0x1p-53 < share;
  }

  /** SHA-256 of a payload, in hex. */
  static String digest(byte[] payload) {
    return HexFormat.of().formatHex(sha256().digest(payload));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
