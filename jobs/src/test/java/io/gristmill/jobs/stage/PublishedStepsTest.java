package io.gristmill.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedStepsTest {
  @TempDir Path folder;

  private final List<String> made = new ArrayList<>();
  private PublishedSteps steps;

  @BeforeEach
  void steps() {
    steps = new PublishedSteps(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
  }

  @Test
  void aPublishedStepIsNotMadeAgain() {
    make("signatures", "one");
    make("signatures", "two");
    assertThat(made).containsExactly("one");
    assertThat(folder.resolve("signatures/part")).hasContent("one");
  }

  @Test
  void aStepThatWasCutShortIsMadeAgainFromNothing() throws IOException {
    assertThatThrownBy(
            () ->
                steps.made(
                    "edges",
                    path -> {
                      write(path, "half");
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    Files.writeString(folder.resolve("edges/left-over"), "half");
    make("edges", "whole");
    assertThat(made).containsExactly("whole");
    assertThat(folder.resolve("edges/part")).hasContent("whole");
    assertThat(folder.resolve("edges/left-over")).doesNotExist();
  }

  @Test
  void aStepWhoseFileIsGoneOrShorterIsMadeAgain() throws IOException {
    make("members", "first");
    Files.writeString(folder.resolve("members/part"), "sh");
    make("members", "second");
    Files.delete(folder.resolve("members/part"));
    make("members", "third");
    make("members", "fourth");
    assertThat(made).containsExactly("first", "second", "third");
  }

  private void make(String name, String content) {
    steps.made(
        name,
        path -> {
          made.add(content);
          write(path, content);
        });
  }

  private static void write(org.apache.hadoop.fs.Path path, String content) {
    try {
      Path step = Path.of(path.toUri());
      Files.createDirectories(step);
      Files.writeString(step.resolve("part"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
