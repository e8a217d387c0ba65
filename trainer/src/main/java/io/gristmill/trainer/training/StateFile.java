package io.gristmill.trainer.training;

import io.gristmill.trainer.checkpoint.CheckpointWriter;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.checkpoint.SafetensorsReader;
import io.gristmill.trainer.checkpoint.SafetensorsWriter;
import io.gristmill.trainer.checkpoint.TensorEntry;
import io.gristmill.trainer.collective.FloatVector;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.optimizer.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What workers hold beside the parameters, in a file of a checkpoint: whole tensors under the names
 * of the parameters, although each worker may hold a part alone.
 */
final class StateFile {
  /** Floats that travel at once. */
  private static final int PIECE = 1 << 22;

  private final String name;
  private final ParameterLayout layout;
  private final IntPredicate has;
  private final List<Part> parts;
  private final FloatVector own;

  /** What one worker holds, at most a piece of it. */
  private record Part(int owner, VectorShards.Range range) {}

  private StateFile(
      String name, ParameterLayout layout, IntPredicate has, List<Part> parts, FloatVector own) {
    this.name = name;
    this.layout = layout;
    this.has = has;
    this.parts = parts;
    this.own = own;
  }

  /**
   * Of which every worker holds its shard.
   *
   * @param has whether a tensor of the layout is in the file
   * @param own this worker's shard, addressed in the global flat order
   */
  static StateFile sharded(
      String name, ParameterLayout layout, VectorShards shards, IntPredicate has, FloatVector own) {
    List<Part> parts = new ArrayList<>();
    for (int n = 0; n < shards.workers(); n++) {
      int owner = shards.owner(n);
      parts.addAll(parts(layout, owner, shards.shard(owner), has));
    }
    return new StateFile(name, layout, has, parts, own);
  }

  /**
   * Of which one worker holds everything.
   *
   * @param own of that worker; of another, which has none, anything
   */
  static StateFile whole(
      String name, ParameterLayout layout, int owner, IntPredicate has, FloatVector own) {
    var everything = new VectorShards.Range(0, layout.size());
    return new StateFile(name, layout, has, parts(layout, owner, everything, has), own);
  }

  /** Worker 0: writes the file, with what the others {@link #deliver}. */
  void collect(CheckpointWriter writer, Group group, long step) throws IOException {
    float[] piece = new float[(int) Math.min(PIECE, layout.size())];
    try (OutputStream out = writer.create(name);
        var tensors = new SafetensorsWriter(out, entries(), SafetensorsWriter.PYTORCH)) {
      for (Part part : parts) {
        int length = (int) part.range().length();
        if (part.owner() == group.rank()) {
          own.read(part.range().from(), piece, 0, length);
        } else {
          group.receive(
              part.owner(), FloatVector.of(piece), new VectorShards.Range(0, length), step);
        }
        tensors.write(piece, 0, length);
      }
    }
  }

  /** Every other worker: sends its part to worker 0. */
  void deliver(Group group, long step) throws IOException {
    for (Part part : parts) {
      if (part.owner() == group.rank()) {
        group.send(0, own, part.range(), step);
      }
    }
  }

  /** Reads the part of worker {@code rank} from a checkpoint. */
  void read(FileSystem files, Path folder, int rank) throws IOException {
    float[] piece = new float[(int) Math.min(PIECE, layout.size())];
    try (SafetensorsReader reader = SafetensorsReader.open(files, new Path(folder, name))) {
      reader.require(entries());
      for (Part part : parts) {
        if (part.owner() == rank) {
          VectorShards.Range range = part.range();
          for (Segment segment : ShardOptimizer.segments(layout, range)) {
            TensorSpec tensor = layout.tensors().get(segment.tensor());
            reader.read(tensor.name(), segment.offset(), piece, 0, segment.length());
            own.write(tensor.offset() + segment.offset(), piece, 0, segment.length());
          }
        }
      }
    }
  }

  private List<TensorEntry> entries() {
    List<TensorEntry> all = HuggingFace.entries(layout);
    return IntStream.range(0, all.size()).filter(has).mapToObj(all::get).toList();
  }

  /** What a worker holds of a range, in the flat order, in parts of at most a piece. */
  private static List<Part> parts(
      ParameterLayout layout, int owner, VectorShards.Range held, IntPredicate has) {
    List<Part> parts = new ArrayList<>();
    for (VectorShards.Range range : ranges(layout, held, has)) {
      for (long from = range.from(); from < range.to(); from += PIECE) {
        long to = Math.min(range.to(), from + PIECE);
        parts.add(new Part(owner, new VectorShards.Range(from, to)));
      }
    }
    return parts;
  }

  /** The parts of a range that are in the file, neighbours in one. */
  private static List<VectorShards.Range> ranges(
      ParameterLayout layout, VectorShards.Range held, IntPredicate has) {
    List<VectorShards.Range> ranges = new ArrayList<>();
    for (Segment segment : ShardOptimizer.segments(layout, held)) {
      if (has.test(segment.tensor())) {
        long from = layout.tensors().get(segment.tensor()).offset() + segment.offset();
        long to = from + segment.length();
        if (!ranges.isEmpty() && ranges.getLast().to() == from) {
          from = ranges.removeLast().from();
        }
        ranges.add(new VectorShards.Range(from, to));
      }
    }
    return ranges;
  }
}
