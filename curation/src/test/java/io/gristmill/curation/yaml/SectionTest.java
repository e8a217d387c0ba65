package io.gristmill.curation.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {
  private record Decay(double fraction, String style) {
    Decay {
      if (fraction < 0 || fraction > 1) {
        throw new IllegalArgumentException(
            "decay.fraction is %s, must be from 0 to 1; 0.1 is usual".formatted(fraction));
      }
    }
  }

  enum Style {
    LINEAR,
    ONE_MINUS_SQRT
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsLine() {
    String yaml =
        """
        steps: many
        decay:
          fraction: 1.5
        colour: red
        """;
    assertThatThrownBy(
            () ->
                Section.read(
                    "conf/x.yaml",
                    yaml,
                    List.of(),
                    root -> {
                      root.wholeNumber("steps", 10);
                      Section decay = root.section("decay");
                      return decay.build(() -> new Decay(decay.number("fraction", .1), "linear"));
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "conf/x.yaml:1: steps is 'many', must be a whole number",
                "conf/x.yaml:3: decay.fraction is 1.5, must be from 0 to 1; 0.1 is usual",
                "conf/x.yaml:4: unknown key colour; known here: steps, decay"));
  }

  @Test
  void absentKeysTakeTheirDefaults() {
    Optional<Decay> decay =
        Section.read(
            "x.yaml",
            "other: 1",
            List.of(),
            root -> {
              root.wholeNumber("other", 0);
              Section section = root.section("decay");
              return section.build(
                  () -> new Decay(section.number("fraction", .1), section.text("style", "linear")));
            });
    assertThat(decay).contains(new Decay(.1, "linear"));
  }

  @Test
  void anOverrideReplacesAddsAndReachesIntoLists() {
    String yaml =
        """
        a: 1
        inputs:
          - path: first
          - path: second
        """;
    String read =
        Section.read(
            "x.yaml",
            yaml,
            List.of("a=7", "b.c=deep", "inputs.1.path=third"),
            root ->
                root.wholeNumber("a", 0)
                    + root.section("b").text("c")
                    + root.sections("inputs").stream().map(input -> input.text("path")).toList());
    assertThat(read).isEqualTo("7deep[first, third]");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, must be key=value",
    "inputs.9.path=x, must be a number from 0 to 0",
    "a.b=1, is a value"
  })
  void anOverrideThatFitsNowhereIsAProblem(String override, String message) {
    assertThatThrownBy(
            () ->
                Section.read(
                    "x.yaml",
                    "a: 1\ninputs:\n  - path: p\n",
                    List.of(override),
                    root -> {
                      root.sections("inputs").forEach(input -> input.text("path"));
                      return root.wholeNumber("a", 0);
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"1500, 1500", "20M, 20000000", "1.5K, 1500", "256MiB, 268435456", "3_000, 3000"})
  void sizesCarryUnits(String text, long value) {
    long read = Section.read("x.yaml", "n: " + text, List.of(), root -> root.size("n", 0));
    assertThat(read).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"linear, LINEAR", "one-minus-sqrt, ONE_MINUS_SQRT"})
  void choicesAreKebabCaseNames(String text, Style style) {
    Style read =
        Section.read(
            "x.yaml", "s: " + text, List.of(), root -> root.choice("s", Style.class, Style.LINEAR));
    assertThat(read).isEqualTo(style);
  }

  @Test
  void aSyntaxErrorIsReportedWithItsLine() {
    assertThatThrownBy(
            () -> Section.read("x.yaml", "a: 1\nb: [1, 2\nc: 3\n", List.of(), root -> root))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("x.yaml:3: not valid YAML");
  }

  @Test
  void aKeyThatIsThereTwiceIsAProblem() {
    assertThatThrownBy(
            () -> Section.read("x.yaml", "a: 1\na: 2\n", List.of(), root -> root.text("a")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("x.yaml:2");
  }

  @Test
  void aMissingTextIsAProblemOfItsSection() {
    assertThatThrownBy(
            () ->
                Section.read(
                    "x.yaml",
                    "a: 1\ncurate: {}\n",
                    List.of(),
                    root -> {
                      root.text("a");
                      return root.section("curate").text("profile");
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("x.yaml:2: curate.profile is missing");
  }
}
