package io.gristmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.Curation;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.StageRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class CurateTest {
  private static final String LONG =
      "The miller carries every sack of grain up the narrow stairs before the wind turns.";

  @TempDir Path folder;
  private Path input;
  private Path rules;

  @BeforeEach
  void input() throws IOException {
    input = folder.resolve("in/a.jsonl");
    Files.createDirectories(input.getParent());
    Files.writeString(
        input, "{\"text\": \"%s\"}%n{\"text\": \"Only four words here.\"}%n".formatted(LONG));
    rules = folder.resolve("rules.yaml");
    words(10);
  }

  @Test
  void fromFilterDecidesAnewThoughTheSourcesAreGone(SparkSession spark) throws IOException {
    var log = new ArrayList<String>();
    var runner = new StageRunner(spark, log::add);
    runner.run(new Curate(spark, config()).stages());
    assertThat(kept(spark)).containsExactly(LONG);

    Files.delete(input);
    words(3);
    log.clear();
    runner.run(new Curate(spark, config()).fromFilter());

    assertThat(kept(spark)).containsExactlyInAnyOrder(LONG, "Only four words here.");
    assertThat(log)
        .noneMatch(line -> line.contains("curate: judge"))
        .anyMatch(line -> line.contains("curate.profile.rules.*.0.min changed from 10.0 to 3.0"));
  }

  @Test
  void fromFilterRefusesWhatWouldBeMeasuredOtherwise(SparkSession spark) throws IOException {
    new StageRunner(spark, line -> {}).run(new Curate(spark, config()).stages());
    Files.writeString(rules, Files.readString(rules) + "lines: {citations: true}");
    assertThatThrownBy(() -> new Curate(spark, config()).fromFilter())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--from filter decides on what was measured, but lines of the profile.citations was false then and is true now; lines are taken out before that: keep the section lines of the profile as it was, or run without it, so that the sources are read again");
  }

  @Test
  void anotherProfileDoesNotReadTheSourcesAgain(SparkSession spark) throws IOException {
    var log = new ArrayList<String>();
    var runner = new StageRunner(spark, log::add);
    runner.run(new Curate(spark, config()).stages());
    words(3);
    log.clear();
    runner.run(new Curate(spark, config()).stages());
    assertThat(log).contains("[1/3] curate: judge: up to date");
    assertThat(kept(spark)).hasSize(2);
  }

  @Test
  void whatIfIsATableByLanguageAndReasonWithExamples(SparkSession spark) throws IOException {
    assertThatThrownBy(() -> new Curate(spark, config()).whatIf(List.of("words.min=3"), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not published");
    new StageRunner(spark, line -> {}).run(new Curate(spark, config()).stages());
    Files.delete(input);
    List<String> lines =
        WhatIfTable.lines(new Curate(spark, config()).whatIf(List.of("words.min=3"), 3));
    assertThat(lines)
        .contains(
            "%-10s %-34s %12d %12d %12s".formatted("en", "kept", 1, 2, "+1"),
            "%-10s %-34s %12d %12d %12s".formatted("en", "words", 1, 0, "-1"),
            "1 of 2 documents would change, among them:",
            "    Only four words here.")
        .anyMatch(line -> line.endsWith("en  words → kept  (words 4.000 < 10.00)"));
  }

  private void words(int min) throws IOException {
    Files.writeString(
        rules, "rules:\n  \"*\":\n    - {signal: words, min: %d, source: test}%n".formatted(min));
  }

  private RunConfig config() throws IOException {
    Path yaml = folder.resolve("run.yaml");
    Files.writeString(
        yaml,
        """
        name: test
        output: %s
        curate:
          sources: [{path: %s, format: jsonl}]
          profile: %s
        """
            .formatted(folder.resolve("out"), input, rules));
    return RunConfig.read(yaml.toString(), List.of());
  }

  private List<String> kept(SparkSession spark) {
    var documents = new org.apache.hadoop.fs.Path(folder.resolve("out/documents").toUri());
    return Curation.documents(spark, documents)
        .where("outcome = 'kept'")
        .select("text")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
