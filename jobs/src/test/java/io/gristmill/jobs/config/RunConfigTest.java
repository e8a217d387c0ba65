package io.gristmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigTest {
  @TempDir private Path folder;

  @Test
  void everyMistakeOfASectionIsToldAtOnce() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate:
                  sources: [{path: z}]
                  profile: webb
                  rejected-text: some
                  redaction: maybe
                  languages: [en, zh-CN]
                pretrain:
                  steps: -5
                  clip: NaN
                  keep-checkpoints: 0
                  slots: 3
                """))
        .contains(
            "run.yaml:5: curate.profile is webb",
            "run.yaml:6: curate.rejected-text is some",
            "run.yaml:7: curate.redaction is 'maybe'",
            "run.yaml:8: curate.languages has 'zh-CN'",
            "run.yaml:10: pretrain.steps is -5",
            "run.yaml:11: pretrain.clip is 'NaN'",
            "run.yaml:12: pretrain.keep-checkpoints is 0",
            "run.yaml:13: pretrain.slots is 3");
  }

  @Test
  void whatFollowsFromAMistakeIsNotAnother() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate: {sources: [{path: z}]}
                pretrain: {global-batch: 8, slots: many}
                """))
        .contains("pretrain.slots is 'many', must be a whole number")
        .doesNotContain("divide");
  }

  @Test
  void aMistakeIsToldOnce() throws IOException {
    assertThat(
            problems(
                    """
                    name: x
                    output: y
                    curate:
                      sources: [{format: htlm}]
                      languages: {en: zh}
                      profile: webb
                    """)
                .lines()
                .map(line -> line.replaceAll("^.*run.yaml:", "")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).isEqualTo("4: curate.sources.0.path is missing"),
            line -> assertThat(line).startsWith("4: curate.sources.0.format is htlm"),
            line -> assertThat(line).startsWith("5: curate.languages is a section"),
            line -> assertThat(line).startsWith("6: curate.profile is webb"));
  }

  @Test
  void aMistakeOfTheCommandLineIsNotBlamedOnTheFile() throws IOException {
    assertThat(
            problems(
                """
                name: x
                output: y
                curate: {sources: [{path: z}]}
                """,
                "nope=2",
                "pretrain.clip=-1"))
        .contains("--set: unknown key nope", "--set: pretrain.clip is -1.0")
        .doesNotContain("run.yaml:1");
  }

  private String problems(String yaml, String... overrides) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, yaml);
    Throwable refused = catchThrowable(() -> RunConfig.read(file.toString(), List.of(overrides)));
    assertThat(refused).isInstanceOf(ConfigurationException.class);
    return refused.getMessage();
  }
}
