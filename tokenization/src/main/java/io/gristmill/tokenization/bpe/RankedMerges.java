package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The merges of a vocabulary that has ranks and no merges, as tiktoken's: any two tokens join into
 * the token of their bytes, the one of the least id first.
 */
public final class RankedMerges {
  private RankedMerges() {}

  /** One way to make a token of two. */
  private record Join(int left, int right, int result) {}

  /**
   * Every way to make a token of two others. Ways to the same token follow each other, in the order
   * of their left and then their right ids, so that Hugging Face gives the same ids for them.
   */
  public static Merges of(Vocabulary vocabulary) {
    Join[] joins =
        IntStream.range(0, vocabulary.size())
            .filter(id -> !vocabulary.isAdded(id))
            .boxed()
            .<Join>mapMulti(
                (id, joined) -> {
                  byte[] token = vocabulary.bytes(id);
                  for (int cut = 1; cut < token.length; cut++) {
                    OptionalInt left = vocabulary.id(token, 0, cut);
                    OptionalInt right = vocabulary.id(token, cut, token.length);
                    if (left.isPresent() && right.isPresent()) {
                      joined.accept(new Join(left.getAsInt(), right.getAsInt(), id));
                    }
                  }
                })
            .sorted(
                Comparator.comparingInt(Join::result)
                    .thenComparingInt(Join::left)
                    .thenComparingInt(Join::right))
            .toArray(Join[]::new);
    return new Merges(
        Arrays.stream(joins).mapToInt(Join::left).toArray(),
        Arrays.stream(joins).mapToInt(Join::right).toArray(),
        Arrays.stream(joins).mapToInt(Join::result).toArray());
  }
}
