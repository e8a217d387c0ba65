package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.trainer.model.MiniCpmParametrization;
import io.gristmill.trainer.model.Parametrization;
import io.gristmill.trainer.model.PowerParametrization;
import io.gristmill.trainer.model.StandardParametrization;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads {@code model.parametrization}; the defaults are those of its kind. */
final class ParametrizationReader {
  private enum Kind {
    STANDARD,
    MINICPM,
    POWER;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which kinds have a key. */
  private static final Map<String, List<Kind>> KEYS =
      Map.of(
          "base-width", List.of(Kind.MINICPM, Kind.POWER),
          "initial-deviation", List.of(Kind.MINICPM, Kind.POWER),
          "embedding-multiplier", List.of(Kind.MINICPM, Kind.POWER),
          "depth-multiplier", List.of(Kind.MINICPM),
          "residual-multiplier", List.of(Kind.POWER),
          "attention-multiplier", List.of(Kind.POWER),
          "logits-scaling", List.of(Kind.POWER));

  private ParametrizationReader() {}

  /** What the section says for a model of this shape, with {@code usual} where it says nothing. */
  static Parametrization read(
      Section section, Parametrization usual, int hiddenSize, int layers, int headSize) {
    Kind kind = section.choice("kind", Kind.class, kind(usual));
    KEYS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(key -> section.has(key.getKey()) && !key.getValue().contains(kind))
        .forEach(key -> section.refuse(key.getKey(), refusal(kind, key.getValue())));
    return section
        .build(
            () ->
                switch (kind) {
                  case STANDARD -> new StandardParametrization();
                  case MINICPM -> miniCpm(section, usual);
                  case POWER -> power(section, hiddenSize, layers, headSize);
                })
        .orElse(usual);
  }

  private static String refusal(Kind kind, List<Kind> owners) {
    String kinds = owners.stream().map(Kind::key).collect(Collectors.joining(" or "));
    return "belongs to the kind %s, but model.parametrization.kind is %s; remove it or change the kind"
        .formatted(kinds, kind.key());
  }

  private static Kind kind(Parametrization parametrization) {
    return switch (parametrization) {
      case StandardParametrization none -> Kind.STANDARD;
      case MiniCpmParametrization mup -> Kind.MINICPM;
      case PowerParametrization mup -> Kind.POWER;
    };
  }

  private static Parametrization miniCpm(Section section, Parametrization given) {
    MiniCpmParametrization usual =
        given instanceof MiniCpmParametrization same ? same : MiniCpmParametrization.defaults();
    return new MiniCpmParametrization(
        section.wholeNumber("base-width", usual.baseWidth()),
        section.number("initial-deviation", usual.initialDeviation()),
        section.number("embedding-multiplier", usual.embeddingMultiplier()),
        section.number("depth-multiplier", usual.depthMultiplier()));
  }

  private static Parametrization power(Section section, int hiddenSize, int layers, int headSize) {
    int baseWidth = section.wholeNumber("base-width", 256);
    PowerParametrization usual =
        PowerParametrization.of(
            Math.max(1, baseWidth),
            Math.max(1, hiddenSize),
            Math.max(1, layers),
            Math.max(1, headSize));
    return new PowerParametrization(
        baseWidth,
        section.number("initial-deviation", usual.initialDeviation()),
        section.number("embedding-multiplier", usual.embeddingMultiplier()),
        section.number("residual-multiplier", usual.residualMultiplier()),
        section.number("attention-multiplier", usual.attentionMultiplier()),
        section.number("logits-scaling", usual.logitsScaling()));
  }
}
