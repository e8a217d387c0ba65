package io.gristmill.jobs.plan;

import io.gristmill.trainer.simulation.Forecast;
import io.gristmill.trainer.simulation.StepParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The plan in lines for a terminal. */
public final class PlanText {
  private PlanText() {}

  public static List<String> lines(Plan plan) {
    var lines = new ArrayList<String>();
    facts(plan, lines);
    components(plan.data(), lines);
    lines.add("");
    recommendation(plan, lines);
    lines.add("");
    costs(plan, lines);
    lines.add("");
    table(plan, lines);
    lines.add("");
    lines.addAll(limits(plan));
    return lines;
  }

  private static void facts(Plan plan, List<String> lines) {
    Plan.Training training = plan.training();
    fact(
        lines,
        "parameters",
        "%s, %s of them outside of the vocabulary; %s FLOP a token"
            .formatted(
                Figures.brief(plan.model().parameters()),
                Figures.brief(plan.model().nonVocabulary()),
                Figures.brief(plan.model().flopsPerToken())));
    fact(
        lines,
        "tokens",
        "%s in %,d steps of %s"
            .formatted(
                Figures.brief(plan.data().tokens()),
                training.steps(),
                Figures.brief(training.batchTokens())));
    fact(
        lines,
        "tokens per parameter",
        "%s; %s is best for compute (Chinchilla), %s with WSD at 1e21 FLOP (MiniCPM)"
            .formatted(
                Figures.measure(training.tokensPerParameter()),
                Figures.measure(training.computeOptimal()),
                Figures.measure(training.wsdOptimal())));
    fact(
        lines,
        "expected loss",
        "%s nats a token, if the text and tokenizer were those of English C4"
            .formatted(Figures.measure(training.expectedLoss())));
  }

  private static void components(Plan.Data data, List<String> lines) {
    if (!data.known()) {
      fact(lines, "epochs", "not known before the shards exist; all text is taken for new");
      return;
    }
    lines.add("");
    lines.add(
        String.format(
            "%-28s %8s %10s %8s %16s %10s",
            "domain/language", "share", "tokens", "epochs", "worth new text", "one more"));
    for (Plan.Component component : data.components()) {
      lines.add(
          String.format(
              "%-28s %8s %10s %8s %16s %10s",
              component.label(),
              Figures.percent(component.share()),
              Figures.brief(component.available()),
              Figures.measure(component.epochs()),
              Figures.measure(component.worth()),
              Figures.measure(component.next())));
    }
    if (data.share() < 1) {
      lines.add("the run takes %s of this mixture".formatted(Figures.percent(data.share())));
    }
  }

  private static void recommendation(Plan plan, List<String> lines) {
    Recommendation advice = plan.recommendation();
    if (!advice.law().isEmpty()) {
      fact(lines, "law of the schedule", advice.law());
    }
    if (advice.batchTokens() > 0) {
      fact(
          lines,
          "batch",
          "%s tokens; configured are %s"
              .formatted(
                  Figures.brief(advice.batchTokens()),
                  Figures.brief(plan.training().batchTokens())));
    }
    if (advice.learningRate() > 0) {
      fact(lines, "highest learning rate", Figures.measure(advice.learningRate()));
    }
    advice.notes().forEach(note -> lines.add("  " + note));
  }

  private static void costs(Plan plan, List<String> lines) {
    fact(
        lines,
        "measured",
        plan.measurement().isEmpty() ? "nothing; plan.cluster gives it" : plan.measurement());
    fact(
        lines,
        "predicted",
        "all below, for nodes of %d cores, %s Gbit/s, %s µs"
            .formatted(
                plan.cluster().cores(),
                Figures.measure(plan.cluster().networkGigabits()),
                Figures.measure(plan.cluster().latencyMicroseconds())));
  }

  private static void table(Plan plan, List<String> lines) {
    boolean energy = plan.cluster().watts() > 0;
    boolean money = plan.cluster().price() > 0;
    String head =
        String.format(
            "%6s %7s %6s %9s %8s %8s %9s %10s %10s %9s %6s %10s",
            "nodes",
            "batch",
            "slots",
            "step",
            "waiting",
            "exchange",
            "tokens/s",
            "efficiency",
            "time",
            "lost",
            "save",
            "memory");
    lines.add(
        head
            + (energy ? String.format(" %9s", "kWh") : "")
            + (money ? String.format(" %9s", "money") : ""));
    for (Forecast forecast : plan.forecasts()) {
      StepParts step = forecast.step();
      double exchange = step.reduce() + step.messages() + step.gather();
      String row =
          String.format(
              Locale.ROOT,
              "%6d %7d %6d %9s %8s %8s %9s %10s %10s %9s %6s %10s",
              forecast.workers(),
              forecast.division().globalBatch(),
              forecast.division().slots(),
              Figures.duration(step.total() / 3600),
              Figures.percent(step.waiting() / step.total()),
              Figures.percent(exchange / step.total()),
              Figures.brief(forecast.tokensPerSecond()),
              Figures.percent(forecast.efficiency()),
              Figures.duration(forecast.hours()),
              Figures.percent(forecast.lost()),
              forecast.bestInterval() == 0 ? "end" : Figures.brief(forecast.bestInterval()),
              Figures.bytes(forecast.memoryBytes()));
      lines.add(
          row
              + (energy ? String.format(" %9s", Figures.brief(forecast.kilowattHours())) : "")
              + (money ? String.format(" %9s", Figures.brief(forecast.money())) : "")
              + remark(forecast));
    }
    lines.add(
        "lost: to checkpoints and failures; save: steps between checkpoints that lose least; *: slots or micro-batch to be changed before the training begins; **: a larger batch, which is another training");
  }

  private static String remark(Forecast forecast) {
    if (!forecast.sameBatch()) {
      return "  **";
    }
    return forecast.configured() ? "" : "  *";
  }

  /** Where it stops, in sentences. */
  public static List<String> limits(Plan plan) {
    var lines = new ArrayList<String>();
    Forecast here = plan.here();
    lines.add(
        "%d %s: %s, %s tokens/s, %s of the speed for each node that one alone has%s"
            .formatted(
                here.workers(),
                here.workers() == 1 ? "node" : "nodes",
                Figures.duration(here.hours()),
                Figures.brief(here.tokensPerSecond()),
                Figures.percent(here.efficiency()),
                here.workers() < plan.cluster().nodes()
                    ? "; the tree needs a power of two, so %d of %d stay idle"
                        .formatted(plan.cluster().nodes() - here.workers(), plan.cluster().nodes())
                    : ""));
    Forecast last = plan.lastOfSameBatch();
    lines.add(
        "the batch of %,d sequences has a slot for each thread of up to %d %s with %d slots%s"
            .formatted(
                last.division().globalBatch(),
                last.workers(),
                last.workers() == 1 ? "node" : "nodes",
                last.division().slots(),
                last.division().idleThreads() > 0
                    ? ", where %d of %d threads of a node are idle"
                        .formatted(last.division().idleThreads(), last.division().threads())
                    : ""));
    Forecast half = plan.lastAtHalf();
    lines.add(
        "with this batch a node is worth at least half of one alone up to %d %s"
            .formatted(half.workers(), half.workers() == 1 ? "node" : "nodes"));
    return lines;
  }

  private static void fact(List<String> lines, String name, String value) {
    lines.add("%-22s %s".formatted(name, value));
  }
}
