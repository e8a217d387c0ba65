package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gristmill.mixing.law.LawTable;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WsdTrunkTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @Test
  void theTrunkLawGivesThePublishedTokensForEachParameter() {
    // 1e21 operations, in billions of parameters times billions of tokens. The paper's exponents
    // are rounded: its 191.87 tokens for each parameter come out within 9 %.
    double ratio = WsdTrunk.published().optimum(1e3).tokensPerParameter();
    LawTable.row(
        "WSD trunk, best tokens for each parameter at 1e21", "191.87", "%.2f".formatted(ratio));
    assertThat(ratio).isCloseTo(191.87, withinPercentage(9));
  }

  @Test
  void theTrunkLawComesBackFromLossesOfBranches() {
    LossSurface truth = WsdTrunk.published();
    var random = new Random(SEED);
    var branches = new ArrayList<Observation>();
    for (double size : List.of(0.009, 0.031, 0.11, 0.25, 0.49, 0.85)) {
      for (double multiple : List.of(10, 20, 30, 40, 50, 60)) {
        double loss = truth.loss(size, multiple * size) + 2e-4 * random.nextGaussian();
        branches.add(new Observation(loss, size, multiple * size));
      }
    }
    Fit fit = WsdTrunk.LAW.fit(branches);
    var bootstrap = fit.bootstrap(200, SEED);
    assertThat(bootstrap.interval("alpha", 0.99).contains(0.29)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("beta", 0.99).contains(0.23)).as("seed=%d", SEED).isTrue();
    assertThat(bootstrap.interval("E", 0.99).contains(0.31)).as("seed=%d", SEED).isTrue();
    assertThat(LossSurface.of(fit).loss(2, 40)).isCloseTo(truth.loss(2, 40), within(5e-3));
  }

  @Test
  void aTrunkCostsItsLongestBranchAndTheDecaysOfTheOthers() {
    assertThat(WsdTrunk.tokens(List.of(10.0, 20.0, 30.0), 0.1)).isCloseTo(33, within(1e-9));
  }
}
