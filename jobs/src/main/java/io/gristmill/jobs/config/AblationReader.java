package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.mixing.ablation.AblationDesign;
import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.training.ScheduleConfig;
import java.util.List;
import java.util.Optional;

/** What an ablation trains, and the questions that it is to answer. */
final class AblationReader {
  private AblationReader() {}

  static Optional<AblationConfig> read(Section section, int vocabularySize, MixtureConfig mixture) {
    List<AblationConfig.Size> sizes =
        section.sections("sizes").stream()
            .map(size -> size(size, vocabularySize, mixture.sequenceLength()))
            .flatMap(Optional::stream)
            .toList();
    Section trunkSection = section.section("trunk");
    long trunkTokens = trunkSection.size("tokens", 0);
    ScheduleConfig trunkSchedule = TrainingReader.schedule(trunkSection.section("schedule"));
    Optional<AblationConfig.Trunk> trunk =
        trunkSection.build(() -> new AblationConfig.Trunk(trunkTokens, trunkSchedule));
    long tokens = section.size("tokens", 0);
    AblationConfig.Equal equal =
        section.choice("equal", AblationConfig.Equal.class, AblationConfig.Equal.TOKENS);
    int measurements = section.wholeNumber("measurements", 8);
    List<Double> tolerances = tolerances(section);
    return section.build(
        () ->
            new AblationConfig(
                design(section, mixture),
                tokens,
                equal,
                measurements,
                tolerances,
                sizes,
                trunk.orElse(new AblationConfig.Trunk(0, trunkSchedule))));
  }

  private static AblationDesign design(Section section, MixtureConfig mixture) {
    // Every key is asked for, lest the other design's be called unknown.
    int mixtures = section.wholeNumber("mixtures", 0);
    int predicted = section.wholeNumber("predict-mixtures", 0);
    List<Double> objective = section.numbers("objective");
    String domain = section.text("domain", "");
    List<Double> ratios = section.numbers("ratios");
    List<Double> predict = section.numbers("predict");
    if (!section.has("mixtures")) {
      for (String key : List.of("predict-mixtures", "objective")) {
        if (section.has(key)) {
          section.refuse(key, "belongs to ablate.mixtures, which is missing");
        }
      }
      return new RatioDesign(domain, ratios, predict, seeds(section));
    }
    for (String key : List.of("domain", "ratios", "predict", "tolerances")) {
      if (section.has(key)) {
        section.refuse(
            key, "stands beside ablate.mixtures, which draws mixtures of all lines; remove one");
      }
    }
    var design = new MixtureDesign(mixtures, predicted, objective, seeds(section), mixture.seed());
    design.check(mixture.weights());
    return design;
  }

  private static List<Double> tolerances(Section section) {
    List<Double> given = section.numbers("tolerances");
    return section.has("tolerances") || section.has("mixtures")
        ? given
        : List.of(0.01, 0.02, 0.05, 0.1);
  }

  private static List<Long> seeds(Section section) {
    return section.has("seeds")
        ? section.numbers("seeds").stream().map(Double::longValue).toList()
        : List.of(1L, 2L);
  }

  private static Optional<AblationConfig.Size> size(
      Section section, int vocabularySize, int sequenceLength) {
    ModelConfig model = ModelReader.read(section, vocabularySize, sequenceLength);
    return section.build(() -> new AblationConfig.Size(section.text("name"), model));
  }
}
