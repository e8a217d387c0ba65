package io.gristmill.trainer.training;

/**
 * What the slots of a step report beside their gradients.
 *
 * @param nats summed loss by slot
 * @param targets predicted tokens by slot
 */
@SuppressWarnings("ArrayRecordComponent") // filled by the threads, one slot each
record SlotLosses(double[] nats, long[] targets) {
  static SlotLosses of(int slots) {
    return new SlotLosses(new double[slots], new long[slots]);
  }
}
