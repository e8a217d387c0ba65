package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.tag;

import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.jobs.report.data.History;
import io.gristmill.jobs.report.data.History.Refused;
import io.gristmill.jobs.report.data.History.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The training over its steps: loss, learning rate, gradient norm and throughput. */
final class TrainingSection {
  private static final int TALL = 260;
  private static final int LOW = 130;

  private TrainingSection() {}

  static PageSection of(History history) {
    String title = "Training";
    if (history.steps().isEmpty()) {
      return PageSection.missing("training", title, "Not in this run: no step in metrics.jsonl.");
    }
    return PageSection.of(
        "training",
        title,
        lede(history),
        loss(history),
        tag(
            "div.columns.three",
            small(history, "Learning rate", "", Step::learningRate, "hue-all"),
            small(history, "Throughput", "tokens per second", Step::tokensPerSecond, "hue-all"),
            small(history, "Gradient norm", "before clipping", Step::gradientNorm, "hue-all")),
        SpikesTable.of(history));
  }

  private static String lede(History history) {
    List<Step> steps = history.steps();
    List<Point> losses = smooth(history).points();
    double seconds = steps.stream().mapToDouble(Step::seconds).filter(Double::isFinite).sum();
    String resumed =
        history.resumes().isEmpty()
            ? ""
            : " Resumed at step %s (upright lines)."
                .formatted(
                    String.join(", ", history.resumes().stream().map(Numbers::count).toList()));
    String from =
        losses.isEmpty()
            ? ""
            : ": the loss went from %s to %s nats per token"
                .formatted(
                    Numbers.fixed(losses.getFirst().y(), 2),
                    Numbers.fixed(losses.getLast().y(), 2));
    String slow =
        history
            .straggler()
            .map(
                straggler ->
                    " Worker %d was slow: %s, which all waited for."
                        .formatted(straggler.rank(), straggler.description()))
            .orElse("");
    return "%s steps%s%s%s.%s%s%s"
        .formatted(
            Numbers.count(steps.getLast().step()),
            workers(history.setup()),
            seconds > 0 ? " in " + duration(seconds) : "",
            from,
            resumed,
            SpikesTable.summary(history),
            slow);
  }

  private static String workers(History.Setup setup) {
    return setup.workers() == 0
        ? ""
        : " on %s %s of %s %s"
            .formatted(
                Numbers.count(setup.workers()),
                setup.workers() == 1 ? "worker" : "workers",
                Numbers.count(setup.threads()),
                setup.threads() == 1 ? "thread" : "threads");
  }

  private static String duration(double seconds) {
    long minutes = Math.round(seconds / 60);
    return seconds < 120
        ? Numbers.measure(Math.rint(seconds)) + " seconds"
        : minutes < 120
            ? minutes + " minutes"
            : "%d hours %d minutes".formatted(minutes / 60, minutes % 60);
  }

  private static Line raw(History history) {
    return line("loss of a step", "hue-all raw", history, Step::loss);
  }

  private static Line smooth(History history) {
    int reach = Math.max(1, history.steps().size() / 60);
    return raw(history).smoothed("mean of its neighbours", "hue-all", reach);
  }

  private static Line refused(History history) {
    return new Line(
        "loss of a batch that was refused",
        "hue-bad dots",
        history.refused().stream()
            .map(batch -> new Point((double) batch.step(), batch.loss()))
            .toList());
  }

  private static Html.Node loss(History history) {
    int neighbours = 2 * Math.max(1, history.steps().size() / 60) + 1;
    var lines = new ArrayList<>(List.of(raw(history), smooth(history)));
    var swatches =
        new ArrayList<>(
            List.of(
                new Swatch("line", "hue-all raw", "each step"),
                new Swatch("line", "hue-all", "mean of %d steps".formatted(neighbours))));
    if (!history.refused().isEmpty()) {
      lines.add(refused(history));
      swatches.add(new Swatch("area", "hue-bad", "batch that was refused"));
    }
    var chart =
        chart(
            "training loss over the steps",
            history,
            lines,
            Scale.around(
                Stream.concat(
                        values(history, Step::loss), history.refused().stream().map(Refused::loss))
                    .toList(),
                6),
            TALL);
    return PageSection.figure(
        "Training loss",
        "nats per token, over the steps",
        PageSection.legend(swatches),
        chart.node());
  }

  private static Html.Node small(
      History history, String title, String unit, ToDoubleFunction<Step> value, String style) {
    var values = new ArrayList<>(values(history, value).toList());
    values.add(0.0); // what is a rate or a size is drawn from zero
    return PageSection.figure(
        title,
        unit,
        chart(
                title + " over the steps",
                history,
                List.of(line(title, style, history, value)),
                Scale.around(values, 3),
                LOW)
            .node());
  }

  private static LineChart chart(
      String description, History history, List<Line> lines, Scale y, int height) {
    return new LineChart(
        description,
        "step",
        lines,
        history.resumes().stream().map(Long::doubleValue).toList(),
        steps(history),
        y,
        height);
  }

  /** The x axis of all curves of the training, from 0 to the last step. */
  static Scale steps(History history) {
    return Scale.between(0, Math.max(1.0, (double) lastStep(history)), 5);
  }

  static long lastStep(History history) {
    return Stream.concat(
            history.steps().stream().map(Step::step),
            history.validations().stream().map(History.Validation::step))
        .mapToLong(Long::longValue)
        .max()
        .orElse(1);
  }

  private static Line line(
      String name, String style, History history, ToDoubleFunction<Step> value) {
    return new Line(
        name,
        style,
        history.steps().stream()
            .map(step -> new Point((double) step.step(), value.applyAsDouble(step)))
            .toList());
  }

  private static Stream<Double> values(History history, ToDoubleFunction<Step> value) {
    return history.steps().stream().map(value::applyAsDouble);
  }

  /** The value in the middle, of an even number the lower one; NaN where there is none. */
  static double median(History history, ToDoubleFunction<Step> value) {
    List<Double> sorted = values(history, value).filter(Double::isFinite).sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
  }
}
