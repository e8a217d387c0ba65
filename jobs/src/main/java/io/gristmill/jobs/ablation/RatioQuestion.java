package io.gristmill.jobs.ablation;

import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.RatioAnalysis;
import io.gristmill.mixing.ablation.RatioDesign;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioMeasure;
import io.gristmill.mixing.ablation.SizeLaw;
import io.gristmill.mixing.ablation.Trial;
import io.gristmill.mixing.law.fit.Observation;
import io.gristmill.mixing.mixture.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a domain a tolerance allows.
 *
 * @param lines of the configured mixture
 */
record RatioQuestion(
    String name,
    RatioDesign design,
    List<Weight> lines,
    List<Double> tolerances,
    int measurements,
    int resamples,
    long seed)
    implements Question<RatioFindings, RatioSize> {
  @Override
  public List<Trial> trials(String size) {
    return design.trials(size, lines);
  }

  @Override
  public List<Trial> foretold(String size) {
    return design.foretold(size, lines);
  }

  @Override
  public List<Double> trunk() {
    return design.at(0, lines).stream().map(Weight::weight).toList();
  }

  @Override
  public String trunkWords(long tokens) {
    return "a trunk of %,d tokens of general text".formatted(tokens);
  }

  @Override
  public boolean needs(int line) {
    return lines.get(line).weight() > 0;
  }

  @Override
  public String words(List<Double> losses) {
    Losses own = design.losses(losses, lines);
    return "general %.4f, domain %.4f nats per token".formatted(own.general(), own.domain());
  }

  @Override
  public String change(List<Double> from, List<Double> to) {
    Losses change = design.losses(to, lines).since(design.losses(from, lines));
    return "general %+.4f, domain %+.4f nats per token"
        .formatted(change.general(), change.domain());
  }

  @Override
  public RatioFindings findings(String size, List<Double> before, List<Measure> measures) {
    List<RatioMeasure> own = ratios(measures);
    return RatioAnalysis.of(
        size,
        before.isEmpty() ? List.of() : List.of(design.losses(before, lines)),
        tolerances,
        own,
        design.predicted(),
        resamples,
        seed);
  }

  private List<RatioMeasure> ratios(List<Measure> measures) {
    return measures.stream().map(own -> design.measure(own, lines)).toList();
  }

  @Override
  public List<String> predictions(RatioFindings findings) {
    return findings.predictions().stream()
        .map(
            own ->
                "%s, R %s: foretold general %.4f, domain %.4f nats per token"
                    .formatted(
                        findings.size(),
                        own.ratio(),
                        own.losses().general(),
                        own.losses().domain()))
        .toList();
  }

  @Override
  public RatioSize size(RatioFindings findings, SizeTrainings own) {
    return new RatioSize(
        findings.size(),
        own.parameters(),
        own.start(),
        heldOut(false, own.heldOut()),
        heldOut(true, own.heldOut()),
        findings,
        ratios(own.measures()),
        ratios(own.foretold()),
        own.finished());
  }

  private long heldOut(boolean domain, List<Long> tokens) {
    long sum = 0;
    for (int i = 0; i < lines.size(); i++) {
      Weight line = lines.get(i);
      sum += design.isDomain(line) == domain && line.weight() > 0 ? tokens.get(i) : 0;
    }
    return sum;
  }

  @Override
  public AblationResult answer(List<RatioSize> sizes) {
    return new RatioAblation(name, design, measurements, sizes, sizeLaw(sizes));
  }

  private LawOutcome sizeLaw(List<RatioSize> results) {
    var observations = new ArrayList<Observation>();
    for (RatioSize result : results) {
      for (RatioMeasure measure : result.measures()) {
        observations.add(
            new Observation(
                measure.losses().domain(),
                (double) result.parameters(),
                (double) measure.tokens(),
                measure.ratio()));
      }
    }
    return SizeLaw.of(observations, results.size(), resamples, seed);
  }
}
