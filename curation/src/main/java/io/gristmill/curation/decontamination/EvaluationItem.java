package io.gristmill.curation.decontamination;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An item of an evaluation set as it is written there.
 *
 * @param id file and line or row, from 1: {@code ceval/val.jsonl:17}
 * @param question empty when there is none
 * @param options what to choose from, without their letters, in the set's order
 * @param answers texts of which each is a right answer; none when the set does not tell, or only by
 *     a letter that stands for no option
 */
record EvaluationItem(String id, String question, List<String> options, List<String> answers) {
  EvaluationItem {
    options = List.copyOf(options);
    answers = List.copyOf(answers);
  }

  /** The item for a reader: question, options, then the first answer, a line each. */
  String text() {
    return Stream.of(
            Stream.of(question),
            options.stream().map(option -> "- " + option),
            answers.stream().limit(1).map(answer -> "= " + answer))
        .flatMap(lines -> lines)
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining("\n"));
  }
}
