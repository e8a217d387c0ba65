package io.gristmill.jobs.ablation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.ablation.ForetoldMixtures;
import io.gristmill.mixing.ablation.LineLaw;
import io.gristmill.mixing.ablation.Measure;
import io.gristmill.mixing.ablation.MixtureAdvice;
import io.gristmill.mixing.ablation.MixtureFindings;
import io.gristmill.mixing.ablation.MixtureOutcome;
import io.gristmill.mixing.ablation.MixturePrediction;
import java.util.List;

/** The part of {@code ablation.json} that is of one size on random mixtures. */
final class MixtureAblationJson {
  private MixtureAblationJson() {}

  static void size(ObjectNode node, MixtureAblation result, MixtureSize size) {
    MixtureFindings findings = size.findings();
    node.put("name", size.name());
    node.put("parameters", size.parameters());
    node.put("start", size.start());
    node.put("tokens", findings.tokens());
    ArrayNode lines = node.putArray("lines");
    for (int i = 0; i < findings.lines().size(); i++) {
      ObjectNode line = lines.addObject().put("line", findings.lines().get(i));
      line.put("objective", findings.objective().get(i));
      line.put("held_out_tokens", size.heldOut().get(i));
      line.putArray("tried").add(findings.tried().get(i).low()).add(findings.tried().get(i).high());
      law(line.putObject("law"), findings.laws().get(i));
    }
    numbers(node.putArray("before"), findings.before());
    ArrayNode outcomes = node.putArray("mixtures");
    findings.outcomes().forEach(own -> outcome(outcomes.addObject(), own));
    advice(node.putObject("advice"), findings, result.weights(size));
    ForetoldMixtures checked = size.checked();
    ArrayNode predictions = node.putArray("predictions");
    for (ForetoldMixtures.Checked own : checked.checked()) {
      ObjectNode one = predictions.addObject();
      prediction(one, own.predicted());
      outcome(one.putObject("measured"), own.measured());
      one.put("relative_error", own.error());
    }
    if (!Double.isNaN(checked.ranks())) {
      node.put("spearman", checked.ranks());
    }
    findings.cautions().forEach(node.putArray("cautions")::add);
    AblationJson.trainings(node, size);
    ArrayNode measures = node.putArray("measures");
    size.measures().forEach(own -> measure(measures.addObject(), own));
    size.foretold().forEach(own -> measure(measures.addObject(), own));
  }

  static void prediction(ObjectNode node, MixturePrediction own) {
    node.put("mixture", own.mixture());
    numbers(node.putArray("weights"), own.weights());
    numbers(node.putArray("losses"), own.losses());
    node.put("objective", own.objective());
  }

  private static void outcome(ObjectNode node, MixtureOutcome own) {
    node.put("mixture", own.mixture());
    numbers(node.putArray("weights"), own.weights());
    numbers(node.putArray("losses"), own.losses());
    node.put("objective", own.objective());
    node.put("spread", own.spread());
  }

  private static void advice(ObjectNode node, MixtureFindings findings, List<String> weights) {
    MixtureAdvice advice = findings.advice();
    prediction(node.putObject("recommended"), advice.recommended());
    ArrayNode intervals = node.putArray("shares_95");
    advice.shares().forEach(own -> intervals.addArray().add(own.low()).add(own.high()));
    prediction(node.putObject("configured"), advice.configured());
    prediction(node.putObject("best_trained"), advice.bestTrained());
    node.put("improvement", advice.gain());
    node.putArray("improvement_95")
        .add(advice.improvement().low())
        .add(advice.improvement().high());
    node.put("better_in_resamples", advice.better());
    weights.forEach(node.putArray("mixture_weights")::add);
  }

  private static void law(ObjectNode node, LineLaw law) {
    switch (law) {
      case LineLaw.Curved curved -> AblationJson.law(node, curved.law());
      case LineLaw.Linear linear -> {
        node.put("law", "ridge");
        node.put("why", linear.why());
        node.put("intercept", linear.ridge().intercept());
        ArrayNode weights = node.putArray("weights");
        for (double own : linear.ridge().weights()) {
          weights.add(own);
        }
        node.put("r_squared", linear.rSquared());
      }
    }
  }

  private static void measure(ObjectNode node, Measure own) {
    node.put("mixture", own.trial().mixture());
    numbers(node.putArray("weights"), own.trial().weights());
    node.put("seed", own.trial().seed());
    node.put("tokens", own.tokens());
    numbers(node.putArray("losses"), own.losses());
  }

  private static void numbers(ArrayNode node, List<Double> numbers) {
    numbers.forEach(node::add);
  }
}
