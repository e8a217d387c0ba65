package io.gristmill.tokenization.sentencepiece;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** The models in the test resources, and such that are put together here. */
final class Models {
  static final List<String> NAMES =
      List.of("unigram-nmt-nfkc", "unigram-bytes", "bpe-bytes", "bpe-suffix");

  private Models() {}

  /** The bytes of a model in the test resources. */
  static byte[] bytes(String name) {
    String file = "/sentencepiece/" + name + ".model";
    boolean packed = Models.class.getResource(file) == null;
    try (InputStream in = Models.class.getResourceAsStream(packed ? file + ".xz" : file)) {
      return packed ? new XZInputStream(in).readAllBytes() : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SentencePieceTokenizer read(String name) {
    return SentencePieceTokenizer.parse(bytes(name), name);
  }

  /** A model whose later fields count before its own. */
  static byte[] with(byte[] model, byte[]... fields) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(model);
    for (byte[] field : fields) {
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  static byte[] piece(String text, float score, int type) {
    return message(1, with(message(1, text.getBytes(UTF_8)), float32(2, score), number(3, type)));
  }

  static byte[] trainerSpec(byte[]... fields) {
    return message(2, with(new byte[0], fields));
  }

  static byte[] normalizerSpec(byte[]... fields) {
    return message(3, with(new byte[0], fields));
  }

  static byte[] number(int field, int value) {
    return with(varint(field << 3), varint(value));
  }

  static byte[] float32(int field, float value) {
    return with(
        varint(field << 3 | 5),
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
  }

  static byte[] message(int field, byte[] bytes) {
    return with(varint(field << 3 | 2), varint(bytes.length), bytes);
  }

  private static byte[] varint(int value) {
    var out = new ByteArrayOutputStream();
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }
}
