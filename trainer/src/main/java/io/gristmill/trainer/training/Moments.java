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
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The optimizer's moments in a checkpoint: a safetensors file for the first, which may be Muon's
 * momentum, and one for the second, of the tensors that have it; whole tensors under the names of
 * the parameters, although each worker holds its shard alone.
 */
final class Moments {
  private static final List<String> FILES =
      List.of("optimizer-first-moment.safetensors", "optimizer-second-moment.safetensors");

  /** Floats that travel at once. */
  private static final int PIECE = 1 << 22;

  private final ParameterLayout layout;
  private final Group group;
  private final VectorShards shards;
  private final ShardOptimizer optimizer;

  /**
   * @param optimizer of this worker's shard
   */
  Moments(ParameterLayout layout, Group group, VectorShards shards, ShardOptimizer optimizer) {
    this.layout = layout;
    this.group = group;
    this.shards = shards;
    this.optimizer = optimizer;
  }

  /** Worker 0: writes both files, with what the others {@link #deliver}. */
  void collect(CheckpointWriter writer, long step) throws IOException {
    float[] piece = new float[(int) Math.min(PIECE, layout.size())];
    for (int moment = 0; moment < FILES.size(); moment++) {
      FloatVector own = new OwnMoment(moment);
      try (OutputStream out = writer.create(FILES.get(moment));
          var tensors = new SafetensorsWriter(out, entries(moment), SafetensorsWriter.PYTORCH)) {
        for (int n = 0; n < group.size(); n++) {
          int owner = shards.owner(n);
          for (VectorShards.Range range : pieces(moment, owner)) {
            int length = (int) range.length();
            if (owner == group.rank()) {
              own.read(range.from(), piece, 0, length);
            } else {
              group.receive(owner, FloatVector.of(piece), new VectorShards.Range(0, length), step);
            }
            tensors.write(piece, 0, length);
          }
        }
      }
    }
  }

  /** Every other worker: sends its shard to worker 0. */
  void deliver(long step) throws IOException {
    for (int moment = 0; moment < FILES.size(); moment++) {
      for (VectorShards.Range range : pieces(moment, group.rank())) {
        group.send(0, new OwnMoment(moment), range, step);
      }
    }
  }

  /** Reads this worker's shard from a checkpoint. */
  void read(FileSystem files, Path folder) throws IOException {
    for (int moment = 0; moment < FILES.size(); moment++) {
      try (SafetensorsReader reader =
          SafetensorsReader.open(files, new Path(folder, FILES.get(moment)))) {
        reader.require(entries(moment));
        for (ShardOptimizer.Slice slice : optimizer.slices(moment)) {
          Segment segment = slice.segment();
          TensorSpec tensor = layout.tensors().get(segment.tensor());
          reader.read(tensor.name(), segment.offset(), slice.values(), 0, segment.length());
        }
      }
    }
  }

  /** The tensors that have this moment. */
  private List<TensorEntry> entries(int moment) {
    List<TensorEntry> all = HuggingFace.entries(layout);
    return IntStream.range(0, all.size())
        .filter(tensor -> optimizer.hasMoment(moment, tensor))
        .mapToObj(all::get)
        .toList();
  }

  /** What a worker holds of this moment, in the flat order, in ranges of at most a piece. */
  private List<VectorShards.Range> pieces(int moment, int owner) {
    List<VectorShards.Range> pieces = new ArrayList<>();
    for (VectorShards.Range range : ranges(moment, shards.shard(owner))) {
      for (long from = range.from(); from < range.to(); from += PIECE) {
        pieces.add(new VectorShards.Range(from, Math.min(range.to(), from + PIECE)));
      }
    }
    return pieces;
  }

  /** The parts of a shard that have this moment, neighbours in one. */
  private List<VectorShards.Range> ranges(int moment, VectorShards.Range shard) {
    List<VectorShards.Range> ranges = new ArrayList<>();
    if (shard.length() == 0) {
      return ranges;
    }
    for (Segment segment : Segment.of(layout, shard.from(), shard.to())) {
      if (optimizer.hasMoment(moment, segment.tensor())) {
        long from = begins(segment);
        long to = from + segment.length();
        if (!ranges.isEmpty() && ranges.getLast().to() == from) {
          from = ranges.removeLast().from();
        }
        ranges.add(new VectorShards.Range(from, to));
      }
    }
    return ranges;
  }

  private long begins(Segment segment) {
    return layout.tensors().get(segment.tensor()).offset() + segment.offset();
  }

  /** One moment of this worker's shard, addressed in the global flat order; read only. */
  private final class OwnMoment implements FloatVector {
    private final List<ShardOptimizer.Slice> slices;

    OwnMoment(int moment) {
      this.slices = optimizer.slices(moment);
    }

    @Override
    public long size() {
      return layout.size();
    }

    @Override
    public void read(long from, float[] target, int offset, int length) {
      long end = from + length;
      for (ShardOptimizer.Slice slice : slices) {
        long begins = begins(slice.segment());
        long first = Math.max(from, begins);
        long last = Math.min(end, begins + slice.segment().length());
        if (first < last) {
          System.arraycopy(
              slice.values(),
              (int) (first - begins),
              target,
              offset + (int) (first - from),
              (int) (last - first));
        }
      }
    }

    @Override
    public void write(long from, float[] source, int offset, int length) {
      throw new UnsupportedOperationException("a worker's own moments are only sent");
    }
  }
}
