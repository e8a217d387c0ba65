package io.gristmill.trainer.training;

/**
 * What a worker tells the others of its part in a step, beside losses.
 *
 * @param seconds that its slots took it, without any wait for a peer
 * @param asksToStop whether it knows of a wish that the run ends after this step
 */
record WorkerStep(double seconds, boolean asksToStop) {
  /** Bytes of {@link java.nio.ByteBuffer} that it travels in. */
  static final int BYTES = Double.BYTES + Byte.BYTES;
}
