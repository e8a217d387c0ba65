package io.gristmill.trainer.collective;

import java.util.List;

/**
 * Connections that were not let in.
 *
 * @param count all of them
 * @param reasons address and reason of the first ones
 */
public record Refusals(int count, List<String> reasons) {
  static final Refusals NONE = new Refusals(0, List.of());
}
