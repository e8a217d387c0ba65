package io.gristmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.jobs.plan.Plan;
import io.gristmill.jobs.plan.Recommendation;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.simulation.Simulation;
import io.gristmill.trainer.simulation.StepCosts;
import io.gristmill.trainer.simulation.Workload;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PlanPageTest {
  private static Plan plan(int batch) {
    var cluster = new Cluster(3, 2, 50, 20, 10, 50, 200, 0.03, 0, 1, 1e7, 0, 0);
    var trainer = new TrainerConfig(0, batch, 1, 8, 1, 0, 0, 100, 2, 1);
    var model = ModelConfig.of(8_192, 256, 4, 4, 704, 256);
    var costs = StepCosts.given(cluster, model, 256);
    return new Plan(
        "<mill> & 磨坊",
        new Plan.Model(5_000_000, 3_000_000, 3e7),
        new Plan.Data(1_000_000, 0, 1, List.of()),
        new Plan.Training(61, 16_384, 0.2, 20, 192, 4.5),
        new Recommendation("", 0, 0, false, List.of()),
        cluster,
        costs,
        "",
        new Simulation(new Workload(model, trainer, 256, 1_000_000), cluster, costs, 1).run());
  }

  @Test
  void thePageIsWellFormedAndSaysEverything() {
    Plan plan = plan(64);
    PageXml page = new PageXml(PlanPage.render(plan));
    assertThat(page.text())
        .contains("<mill> & 磨坊", "Nothing was measured", "never", "1 of 3 stay idle", "8,192");
    assertThat(page.elements("tr")).hasSize(1 + 14);
    assertThat(page.elements("path").stream().map(path -> path.getAttribute("data-name")))
        .containsExactly(
            "batch as configured", "larger batch", "batch as configured", "larger batch");
    assertThat(PlanPage.render(plan)).isEqualTo(PlanPage.render(plan(64)));
  }

  @Test
  void aBatchForAllNodesHasOneCurve() {
    PageXml page = new PageXml(PlanPage.render(plan(1 << 15)));
    assertThat(page.elements("path").stream().map((Element path) -> path.getAttribute("data-name")))
        .containsOnly("batch as configured");
  }
}
