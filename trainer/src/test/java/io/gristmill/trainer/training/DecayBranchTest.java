package io.gristmill.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.training.ScheduleConfig.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecayBranchTest {
  private static final long TOKENS = 256;
  private static final int STEPS = 100;
  private static final ScheduleConfig WSD = schedule(Kind.WSD, 1e-3, 0.1);

  @TempDir static Path folder;
  private static TinyWorld world;

  @BeforeAll
  static void writeTheWorld() throws IOException {
    world = TinyWorld.write(folder);
  }

  @Test
  void aDecayIsItsShareOfAllStepsUpToItsEnd() throws IOException {
    DecayBranch branch = DecayBranch.of(trunk(WSD, 45), schedule(Kind.WSD, 1e-3, 0.1), TOKENS);
    assertThat(branch.steps()).isEqualTo(50);
    assertThat(branch.schedule().decaySteps(50)).isEqualTo(5);
    assertThat(branch.schedule().schedule(50, TOKENS).rate(45)).isEqualTo(1e-3);
    assertThat(branch.schedule().schedule(50, TOKENS).rate(50)).isLessThan(2e-4);
  }

  @Test
  void fromTheEndOfTheStablePartItIsTheDecayOfTheTrunk() throws IOException {
    DecayBranch branch = DecayBranch.of(trunk(WSD, 90), WSD, TOKENS);
    assertThat(branch.steps()).isEqualTo(STEPS);
    for (int step = 91; step <= STEPS; step++) {
      assertThat(branch.schedule().schedule(STEPS, TOKENS).rate(step))
          .isEqualTo(WSD.schedule(STEPS, TOKENS).rate(step));
    }
  }

  @Test
  void aNumberOfStepsAndAnotherCurveMayBeGiven() throws IOException {
    ScheduleConfig wanted = new ScheduleConfig(Kind.WSD, 1e-3, 0.02, 30, Decay.LINEAR, 0, 4, -0.51);
    DecayBranch branch = DecayBranch.of(trunk(WSD, 45), wanted, TOKENS);
    assertThat(branch.steps()).isEqualTo(75);
    assertThat(branch.schedule().schedule(75, TOKENS).rate(60)).isEqualTo(5e-4);
  }

  @Test
  void aConstantRateDecaysAsWell() throws IOException {
    ScheduleConfig constant = schedule(Kind.CONSTANT, 1e-3, 0.1);
    DecayBranch branch = DecayBranch.of(trunk(constant, STEPS - 10), constant, TOKENS);
    assertThat(branch.schedule().kind()).isEqualTo(Kind.WSD);
    assertThat(branch.steps()).isEqualTo(STEPS);
  }

  @Test
  void thePowerLawDecaysFromItsRate() throws IOException {
    ScheduleConfig power = schedule(Kind.POWER, 1e-2, 0.1);
    DecayBranch branch = DecayBranch.of(trunk(power, 45), power, TOKENS);
    assertThat(branch.schedule().schedule(50, TOKENS).rate(45))
        .isEqualTo(power.schedule(STEPS, TOKENS).rate(45));
  }

  @Test
  void whatIsNotStableIsRefused() throws IOException {
    assertThatThrownBy(() -> DecayBranch.of(trunk(WSD, 1), schedule(Kind.WSD, 1e-3, 5), TOKENS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "the learning rate at step 1 was 0.000500, a decay with these settings begins at 0.00100");
    assertThatThrownBy(() -> DecayBranch.of(trunk(WSD, 95), WSD, TOKENS))
        .hasMessageContaining("the learning rate at step 95 was");
    assertThatThrownBy(() -> DecayBranch.of(trunk(WSD, 45), schedule(Kind.WSD, 2e-3, 0.1), TOKENS))
        .hasMessageContaining("and the schedule's peak that it was trained with");
    assertThatThrownBy(
            () -> DecayBranch.of(trunk(WSD, 45), schedule(Kind.COSINE, 1e-3, 0.1), TOKENS))
        .hasMessageContaining("schedule.kind is cosine, which has no stable part");
    assertThatThrownBy(() -> DecayBranch.of(trunk(WSD, 45), schedule(Kind.WSD, 1e-3, 0), TOKENS))
        .hasMessageContaining("schedule.decay is 0.0, which makes no step after step 45");
  }

  private static ScheduleConfig schedule(Kind kind, double peak, double decay) {
    return new ScheduleConfig(kind, peak, 0.02, decay, Decay.ONE_MINUS_SQRT, 0.1, 4, -0.51);
  }

  /** The state of a checkpoint of a run of 100 steps. */
  private static TrainerState trunk(ScheduleConfig schedule, long step) throws IOException {
    TrainingRun usual = world.run("trunk");
    var run =
        new TrainingRun(
            usual.model(),
            usual.initial(),
            usual.trainer(),
            usual.optimizer(),
            schedule,
            usual.shards(),
            usual.mixture(),
            usual.tokenizer(),
            usual.output());
    Mixture mixture =
        MixtureJson.read(new org.apache.hadoop.fs.Path(usual.mixture()), TinyWorld.CONFIGURATION);
    ObjectNode identity = RunIdentity.of(run, Kernels.best(), mixture, STEPS);
    return new TrainerState(step, step * TOKENS, 2, identity, List.of());
  }
}
