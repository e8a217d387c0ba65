package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.FloatVector;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.optimizer.Segment;
import java.util.List;

/**
 * Parts of tensors, addressed in the global flat order; whatever lies between them is passed over.
 */
record SliceVector(ParameterLayout layout, List<ShardOptimizer.Slice> slices)
    implements FloatVector {
  SliceVector {
    slices = List.copyOf(slices);
  }

  @Override
  public long size() {
    return layout.size();
  }

  @Override
  public void read(long from, float[] target, int offset, int length) {
    for (ShardOptimizer.Slice slice : slices) {
      long begins = begins(slice.segment());
      long first = Math.max(from, begins);
      long last = Math.min(from + length, begins + slice.segment().length());
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
    for (ShardOptimizer.Slice slice : slices) {
      long begins = begins(slice.segment());
      long first = Math.max(from, begins);
      long last = Math.min(from + length, begins + slice.segment().length());
      if (first < last) {
        System.arraycopy(
            source,
            offset + (int) (first - from),
            slice.values(),
            (int) (first - begins),
            (int) (last - first));
      }
    }
  }

  private long begins(Segment segment) {
    return layout.tensors().get(segment.tensor()).offset() + segment.offset();
  }
}
