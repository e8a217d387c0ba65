package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.model.Workspace;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryPlanTest {
  private static final ModelConfig MODEL = ModelConfig.of(8_000, 256, 4, 4, 704, 256);

  static Stream<Arguments> workspaces() {
    return Stream.of(MODEL, MODEL.withQueryKeyNorm())
        .flatMap(
            model -> Stream.of(Workspace.Keep.values()).map(keep -> Arguments.of(model, keep)));
  }

  @ParameterizedTest
  @MethodSource("workspaces")
  void aWorkspaceTakesWhatThePlanSays(ModelConfig model, Workspace.Keep keep) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Llama llama = new Llama(model, Kernels.best());
    llama.workspace(1, 16); // classes are loaded and initialised outside of the measurement
    long before = threads.getCurrentThreadAllocatedBytes();
    Workspace workspace = llama.workspace(4, 256, keep);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(workspace).isNotNull();
    assertThat((double) allocated / Workspace.bytes(model, 4, 256, keep))
        .isCloseTo(1, within(0.02));
  }

  @Test
  void activationsComputedAgainTakeLess() {
    TrainerConfig usual = TrainerConfig.defaults();
    var recomputing =
        new TrainerConfig(0, 64, 4, 16, 1, 250, 0, 250, 2, 1, 0, 0, true, Precision.FP32);
    ModelConfig deep = ModelConfig.of(8_000, 256, 16, 4, 704, 256);
    long kept = MemoryPlan.of(deep, usual, 256, 1, 2).activations();
    assertThat(MemoryPlan.of(deep, recomputing, 256, 1, 2).activations()).isLessThan(kept / 2);
  }

  @Test
  void gradientsTakeWhatThePlanSays() {
    ParameterLayout layout = ParameterLayout.of(ModelConfig.of(32, 8, 1, 1, 8, 8));
    int slots = 16;
    var tree = new SlotTree(layout, slots);
    int alive = 0;
    int most = 0;
    for (int pair = 0; pair < slots; pair += 2) { // two threads that take turns
      Tensors left = tree.lease();
      Tensors right = tree.lease();
      alive = 2 + Integer.bitCount(pair / 2);
      most = Math.max(most, alive);
      tree.arrive(pair, left);
      tree.arrive(pair + 1, right);
    }
    long parameters = Float.BYTES * layout.size();
    MemoryPlan plan =
        MemoryPlan.of(ModelConfig.of(32, 8, 1, 1, 8, 8), TrainerConfig.defaults(), 8, 1, 2);
    assertThat(plan.gradients() / parameters).isBetween((long) most, (long) most + 2);
    assertThat(plan.optimizer()).isEqualTo(2 * parameters);
  }

  @Test
  void workersShareTheOptimizerAndTheSlots() {
    MemoryPlan one = MemoryPlan.of(MODEL, TrainerConfig.defaults(), 256, 1, 2);
    MemoryPlan four = MemoryPlan.of(MODEL, TrainerConfig.defaults(), 256, 4, 2);
    assertThat(four.optimizer()).isEqualTo(one.optimizer() / 4);
    assertThat(four.gradients()).isLessThan(one.gradients());
    assertThat(four.parameters()).isEqualTo(one.parameters());
  }

  @Test
  void aModelThatDoesNotFitIsRefusedWithWhatItNeeds() {
    ModelConfig large = ModelConfig.of(32_000, 2048, 24, 16, 5632, 1024);
    MemoryPlan plan = MemoryPlan.of(large, TrainerConfig.defaults(), 1024, 1, 2);
    assertThatThrownBy(() -> plan.requireFits(4L << 30, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but it is 4.0 GiB")
        .hasMessageMatching("(?s).*--executor-memory \\d+g.*");
    assertThatNoException().isThrownBy(() -> plan.requireFits(256L << 30, 1));
  }
}
