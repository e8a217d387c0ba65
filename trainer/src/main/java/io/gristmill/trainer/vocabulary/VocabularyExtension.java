package io.gristmill.trainer.vocabulary;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** The tokens that a tokenizer adds to another one, each as the pieces that it was there. */
public final class VocabularyExtension {
  private final int oldSize;
  private final int[][] pieces;

  private VocabularyExtension(int oldSize, int[][] pieces) {
    this.oldSize = oldSize;
    this.pieces = pieces;
  }

  /**
   * Encodes the bytes of each new token with the old tokenizer.
   *
   * @throws IllegalArgumentException if {@code extended} does not extend {@code old}, naming the
   *     first id that differs
   */
  public static VocabularyExtension of(Tokenizer old, Tokenizer extended) {
    Optional<String> difference = difference(old, extended);
    if (difference.isPresent()) {
      throw new IllegalArgumentException(
          "the new tokenizer does not extend the model's: %s; train one with tokenizer.extends"
              .formatted(difference.get()));
    }
    int[][] pieces = new int[extended.vocabularySize() - old.vocabularySize()][];
    Encoder encoder = old.encoder();
    for (int i = 0; i < pieces.length; i++) {
      int id = old.vocabularySize() + i;
      pieces[i] = encoder.encode(extended.bytesOf(id));
      if (pieces[i].length == 0) {
        throw new IllegalArgumentException(
            "the old tokenizer gives no pieces for token %d, \"%s\""
                .formatted(id, text(extended, id)));
      }
    }
    return new VocabularyExtension(old.vocabularySize(), pieces);
  }

  /**
   * The first id of {@code old} that does not stand for the same bytes in {@code extended}, for
   * people: {@code id 17 is "a", was "b"}.
   */
  public static Optional<String> difference(Tokenizer old, Tokenizer extended) {
    int common = Math.min(old.vocabularySize(), extended.vocabularySize());
    for (int id = 0; id < common; id++) {
      if (!Arrays.equals(old.bytesOf(id), extended.bytesOf(id))
          || old.isAdded(id) != extended.isAdded(id)) {
        return Optional.of("id %d is %s, was %s".formatted(id, kind(extended, id), kind(old, id)));
      }
    }
    return common == old.vocabularySize()
        ? Optional.empty()
        : Optional.of(
            "id %d is missing, was %s (%d tokens, were %d)"
                .formatted(common, kind(old, common), common, old.vocabularySize()));
  }

  private static String kind(Tokenizer tokenizer, int id) {
    return "\"%s\"%s"
        .formatted(text(tokenizer, id), tokenizer.isAdded(id) ? " (an added token)" : "");
  }

  private static String text(Tokenizer tokenizer, int id) {
    return ByteAlphabet.encode(tokenizer.bytesOf(id));
  }

  /** How many ids there were: the first new one. */
  public int oldSize() {
    return oldSize;
  }

  /** How many ids there are. */
  public int size() {
    return oldSize + pieces.length;
  }

  /** How many old ids stand for one new token, on average; 0 where nothing is new. */
  public double piecesPerToken() {
    return Arrays.stream(pieces).mapToInt(ids -> ids.length).average().orElse(0);
  }

  /** The old ids of a new token, in the order of its bytes; not a copy. */
  int[] pieces(int id) {
    return pieces[id - oldSize];
  }

  /** The old ids that are a piece of any new token. */
  BitSet used() {
    var used = new BitSet(oldSize);
    for (int[] ids : pieces) {
      for (int id : ids) {
        used.set(id);
      }
    }
    return used;
  }
}
