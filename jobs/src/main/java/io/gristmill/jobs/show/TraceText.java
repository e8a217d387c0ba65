package io.gristmill.jobs.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A {@link Trace} for reading on a terminal. */
public final class TraceText {
  private static final int LONGEST = 1200;
  private static final int SHORT = 100;
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private TraceText() {}

  /** The trace as lines; long texts are cut, and say so. */
  public static String of(ObjectNode trace) {
    var text = new TraceText();
    trace
        .properties()
        .forEach(
            stage -> {
              boolean measured =
                  stage.getKey().equals("signals") || stage.getKey().equals("scores");
              if (measured && stage.getValue().isObject()) {
                text.measured(stage.getKey(), stage.getValue());
              } else {
                text.value("", stage.getKey(), stage.getValue());
              }
            });
    return text.out.toString();
  }

  /** A line for each signal: its value, and what the rules want. */
  private void measured(String name, JsonNode signals) {
    if (signals.isEmpty()) {
      return;
    }
    out.append(name).append('\n');
    signals
        .properties()
        .forEach(
            signal -> {
              JsonNode value = signal.getValue().path("value");
              List<String> rules = new ArrayList<>();
              signal.getValue().path("rules").forEach(rule -> rules.add(rule(rule)));
              out.append(
                  "  %-34s %14s  %s%n"
                      .formatted(
                          signal.getKey(),
                          value.isNumber() ? number(value.asDouble()) : "-",
                          String.join("; ", rules)));
            });
  }

  private static String rule(JsonNode rule) {
    String min = rule.has("min") ? "at least " + number(rule.path("min").asDouble()) : "";
    String max = rule.has("max") ? "at most " + number(rule.path("max").asDouble()) : "";
    String bounds = min + (min.isEmpty() || max.isEmpty() ? "" : ", ") + max;
    return "%s%s: %s (%s)"
        .formatted(
            rule.path("fails").asBoolean() ? "FAILS " : "",
            rule.path("reason").asText(),
            bounds,
            rule.path("source").asText());
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? "%.0f".formatted(value)
        : "%.4g".formatted(value);
  }

  private void value(String indent, String name, JsonNode value) {
    if (value.isObject()
        || (value.isArray() && !value.isEmpty() && value.get(0).isContainerNode())) {
      out.append(indent).append(name).append('\n');
      if (value.isObject()) {
        value
            .properties()
            .forEach(field -> value(indent + INDENT, field.getKey(), field.getValue()));
      } else {
        for (int i = 0; i < value.size(); i++) {
          value(indent + INDENT, Integer.toString(i + 1), value.get(i));
        }
      }
      return;
    }
    String text = value.isArray() ? array(value) : value.isNull() ? "-" : value.asText();
    if (text.length() > SHORT || text.indexOf('\n') >= 0) {
      out.append(indent).append(name).append('\n');
      String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
      cut.lines().forEach(line -> out.append(indent).append("  | ").append(line).append('\n'));
      if (text.length() > LONGEST) {
        out.append(
            "%s  … %,d more characters; --json has all of them%n"
                .formatted(indent, text.length() - LONGEST));
      }
    } else {
      out.append("%s%-16s %s%n".formatted(indent, name, text));
    }
  }

  private static String array(JsonNode values) {
    boolean texts = !values.isEmpty() && values.get(0).isTextual();
    List<String> all = new ArrayList<>();
    values.forEach(value -> all.add(value.asText()));
    boolean lines = texts && all.stream().anyMatch(text -> text.contains(": "));
    return String.join(lines ? "\n" : texts ? "│" : ", ", all);
  }
}
