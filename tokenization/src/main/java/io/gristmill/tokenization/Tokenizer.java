package io.gristmill.tokenization;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How text becomes token ids and token ids become text. Immutable, and safe to share and to
 * broadcast; encoders and decoders, which hold working memory, are made from it one per thread.
 */
public interface Tokenizer extends Serializable {
  /** The text of the token that ends every document, where a tokenizer names no other. */
  String END_OF_TEXT = "<|endoftext|>";

  /** How many ids there are: the size of a model's embedding. */
  int vocabularySize();

  /**
   * The id of the token that ends every document.
   *
   * @throws IllegalStateException if the tokenizer has none
   */
  int endOfText();

  /** The bytes that a token stands for, a copy; of an added token its text. */
  byte[] bytesOf(int id);

  /** Whether the id is that of an added token, which encoding ordinary text never produces. */
  boolean isAdded(int id);

  /** A new encoder, for one thread. */
  Encoder encoder();

  /** The ids of many texts in their order, encoded on all cores. */
  default int[][] encodeAll(List<byte[]> texts) {
    ThreadLocal<Encoder> encoders = ThreadLocal.withInitial(this::encoder);
    return texts.parallelStream().map(text -> encoders.get().encode(text)).toArray(int[][]::new);
  }

  /**
   * Where each token ends, in bytes of the decoded text, which is the encoded one unless the
   * tokenizer normalises.
   */
  default int[] ends(int[] ids) {
    int[] ends = new int[ids.length];
    int end = 0;
    for (int i = 0; i < ids.length; i++) {
      end = Math.addExact(end, bytesOf(ids[i]).length);
      ends[i] = end;
    }
    return ends;
  }

  /** The bytes of the ids, joined. */
  byte[] decodeBytes(int[] ids);

  /** The text of the ids: bytes joined, then read as UTF-8, damage as U+FFFD. */
  default String decode(int[] ids) {
    return new String(decodeBytes(ids), StandardCharsets.UTF_8);
  }

  /** A decoder that takes one id at a time and gives whole characters. */
  default StreamingDecoder streamingDecoder() {
    return new StreamingDecoder(this);
  }

  /** SHA-256 of the tokenizer's file, in lowercase hex: what {@code sha256sum} says. */
  String sha256();
}
