package io.gristmill.tokenization.bpe;

/** Told now and then how far training has come. */
@FunctionalInterface
public interface MergeProgress {
  /** Takes no notice. */
  MergeProgress NONE = (merges, wanted) -> {};

  /** {@code merges} of the {@code wanted} merges are learned. */
  void learned(int merges, int wanted);

  /** Something that a person may want to know has happened. */
  default void event(String message) {}
}
