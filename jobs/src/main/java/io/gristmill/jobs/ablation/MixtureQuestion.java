package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.MixtureAnalysis;
import io.gristmill.mixing.ablation.MixtureDesign;
import io.gristmill.mixing.ablation.MixtureFindings;
import io.gristmill.mixing.ablation.Trial;
import io.gristmill.mixing.mixture.Weight;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which mixture makes the weighted losses least.
 *
 * @param lines of the configured mixture
 * @param most share of each line that its text allows
 */
record MixtureQuestion(
    String name,
    MixtureDesign design,
    List<Weight> lines,
    List<Double> most,
    int measurements,
    int resamples,
    long seed)
    implements Question<MixtureFindings, MixtureSize> {
  @Override
  public List<Trial> trials(String size) {
    return design.trials(size, lines, most);
  }

  @Override
  public List<Trial> foretold(String size) {
    return design.foretold(size, lines, most);
  }

  @Override
  public List<Double> trunk() {
    return lines.stream().map(Weight::weight).toList();
  }

  @Override
  public String trunkWords(long tokens) {
    return "a trunk of %,d tokens of the configured mixture".formatted(tokens);
  }

  @Override
  public boolean needs(int line) {
    return true;
  }

  @Override
  public String words(List<Double> losses) {
    return "objective %.4f nats per token (%s)".formatted(objective(losses), byLine(losses));
  }

  @Override
  public String change(List<Double> from, List<Double> to) {
    return "objective %+.4f nats per token".formatted(objective(to) - objective(from));
  }

  private double objective(List<Double> losses) {
    List<Double> weights = design.objective(lines);
    return IntStream.range(0, losses.size()).mapToDouble(i -> weights.get(i) * losses.get(i)).sum();
  }

  private String byLine(List<Double> losses) {
    return IntStream.range(0, losses.size())
        .mapToObj(i -> "%s %.4f".formatted(lines.get(i).label(), losses.get(i)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public MixtureFindings findings(String size, List<Double> before, List<Measure> measures) {
    return MixtureAnalysis.of(
        size, lines, design.objective(lines), before, measures, foretold(size), resamples, seed);
  }

  @Override
  public List<String> predictions(MixtureFindings findings) {
    return findings.predictions().stream()
        .map(
            own ->
                "%s, %s: foretold objective %.4f nats per token"
                    .formatted(findings.size(), own.mixture(), own.objective()))
        .toList();
  }

  @Override
  public MixtureSize size(MixtureFindings findings, SizeTrainings own) {
    return new MixtureSize(
        findings.size(),
        own.parameters(),
        own.start(),
        own.heldOut(),
        findings,
        own.measures(),
        own.foretold(),
        own.finished());
  }

  @Override
  public AblationResult answer(List<MixtureSize> sizes) {
    return new MixtureAblation(name, design, lines, measurements, sizes);
  }
}
