package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemPartsTest {
  private static final EvaluationConfig USUAL = EvaluationConfig.of("exam.jsonl");

  @Test
  void optionsInColumnsOfLettersAsCEvalHasThem() {
    EvaluationItem item =
        read(
            """
            {"id": 0, "question": "磨坊靠什么转动？____", "A": "风", "B": "河水", "C": "马", "D": "人", "answer": "B", "explanation": ""}
            """);
    assertThat(item)
        .isEqualTo(
            new EvaluationItem(
                "exam.jsonl:1", "磨坊靠什么转动？____", List.of("风", "河水", "马", "人"), List.of("河水")));
  }

  @Test
  void keysCountWhateverTheirCaseAsInCmmlu() {
    assertThat(
            read("{\"Question\": \"谁？\", \"A\": \"甲\", \"B\": \"乙\", \"Answer\": \"A\"}").answers())
        .containsExactly("甲");
  }

  @Test
  void optionsInAListAndAnIndexAsMmluAndHellaSwagHaveThem() {
    EvaluationItem mmlu =
        read(
            "{\"question\": \"What turns the mill?\", \"choices\": [\"wind\", \"water\", \"men\"], \"answer\": 2}");
    assertThat(mmlu.options()).containsExactly("wind", "water", "men");
    // sets count from 0 or from 1, and which is not said
    assertThat(mmlu.answers()).containsExactly("men", "water");
    EvaluationItem hellaSwag =
        read(
            "{\"ctx\": \"The miller opens the gate. She\", \"endings\": [\"waits.\", \"sings.\"], \"label\": \"0\"}");
    assertThat(hellaSwag.question()).isEqualTo("The miller opens the gate. She");
    assertThat(hellaSwag.answers()).containsExactly("waits.");
  }

  @Test
  void anAnswerInWordsAsGsm8kHasIt() {
    EvaluationItem item =
        read("{\"question\": \"How many sacks?\", \"answer\": \"3 + 4 = <<3+4=7>>7\\n#### 7\"}");
    assertThat(item.options()).isEmpty();
    assertThat(item.answers()).containsExactly("3 + 4 = <<3+4=7>>7\n#### 7");
  }

  @Test
  void optionsWithLabelsAsArcAndGaokaoHaveThem() {
    EvaluationItem arc =
        read(
            """
            {"question": {"stem": "What turns it?", "choices": [{"text": "wind", "label": "A"}, {"text": "water", "label": "B"}]}, "answerKey": "B"}
            """);
    assertThat(arc.question()).isEqualTo("What turns it?");
    assertThat(arc.options()).containsExactly("wind", "water");
    assertThat(arc.answers()).containsExactly("water");
    EvaluationItem gaokao =
        read(
            """
            {"passage": null, "question": "下列说法正确的是", "options": ["(A)风车转动", "(B)水车转动", "（C）马车转动"], "label": "AC"}
            """);
    assertThat(gaokao.options()).containsExactly("风车转动", "水车转动", "马车转动");
    assertThat(gaokao.answers()).containsExactly("风车转动", "马车转动");
  }

  @Test
  void severalAnswersAreEachRightAsInSquad() {
    assertThat(
            read("{\"question\": \"Who?\", \"answers\": {\"text\": [\"the miller\", \"a miller\"], \"answer_start\": [3, 3]}}")
                .answers())
        .containsExactly("the miller", "a miller");
  }

  @Test
  void letterAndTruthValueWithoutOptionsAreNoAnswer() {
    assertThat(read("{\"question\": \"A. 风 B. 水\", \"answer\": [\"B\"]}").answers()).isEmpty();
    assertThat(read("{\"question\": \"Does it turn?\", \"answer\": true}").answers()).isEmpty();
  }

  @Test
  void configuredKeysAreJoinedAndMustBeThere() {
    var config =
        new EvaluationConfig(
            "x",
            "x",
            "auto",
            List.of("meta.topic", "stem"),
            List.of("gold"),
            List.of("bad", "good"));
    String record =
        "{\"meta\": {\"topic\": \"Mills\"}, \"stem\": \"What turns it?\", \"gold\": \"b\", \"bad\": \"wind\", \"good\": \"water\"}";
    assertThat(read(record, config))
        .isEqualTo(
            new EvaluationItem(
                "exam.jsonl:1",
                "Mills\nWhat turns it?",
                List.of("wind", "water"),
                List.of("water")));
    assertThatThrownBy(() -> read("{\"stem\": \"What?\", \"gold\": \"b\"}", config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "exam.jsonl:1: no key meta.topic among the keys [stem, gold]; set question-keys of the evaluation set");
  }

  @Test
  void aRecordWithoutAQuestionNamesItsKeys() {
    assertThatThrownBy(() -> read("{\"frage\": \"Was?\", \"antwort\": \"Ja\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "exam.jsonl:1: no question among the keys [frage, antwort] (looked for question.stem, question, query, problem, prompt, ctx, goal, sentence, input, text); set question-keys of the evaluation set");
  }

  private static EvaluationItem read(String json) {
    return read(json, USUAL);
  }

  private static EvaluationItem read(String json, EvaluationConfig config) {
    try {
      return ItemParts.of(new ObjectMapper().readTree(json), config, "exam.jsonl:1");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
