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
import io.gristmill.trainer.optimizer.AdamW;
import io.gristmill.trainer.optimizer.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The optimizer's two moments in a checkpoint: one safetensors file each, whole tensors under the
 * names of the parameters, although each worker holds its shard alone.
 */
final class Moments {
  private static final List<String> FILES =
      List.of("optimizer-first-moment.safetensors", "optimizer-second-moment.safetensors");

  /** Floats that travel at once. */
  private static final int PIECE = 1 << 22;

  private final ParameterLayout layout;
  private final Group group;
  private final VectorShards shards;
  private final List<AdamW> optimizers;

  /**
   * @param optimizers that of this worker's shard, or none where the shard is empty
   */
  Moments(ParameterLayout layout, Group group, VectorShards shards, List<AdamW> optimizers) {
    this.layout = layout;
    this.group = group;
    this.shards = shards;
    this.optimizers = optimizers;
  }

  /** Worker 0: writes both files, with what the others {@link #deliver}. */
  void collect(CheckpointWriter writer, long step) throws IOException {
    List<TensorEntry> entries = HuggingFace.entries(layout);
    float[] piece = new float[(int) Math.min(PIECE, layout.size())];
    for (int moment = 0; moment < FILES.size(); moment++) {
      FloatVector own = new OwnMoment(moment);
      try (OutputStream out = writer.create(FILES.get(moment));
          var tensors = new SafetensorsWriter(out, entries, SafetensorsWriter.PYTORCH)) {
        for (int n = 0; n < group.size(); n++) {
          int owner = shards.owner(n);
          VectorShards.Range shard = shards.shard(owner);
          for (long from = shard.from(); from < shard.to(); from += PIECE) {
            int length = (int) Math.min(PIECE, shard.to() - from);
            if (owner == group.rank()) {
              own.read(from, piece, 0, length);
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
    VectorShards.Range shard = shards.shard(group.rank());
    for (int moment = 0; moment < FILES.size(); moment++) {
      for (long from = shard.from(); from < shard.to(); from += PIECE) {
        var range = new VectorShards.Range(from, Math.min(shard.to(), from + PIECE));
        group.send(0, new OwnMoment(moment), range, step);
      }
    }
  }

  /** Reads this worker's shard from a checkpoint. */
  void read(FileSystem files, Path folder) throws IOException {
    for (int moment = 0; moment < FILES.size(); moment++) {
      try (SafetensorsReader reader =
          SafetensorsReader.open(files, new Path(folder, FILES.get(moment)))) {
        reader.require(HuggingFace.entries(layout));
        for (AdamW optimizer : optimizers) {
          for (int i = 0; i < optimizer.segments().size(); i++) {
            Segment segment = optimizer.segments().get(i);
            TensorSpec tensor = layout.tensors().get(segment.tensor());
            reader.read(
                tensor.name(), segment.offset(), values(optimizer, moment, i), 0, segment.length());
          }
        }
      }
    }
  }

  private static float[] values(AdamW optimizer, int moment, int segment) {
    return moment == 0 ? optimizer.firstMoment(segment) : optimizer.secondMoment(segment);
  }

  /** One moment of this worker's shard, addressed in the global flat order; read only. */
  private final class OwnMoment implements FloatVector {
    private final int moment;

    OwnMoment(int moment) {
      this.moment = moment;
    }

    @Override
    public long size() {
      return layout.size();
    }

    @Override
    public void read(long from, float[] target, int offset, int length) {
      AdamW optimizer = optimizers.getFirst();
      long end = from + length;
      for (int i = 0; i < optimizer.segments().size(); i++) {
        Segment segment = optimizer.segments().get(i);
        long begins = layout.tensors().get(segment.tensor()).offset() + segment.offset();
        long first = Math.max(from, begins);
        long last = Math.min(end, begins + segment.length());
        if (first < last) {
          System.arraycopy(
              values(optimizer, moment, i),
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
