package io.gristmill.jobs.ablation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.mixing.ablation.Findings;
import io.gristmill.mixing.ablation.LawOutcome;
import io.gristmill.mixing.ablation.Losses;
import io.gristmill.mixing.ablation.MixtureFindings;
import io.gristmill.mixing.ablation.RatioAnalysis;
import io.gristmill.mixing.ablation.RatioAnswer;
import io.gristmill.mixing.ablation.RatioFindings;
import io.gristmill.mixing.ablation.RatioMeasure;
import io.gristmill.mixing.ablation.RatioOutcome;
import io.gristmill.mixing.ablation.ToleratedRatio;
import io.gristmill.mixing.ablation.Turn;
import io.gristmill.mixing.law.fit.Fit;
import io.gristmill.mixing.law.fit.Range;
import io.gristmill.mixing.law.ratio.CriticalRatio;
import io.gristmill.mixing.law.ratio.TurningPoint;
import java.util.List;

/** {@code ablation.json}: everything that an ablation has measured and found. */
final class AblationJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private AblationJson() {}

  static String text(AblationResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", result.name());
    switch (result) {
      case RatioAblation ratios -> {
        root.put("domain", ratios.design().domain());
        root.put("measurements", ratios.measurements());
        ArrayNode sizes = root.putArray("sizes");
        ratios.sizes().forEach(size -> size(sizes.addObject(), size));
        law(root.putObject("size_law"), ratios.sizeLaw());
      }
      case MixtureAblation mixtures -> {
        root.put("measurements", mixtures.measurements());
        ArrayNode sizes = root.putArray("sizes");
        mixtures
            .sizes()
            .forEach(size -> MixtureAblationJson.size(sizes.addObject(), mixtures, size));
      }
    }
    root.putObject("cost")
        .put("trainings", result.trainings())
        .put("tokens", result.trainedTokens())
        .put("core_hours", result.coreSeconds() / 3600);
    return written(root);
  }

  /** What is foretold, before it is trained. */
  static String predictions(Findings findings) {
    ObjectNode root = JSON.createObjectNode();
    root.put("size", findings.size());
    root.put("tokens", findings.tokens());
    ArrayNode all = root.putArray("predictions");
    switch (findings) {
      case RatioFindings ratios ->
          ratios
              .predictions()
              .forEach(own -> losses(all.addObject().put("ratio", own.ratio()), own.losses()));
      case MixtureFindings mixtures ->
          mixtures
              .predictions()
              .forEach(own -> MixtureAblationJson.prediction(all.addObject(), own));
    }
    return written(root);
  }

  private static void size(ObjectNode node, RatioSize size) {
    RatioFindings findings = size.findings();
    node.put("name", size.name());
    node.put("parameters", size.parameters());
    node.put("start", size.start());
    node.put("tokens", findings.tokens());
    node.put("held_out_general_tokens", size.heldOutGeneral());
    node.put("held_out_domain_tokens", size.heldOutDomain());
    losses(node.putObject("before"), findings.before());
    ArrayNode outcomes = node.putArray("ratios");
    for (RatioOutcome own : findings.outcomes()) {
      ObjectNode outcome = outcomes.addObject().put("ratio", own.ratio());
      losses(outcome.putObject("change"), own.change());
      losses(outcome.putObject("spread"), own.spread());
      outcome.put("on_pareto_front", own.onFront());
    }
    ObjectNode laws = node.putObject("laws");
    law(laws.putObject("general_over_ratio"), findings.general());
    law(laws.putObject("domain_over_ratio"), findings.domain());
    ArrayNode tolerated = node.putArray("critical_ratio");
    for (ToleratedRatio own : findings.tolerated()) {
      ObjectNode one = tolerated.addObject().put("tolerance", own.tolerance());
      answer(one, own.last());
      ArrayNode over = one.putArray("over_tokens");
      own.answers().forEach(at -> answer(over.addObject().put("tokens", at.tokens()), at));
      law(one.putObject("law_over_tokens"), own.overTokens());
    }
    ObjectNode turning = node.putObject("turning_points").put("lambda", RatioAnalysis.LAMBDA);
    switch (findings.turned()) {
      case RatioFindings.Turned.Known known -> critical(turning, known.ratio());
      case RatioFindings.Turned.Unknown unknown -> turning.put("unknown", unknown.why());
    }
    ArrayNode turns = turning.putArray("ratios");
    findings.turns().forEach(turn -> turn(turns.addObject(), turn));
    ArrayNode predictions = node.putArray("predictions");
    findings
        .predictions()
        .forEach(
            own -> {
              ObjectNode prediction = predictions.addObject().put("ratio", own.ratio());
              losses(prediction.putObject("predicted"), own.losses());
              List<Losses> measured = size.foretoldLosses(own.ratio());
              if (!measured.isEmpty()) {
                Losses mean = RatioSize.mean(measured);
                losses(prediction.putObject("measured"), mean);
                losses(prediction.putObject("relative_error"), own.error(mean));
              }
            });
    findings.cautions().forEach(node.putArray("cautions")::add);
    trainings(node, size);
    ArrayNode measures = node.putArray("measures");
    size.measures().forEach(own -> measure(measures.addObject(), own));
    size.foretold().forEach(own -> measure(measures.addObject(), own));
  }

  static void trainings(ObjectNode node, SizeResult size) {
    ArrayNode trainings = node.putArray("trainings");
    size.trainings()
        .forEach(
            own ->
                trainings
                    .addObject()
                    .put("training", own.label())
                    .put("tokens", own.tokens())
                    .put("core_seconds", own.coreSeconds())
                    .put("checkpoint", own.checkpoint())
                    .put("model_sha256", own.modelSha256()));
  }

  private static void measure(ObjectNode node, RatioMeasure own) {
    node.put("ratio", own.ratio());
    node.put("seed", own.seed());
    node.put("tokens", own.tokens());
    losses(node, own.losses());
  }

  private static void losses(ObjectNode node, Losses losses) {
    node.put("general", losses.general());
    node.put("domain", losses.domain());
  }

  private static void answer(ObjectNode node, RatioAnswer answer) {
    critical(node, answer.ratio());
    if (!Double.isNaN(answer.found())) {
      node.putArray("interval_95").add(answer.interval().low()).add(answer.interval().high());
      node.put("found_in_resamples", answer.found());
    }
    critical(node.putObject("interpolated"), answer.interpolated());
  }

  private static void critical(ObjectNode node, CriticalRatio ratio) {
    switch (ratio) {
      case CriticalRatio.Found found -> node.put("ratio", found.ratio());
      case CriticalRatio.Between between ->
          node.put("above", between.feasible()).put("below", between.infeasible());
      case CriticalRatio.AllFeasible all -> node.put("all_feasible_up_to", all.largest());
      case CriticalRatio.NoneFeasible none -> node.put("none_feasible_from", none.smallest());
    }
  }

  private static void turn(ObjectNode node, Turn turn) {
    node.put("ratio", turn.ratio());
    switch (turn.point()) {
      case Turn.Point.Unknown unknown -> node.put("unknown", unknown.why());
      case Turn.Point.Known known -> {
        switch (known.point()) {
          case TurningPoint.At at -> node.put("turns_at_tokens", at.tokens());
          case TurningPoint.FromTheStart start -> node.put("turns_at_tokens", 0);
          case TurningPoint.NotYet notYet -> node.put("not_turned_by_tokens", notYet.tokens());
        }
      }
    }
    law(node.putObject("general_over_tokens"), turn.general());
    law(node.putObject("domain_over_tokens"), turn.domain());
  }

  static void law(ObjectNode node, LawOutcome outcome) {
    switch (outcome) {
      case LawOutcome.Refused refused -> node.put("refused", refused.why());
      case LawOutcome.Fitted law -> {
        Fit fit = law.fit();
        node.put("law", fit.law().name());
        ObjectNode parameters = node.putObject("parameters");
        for (int i = 0; i < fit.values().length; i++) {
          ObjectNode parameter = parameters.putObject(fit.law().parameters().get(i).name());
          parameter.put("value", fit.values()[i]);
          parameter
              .putArray("interval_95")
              .add(law.intervals().get(i).low())
              .add(law.intervals().get(i).high());
        }
        node.put("r_squared", fit.rSquared());
        node.put("observations", fit.observations().size());
        law.undetermined().forEach(node.putArray("undetermined")::add);
        ObjectNode ranges = node.putObject("valid_within");
        for (int i = 0; i < fit.ranges().size(); i++) {
          Range range = fit.ranges().get(i);
          ranges.putArray(fit.law().inputs().get(i)).add(range.low()).add(range.high());
        }
      }
    }
  }

  private static String written(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an ablation has a text form", e);
    }
  }
}
