package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.PhaseConfig;
import io.gristmill.mixing.mixture.RatioBy;
import io.gristmill.mixing.mixture.Weight;
import java.util.List;
import java.util.Optional;

/** The ratios of domains and languages, in phases. */
final class MixtureReader {
  private MixtureReader() {}

  static MixtureConfig mixture(Section section, long seed) {
    MixtureConfig usual = MixtureConfig.defaults();
    double temperature = section.number("temperature", usual.temperature());
    RatioBy by = section.choice("by", RatioBy.class, usual.by());
    List<Section> lines = section.sections("weights");
    List<Weight> weights = weights(lines);
    List<Section> phaseSections = section.sections("phases");
    List<PhaseConfig> phases =
        phaseSections.stream().map(MixtureReader::phase).flatMap(Optional::stream).toList();
    // Where a line or phase was refused, a stand-in lets the rest be checked.
    boolean read = weights.size() == lines.size() && phases.size() == phaseSections.size();
    List<Weight> everything =
        List.of(new Weight("*", "*", temperature == 0 && by == RatioBy.WEIGHT ? 1 : Double.NaN));
    return section
        .build(
            () ->
                new MixtureConfig(
                    section.has("weights") && read ? weights : everything,
                    section.number("temperature", usual.temperature()),
                    section.choice("by", RatioBy.class, usual.by()),
                    section.size("entropy-tokens", usual.entropyTokens()),
                    read ? phases : List.of(),
                    section.wholeNumber("sequence-length", usual.sequenceLength()),
                    section.size("total-tokens", usual.totalTokens()),
                    section.number("max-epochs", usual.maxEpochs()),
                    section.choice(
                        "when-capped", usual.whenCapped().getDeclaringClass(), usual.whenCapped()),
                    section.size("seed", seed)))
        .orElse(usual);
  }

  private static List<Weight> weights(List<Section> lines) {
    return lines.stream().map(MixtureReader::weight).flatMap(Optional::stream).toList();
  }

  private static Optional<Weight> weight(Section section) {
    List<Weight> parts = weights(section.sections("parts"));
    return section.build(
        () ->
            new Weight(
                section.text("domain", "*"),
                section.text("language", "*"),
                section.number("weight", Double.NaN),
                section.number("max-epochs", 0),
                section.number("temperature", 0),
                section.choice("by", RatioBy.class, RatioBy.WEIGHT),
                parts));
  }

  private static Optional<PhaseConfig> phase(Section section) {
    return section.build(
        () -> new PhaseConfig(section.number("share", 0), section.numbers("weights")));
  }
}
