package io.gristmill.curation.decontamination;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds question, options and answers in a record of an evaluation set, by the configured keys or
 * by those that the usual sets have (C-Eval, CMMLU, MMLU, GSM8K, HellaSwag, ARC, PIQA, Winogrande,
 * SQuAD). Case does not count in a key, and dots lead into objects.
 */
final class ItemParts {
  private static final List<String> QUESTIONS =
      List.of(
          "question.stem",
          "question",
          "query",
          "problem",
          "prompt",
          "ctx",
          "goal",
          "sentence",
          "input",
          "text");
  private static final List<List<String>> OPTIONS =
      List.of(
          List.of("choices.text"),
          List.of("question.choices"),
          List.of("choices"),
          List.of("options"),
          List.of("endings"),
          List.of("A", "B", "C", "D", "E", "F"),
          List.of("option1", "option2"),
          List.of("sol1", "sol2"));
  private static final List<String> ANSWERS =
      List.of(
          "answer",
          "answers",
          "target",
          "label",
          "answerKey",
          "solution",
          "output",
          "completion",
          "correct_answer",
          "best_answer");

  /** {@code A.}, {@code (B)}, {@code C、} before the text of an option. */
  private static final Pattern LABEL =
      Pattern.compile("^\\s*(?:[(（]\\s*[A-Fa-f]\\s*[)）]|[A-F]\\s*[.．、:：)）])\\s*");

  /** One or more letters of options in their order, perhaps in brackets. */
  private static final Pattern LETTERS =
      Pattern.compile("[(（]?(A?B?C?D?E?F?|[a-f])[)）]?\\.?", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");

  private ItemParts() {}

  /**
   * The item in a record.
   *
   * @throws IllegalArgumentException if the record lacks a key; names those that it has
   */
  static EvaluationItem of(JsonNode record, EvaluationConfig config, String id) {
    String question = question(record, config, id);
    List<String> options =
        options(record, config, id).stream()
            .map(option -> LABEL.matcher(option).replaceFirst(""))
            .filter(option -> !option.isBlank())
            .toList();
    return new EvaluationItem(id, question, options, right(options, answers(record, config, id)));
  }

  private static String question(JsonNode record, EvaluationConfig config, String id) {
    if (!config.questionKeys().isEmpty()) {
      return String.join("\n", texts(record, config.questionKeys(), "question-keys", id));
    }
    boolean some = false;
    for (String key : QUESTIONS) {
      Optional<JsonNode> found = at(record, key);
      some |= found.isPresent();
      List<String> texts = found.map(ItemParts::texts).orElse(List.of());
      if (!texts.isEmpty()) {
        return String.join("\n", texts);
      }
    }
    if (!some) {
      throw missing(record, "a question", QUESTIONS, "question-keys", id);
    }
    return "";
  }

  private static List<String> options(JsonNode record, EvaluationConfig config, String id) {
    if (!config.optionsKeys().isEmpty()) {
      return texts(record, config.optionsKeys(), "options-keys", id);
    }
    for (List<String> keys : OPTIONS) {
      List<String> texts =
          keys.stream()
              .flatMap(key -> at(record, key).stream())
              .flatMap(node -> texts(node).stream())
              .toList();
      if (texts.size() >= 2) {
        return texts;
      }
    }
    return List.of();
  }

  private static List<String> answers(JsonNode record, EvaluationConfig config, String id) {
    if (!config.answerKeys().isEmpty()) {
      return texts(record, config.answerKeys(), "answer-keys", id);
    }
    for (String key : ANSWERS) {
      List<String> texts = at(record, key).map(ItemParts::texts).orElse(List.of());
      if (!texts.isEmpty()) {
        return texts;
      }
    }
    return List.of();
  }

  /**
   * Answers as texts: letters and numbers become the options that they stand for. Sets count from 0
   * or from 1, so a number stands for either option.
   */
  private static List<String> right(List<String> options, List<String> answers) {
    Set<String> right = new LinkedHashSet<>();
    for (String answer : answers) {
      String stripped = answer.strip();
      Matcher letters = LETTERS.matcher(stripped);
      if (letters.matches()) {
        letters
            .group(1)
            .toUpperCase(Locale.ROOT)
            .chars()
            .map(letter -> letter - 'A')
            .filter(index -> index < options.size())
            .forEach(index -> right.add(options.get(index)));
      } else if (NUMBER.matcher(stripped).matches()
          && !options.isEmpty()
          && !options.contains(stripped)) {
        int number = Integer.parseInt(stripped);
        for (int index = number; index >= 0 && index >= number - 1; index--) {
          if (index < options.size()) {
            right.add(options.get(index));
          }
        }
      } else {
        right.add(options.isEmpty() ? answer : LABEL.matcher(answer).replaceFirst(""));
      }
    }
    return List.copyOf(right);
  }

  private static List<String> texts(JsonNode record, List<String> keys, String option, String id) {
    List<String> texts = new ArrayList<>();
    for (String key : keys) {
      JsonNode node =
          at(record, key)
              .orElseThrow(() -> missing(record, "the key " + key, List.of(), option, id));
      texts.addAll(texts(node));
    }
    return texts;
  }

  /** All texts and numbers in a value; truth values and nothing have none. */
  private static List<String> texts(JsonNode node) {
    if (node.isTextual() || node.isNumber()) {
      return node.asText().isBlank() ? List.of() : List.of(node.asText());
    }
    List<String> texts = new ArrayList<>();
    Optional<JsonNode> text = node.isObject() ? at(node, "text") : Optional.empty();
    if (text.isPresent()) {
      return texts(text.get());
    }
    node.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }

  private static Optional<JsonNode> at(JsonNode record, String path) {
    JsonNode node = record;
    for (String key : path.split("\\.", -1)) {
      Optional<JsonNode> child = child(node, key);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      node = child.get();
    }
    return Optional.of(node);
  }

  private static Optional<JsonNode> child(JsonNode node, String key) {
    if (node.has(key)) {
      return Optional.of(node.get(key));
    }
    return node.properties().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static IllegalArgumentException missing(
      JsonNode record, String what, List<String> looked, String option, String id) {
    List<String> keys = record.properties().stream().map(Map.Entry::getKey).toList();
    return new IllegalArgumentException(
        "%s: no %s among the keys %s%s; set %s of the evaluation set"
            .formatted(
                id,
                what.replaceFirst("^(a|the) ", ""),
                keys,
                looked.isEmpty() ? "" : " (looked for %s)".formatted(String.join(", ", looked)),
                option));
  }
}
