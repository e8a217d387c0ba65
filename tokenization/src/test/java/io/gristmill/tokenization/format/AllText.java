package io.gristmill.tokenization.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Every text of the shared data, and one hash of all their ids. */
final class AllText {
  private final List<byte[]> texts = new ArrayList<>();

  AllText() throws IOException {
    SharedData.root();
    for (String file : SharedData.TEXT_FILES) {
      SharedData.texts(file, Long.MAX_VALUE).forEach(text -> texts.add(text.getBytes(UTF_8)));
    }
  }

  /**
   * The first 16 hex digits of the SHA-256 of all ids: four bytes each, the highest first, and -1
   * after each text.
   */
  String hash(Function<byte[], int[]> encoder) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      for (byte[] text : texts) {
        int[] ids = encoder.apply(text);
        var bytes = ByteBuffer.allocate(4 * ids.length + 4);
        bytes.asIntBuffer().put(ids).put(-1);
        hash.update(bytes);
      }
      return HexFormat.of().formatHex(hash.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
