package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationConfigTest {
  @Test
  void aSetIsCalledAsItsFileOrFolder() {
    assertThat(EvaluationConfig.nameOf("s3a://bucket/sets/ceval/*.jsonl")).isEqualTo("ceval");
    assertThat(EvaluationConfig.nameOf("sets/gsm8k.jsonl.gz")).isEqualTo("gsm8k");
    assertThat(EvaluationConfig.nameOf("sets/mmlu/")).isEqualTo("mmlu");
    assertThat(EvaluationConfig.nameOf("*")).isEqualTo("*");
  }

  @Test
  void refusalsSayWhatIsAllowedAndUsual() {
    assertThatThrownBy(() -> new EvaluationConfig("x", "x", "csv", List.of(), List.of(), List.of()))
        .hasMessage("format is csv, must be one of auto, jsonl, parquet, text; auto is usual");
    assertThatThrownBy(() -> new DecontaminationConfig(List.of(), 10, 5, 80, 20))
        .hasMessage("decontamination.overlap is 80.0, must be above 0 and at most 1; 0.7 is usual");
    assertThatThrownBy(() -> new DecontaminationConfig(List.of(), 10, 5, 0.8, 4))
        .hasMessage(
            "decontamination.alone-words is 4, must be at least ngram-words, 5; 20 is usual");
    assertThatThrownBy(
            () ->
                DecontaminationConfig.of(
                    List.of(EvaluationConfig.of("a/x.jsonl"), EvaluationConfig.of("b/x.jsonl"))))
        .hasMessage(
            "decontamination.evaluations has two sets of the name x, must tell them apart; give one of them another name");
  }
}
