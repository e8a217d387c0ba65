package io.gristmill.mixing.packing;

/**
 * Where the sequences of one shard group lie in one epoch.
 *
 * <p>The tokens of the group form a ring: the last document is followed by the first. An epoch cuts
 * the ring from a token of its own into consecutive windows of T inputs (and the one token more
 * that is the last target), so that no token is an input twice in an epoch and up to T - 1 are left
 * over, other ones each time. The windows are visited block by block: whole blocks in a
 * pseudo-random order, the windows of a block in a pseudo-random order too, the short last block at
 * the end. Blocks keep the reading local.
 *
 * @param tokens the tokens of the ring
 * @param sequenceLength T
 * @param blockSequences windows per block
 * @param key the pseudo-random choice; another one for every group and epoch
 */
record EpochCut(long tokens, int sequenceLength, long blockSequences, long key) {

  /** The number of sequences of the epoch. */
  long sequences() {
    return tokens / sequenceLength;
  }

  /**
   * The position in the ring of the first token of the sequence that is visited {@code visit}-th.
   */
  long start(long visit) {
    long offset = Long.remainderUnsigned(Permutation.mix(key), tokens);
    return (offset + window(visit) * sequenceLength) % tokens;
  }

  /** The window that is visited {@code visit}-th. */
  long window(long visit) {
    long sequences = sequences();
    long wholeBlocks = sequences / blockSequences;
    long block = visit / blockSequences;
    long within = visit % blockSequences;
    if (block == wholeBlocks) {
      long rest = sequences - wholeBlocks * blockSequences;
      return wholeBlocks * blockSequences + new Permutation(rest, key + 2).at(within);
    }
    long chosen = new Permutation(wholeBlocks, key + 1).at(block);
    long blockKey = Permutation.mix(key + 3) + chosen;
    return chosen * blockSequences + new Permutation(blockSequences, blockKey).at(within);
  }
}
