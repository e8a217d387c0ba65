package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.mixture.Weight;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The answer of an ablation of random mixtures.
 *
 * @param lines of the configured mixture
 */
public record MixtureAblation(
    String name,
    MixtureDesign design,
    List<Weight> lines,
    int measurements,
    List<MixtureSize> sizes)
    implements AblationResult {
  public MixtureAblation {
    lines = List.copyOf(lines);
    sizes = List.copyOf(sizes);
  }

  /** The recommended mixture of a size as lines of {@code mixture.weights}, ready to paste. */
  public List<String> weights(MixtureSize size) {
    List<Double> shares = size.findings().advice().recommended().weights();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> line(lines.get(i), shares.get(i)))
        .toList();
  }

  private static String line(Weight line, double share) {
    String epochs = line.maxEpochs() == 0 ? "" : ", max-epochs: %s".formatted(line.maxEpochs());
    String parts = line.parts().isEmpty() ? "" : " # and its parts as they are";
    return "- {domain: \"%s\", language: \"%s\", weight: %s%s}%s"
        .formatted(line.domain(), line.language(), share, epochs, parts);
  }
}
