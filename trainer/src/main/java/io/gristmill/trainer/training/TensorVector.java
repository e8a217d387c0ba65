package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.FloatVector;
import io.gristmill.trainer.model.Tensors;

/** Tensors in their global flat order, for the collectives. */
record TensorVector(Tensors tensors) implements FloatVector {
  @Override
  public long size() {
    return tensors.layout().size();
  }

  @Override
  public void read(long from, float[] target, int offset, int length) {
    tensors.copyTo(from, target, offset, length);
  }

  @Override
  public void write(long from, float[] source, int offset, int length) {
    tensors.copyFrom(from, source, offset, length);
  }
}
