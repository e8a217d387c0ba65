package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;
import static io.gristmill.jobs.report.ReportPage.fact;

import io.gristmill.jobs.plan.Plan;
import io.gristmill.jobs.plan.PlanText;
import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.trainer.simulation.Forecast;
import io.gristmill.trainer.simulation.StepParts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The plan as a page, in the dress of the run report. */
public final class PlanPage {
  public static final String NAME = "plan.html";
  private static final int HEIGHT = 260;

  private PlanPage() {}

  /** HTML that is well-formed XML too; the same plan gives the same bytes. */
  public static String render(Plan plan) {
    PageSection scaling =
        PageSection.of(
            "scaling",
            "Scaling",
            String.join(". ", PlanText.limits(plan)) + ".",
            chart(
                plan,
                "Speed",
                "tokens per second, as a power of ten, by nodes as a power of two",
                forecast -> Math.log10(forecast.tokensPerSecond())),
            chart(
                plan, "Efficiency", "speed of a node, of that of one alone", Forecast::efficiency),
            table(plan));
    PageSection all =
        PageSection.of(
            "plan",
            "Everything",
            plan.measurement().isEmpty()
                ? "Nothing was measured; all of this is computed from the configuration."
                : "Measured: %s. All the rest is computed.".formatted(plan.measurement()),
            tag("div.scroll", tag("pre", String.join("\n", PlanText.lines(plan)))));
    return ReportPage.page(
        "plan", plan.name(), facts(plan), List.of(), List.of(scaling, all), Html.all());
  }

  private static Html.Node facts(Plan plan) {
    Forecast here = plan.here();
    return tag(
        "ul.facts",
        fact(Numbers.brief(plan.model().parameters()), "parameters", "of the model"),
        fact(
            Numbers.brief(plan.data().tokens()),
            "tokens",
            Numbers.fixed(plan.training().tokensPerParameter(), 1) + " per parameter"),
        fact(
            here.ends() ? Numbers.measure(here.hours()) : Numbers.ABSENT,
            "hours, predicted",
            "on " + Numbers.count(here.workers()) + " nodes"));
  }

  private static Html.Node chart(
      Plan plan, String title, String note, ToDoubleFunction<Forecast> of) {
    List<Line> lines =
        List.of(
            line("batch as configured", "hue-all", plan, true, of),
            line("larger batch", "hue-bad dashed", plan, false, of));
    List<Double> values =
        new ArrayList<>(plan.forecasts().stream().map(of::applyAsDouble).toList());
    values.add(0.0);
    return PageSection.figure(
        title,
        note,
        PageSection.legend(
            lines.stream().map(line -> new Swatch("line", line.style(), line.name())).toList()),
        new LineChart(
                title + " by nodes",
                "nodes 2 to the",
                lines,
                List.of(),
                Scale.between(0, plan.forecasts().size() - 1, plan.forecasts().size() - 1),
                Scale.around(values, 5),
                HEIGHT)
            .node());
  }

  private static Line line(
      String name, String style, Plan plan, boolean sameBatch, ToDoubleFunction<Forecast> of) {
    return new Line(
        name,
        style,
        plan.forecasts().stream()
            .filter(forecast -> forecast.sameBatch() == sameBatch)
            .map(
                forecast ->
                    new Point(
                        Integer.numberOfTrailingZeros(forecast.workers()),
                        of.applyAsDouble(forecast)))
            .toList());
  }

  private static Html.Node table(Plan plan) {
    var table =
        new Table(
            "#nodes",
            "#batch",
            "#slots",
            "#compute, s",
            "#waiting, s",
            "#reduce, s",
            "#messages, s",
            "#update, s",
            "#gather, s",
            "#tokens/s",
            "#efficiency",
            "#hours");
    for (Forecast forecast : plan.forecasts()) {
      StepParts step = forecast.step();
      table.row(
          text(Numbers.count(forecast.workers())),
          text(Numbers.count(forecast.division().globalBatch())),
          text(Numbers.count(forecast.division().slots())),
          text(Numbers.measure(step.compute())),
          text(Numbers.measure(step.waiting())),
          text(Numbers.measure(step.reduce())),
          text(Numbers.measure(step.messages())),
          text(Numbers.measure(step.update())),
          text(Numbers.measure(step.gather())),
          text(Numbers.brief(forecast.tokensPerSecond())),
          text(Numbers.percent(forecast.efficiency())),
          text(forecast.ends() ? Numbers.measure(forecast.hours()) : "never"));
    }
    return all(table.node());
  }
}
