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
    each(
        from,
        length,
        (values, at, within, count) ->
            System.arraycopy(values, at, target, offset + within, count));
  }

  @Override
  public void write(long from, float[] source, int offset, int length) {
    each(
        from,
        length,
        (values, at, within, count) ->
            System.arraycopy(source, offset + within, values, at, count));
  }

  /** Takes {@code count} values that lie {@code within} so many of the begin of a range. */
  private interface Overlap {
    void take(float[] values, int at, int within, int count);
  }

  private void each(long from, int length, Overlap overlap) {
    for (ShardOptimizer.Slice slice : slices) {
      long begins = begins(slice.segment());
      long first = Math.max(from, begins);
      long last = Math.min(from + length, begins + slice.segment().length());
      if (first < last) {
        overlap.take(
            slice.values(), (int) (first - begins), (int) (first - from), (int) (last - first));
      }
    }
  }

  private long begins(Segment segment) {
    return layout.tensors().get(segment.tensor()).offset() + segment.offset();
  }
}
