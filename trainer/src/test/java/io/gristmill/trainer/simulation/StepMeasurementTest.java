package io.gristmill.trainer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.training.TrainingStep;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepMeasurementTest {
  private static final ModelConfig MODEL = ModelConfig.of(64, 64, 2, 2, 128, 16);
  private static final int SLOTS = 4;

  /** What is timed is the training: the losses do not depend on the number of workers. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void workersOnTheLoopbackTrainAsOne(int workers) throws IOException {
    List<Batch> batches =
        StepMeasurement.batches(
            new SplittableRandom(3), MODEL, SLOTS, 2, MODEL.maxSequenceLength());
    List<Double> alone =
        StepMeasurement.onLoopback(1, group -> losses(group.size(), group, batches)).getFirst();
    List<List<Double>> together =
        StepMeasurement.onLoopback(workers, group -> losses(workers, group, batches));
    assertThat(together).hasSize(workers).allSatisfy(losses -> assertThat(losses).isEqualTo(alone));
    assertThat(alone.getLast()).isLessThan(alone.getFirst());
  }

  private static List<Double> losses(int workers, Group group, List<Batch> batches)
      throws IOException {
    var llama = new Llama(MODEL, Kernels.best());
    int own = SLOTS / workers;
    try (var step =
        new TrainingStep(group, llama, llama.initial(1), 1, own, 2, MODEL.maxSequenceLength())) {
      List<Batch> mine = batches.subList(group.rank() * own, (group.rank() + 1) * own);
      double first = step.run(mine, 1e-2);
      step.run(mine, 1e-2);
      return List.of(first, step.run(mine, 1e-2));
    }
  }

  @Test
  void theCostsAddUpToTheStep() throws IOException {
    StepMeasurement measured =
        StepMeasurement.of(Kernels.best(), MODEL, 1, SLOTS, 2, MODEL.maxSequenceLength());
    StepCosts costs = measured.costs();
    assertThat(costs.token()).isPositive();
    assertThat(costs.touch()).isPositive();
    assertThat(costs.exchange()).isPositive();
    assertThat(costs.message()).isPositive();
    double compute = costs.token() * SLOTS * 2 * MODEL.maxSequenceLength();
    assertThat(compute).isLessThan(measured.stepSeconds() * 2);
    assertThat(measured.threads()).isEqualTo(1);
  }

  @Test
  void aWorkerThatFailsIsNamed() {
    assertThatThrownBy(
            () ->
                StepMeasurement.onLoopback(
                    2,
                    group -> {
                      throw new IllegalStateException("out of grain");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("a worker on the loopback failed: out of grain");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(StepMeasurement.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(StepMeasurement.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
  }
}
