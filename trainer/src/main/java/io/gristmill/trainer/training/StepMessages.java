package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all workers tell each other of a step, some hundred bytes each.
 *
 * @param nats summed loss of each slot of the global batch
 * @param tokens of the global batch
 * @param workers what each tells of its part, by rank
 * @param numbers what else each tells, by rank
 */
record StepMessages(
    List<Double> nats, long tokens, List<WorkerStep> workers, List<List<Double>> numbers) {
  StepMessages {
    nats = List.copyOf(nats);
    workers = List.copyOf(workers);
    numbers = List.copyOf(numbers);
  }

  /** Tells the others of this worker's part, and hears of theirs. */
  static StepMessages exchange(
      Group group, WorkerStep own, SlotLosses losses, double[] numbers, long step)
      throws IOException {
    List<byte[]> messages = group.allGather(message(own, losses, numbers), step);
    List<Double> nats = new ArrayList<>();
    long tokens = 0;
    List<WorkerStep> workers = new ArrayList<>();
    List<List<Double>> others = new ArrayList<>();
    for (byte[] bytes : messages) {
      ByteBuffer message = ByteBuffer.wrap(bytes);
      workers.add(new WorkerStep(message.getDouble(), message.get() != 0));
      for (int slot = 0; slot < losses.nats().length; slot++) {
        nats.add(message.getDouble());
        tokens += message.getLong();
      }
      List<Double> theirs = new ArrayList<>();
      while (message.hasRemaining()) {
        theirs.add(message.getDouble());
      }
      others.add(theirs);
    }
    return new StepMessages(nats, tokens, workers, others);
  }

  /** Nats per token of the global batch. */
  double loss() {
    return TreeSum.of(nats.stream().mapToDouble(Double::doubleValue).toArray()) / tokens;
  }

  /** Slots whose own loss is not finite. */
  List<Integer> brokenSlots() {
    return IntStream.range(0, nats.size())
        .filter(slot -> !Double.isFinite(nats.get(slot)))
        .boxed()
        .toList();
  }

  private static byte[] message(WorkerStep own, SlotLosses losses, double[] numbers) {
    int slots = losses.nats().length;
    ByteBuffer buffer =
        ByteBuffer.allocate(WorkerStep.BYTES + (2 * slots + numbers.length) * Double.BYTES);
    buffer.putDouble(own.seconds()).put((byte) (own.asksToStop() ? 1 : 0));
    for (int slot = 0; slot < slots; slot++) {
      buffer.putDouble(losses.nats()[slot]).putLong(losses.targets()[slot]);
    }
    Arrays.stream(numbers).forEach(buffer::putDouble);
    return buffer.array();
  }
}
