package io.gristmill.trainer.optimizer;

import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of one tensor that lies in a range of the global flat order.
 *
 * @param tensor index in the layout
 * @param offset of its first element inside the tensor
 * @param length elements
 */
public record Segment(int tensor, int offset, int length) {
  /**
   * The segments of the range [from, to), in order.
   *
   * @throws IllegalArgumentException if the range is empty or not inside the layout
   */
  public static List<Segment> of(ParameterLayout layout, long from, long to) {
    if (from < 0 || to <= from || to > layout.size()) {
      throw new IllegalArgumentException(
          "range %d to %d of %d parameters; it must be inside them and not empty"
              .formatted(from, to, layout.size()));
    }
    var segments = new ArrayList<Segment>();
    for (int tensor = layout.tensorAt(from); tensor < layout.tensors().size(); tensor++) {
      TensorSpec spec = layout.tensors().get(tensor);
      if (spec.offset() >= to) {
        break;
      }
      long start = Math.max(from, spec.offset());
      long end = Math.min(to, spec.offset() + spec.size());
      segments.add(new Segment(tensor, (int) (start - spec.offset()), (int) (end - start)));
    }
    return List.copyOf(segments);
  }
}
