package io.gristmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.RatioDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationConfigTest {
  @TempDir private Path folder;

  @Test
  void mixturesAreReadWithTheSeedOfTheRun() throws IOException {
    AblationConfig read = read("mixtures: 6, predict-mixtures: 2, objective: [1, 0], tokens: 1");
    assertThat(read.design())
        .isEqualTo(new MixtureDesign(6, 2, List.of(1.0, 0.0), List.of(1L, 2L), 7));
    assertThat(read.tolerances()).isEmpty();
  }

  @Test
  void ratiosKeepTheirTolerances() throws IOException {
    AblationConfig read = read("domain: web, ratios: [0, 1], tokens: 1");
    assertThat(read.design()).isInstanceOf(RatioDesign.class);
    assertThat(read.tolerances()).containsExactly(0.01, 0.02, 0.05, 0.1);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused("mixtures: 6, domain: web, tokens: 1", "ablate.domain stands beside ablate.mixtures");
    refused("mixtures: 6, tolerances: [1], tokens: 1", "ablate.tolerances stands beside");
    refused("mixtures: 2, tokens: 1", "ablate.mixtures is 2, must be at least 3 for 2 lines");
    refused("mixtures: 6, objective: [1], tokens: 1", "has 1 numbers, must have 2");
    refused(
        "domain: web, ratios: [0, 1], objective: [1, 1], tokens: 1",
        "ablate.objective belongs to ablate.mixtures, which is missing");
  }

  private void refused(String ablate, String message) {
    assertThatThrownBy(() -> read(ablate)).hasMessageContaining(message);
  }

  private AblationConfig read(String ablate) throws IOException {
    Path file = folder.resolve("ablation.yaml");
    Files.writeString(
        file,
        """
        name: x
        output: y
        seed: 7
        curate: {sources: [{path: z, format: jsonl, domain: web}]}
        mixture: {weights: [{domain: web, weight: 0.5}, {domain: books, weight: 0.5}]}
        ablate: {%s}
        """
            .formatted(ablate));
    return RunConfig.read(file.toString(), List.of()).ablations().getFirst();
  }
}
