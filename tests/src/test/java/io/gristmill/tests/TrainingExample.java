package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A training with all that its bits could depend on: 5M parameters, 16 slots, dropout, documents
 * that do not see each other, clipping. Its sequences are short, so that its steps are.
 */
final class TrainingExample implements AutoCloseable {
  static final double CLIP = 0.3;

  /** What the mixture has sequences for. */
  private static final int MOST_STEPS = 200;

  private final Path folder;

  private TrainingExample(Path folder) {
    this.folder = folder;
  }

  /** Gives tests one example: all up to the mixture is made once. */
  static final class Preparation implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TrainingExample.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(TrainingExample.class))
          .computeIfAbsent("example", key -> prepare(), TrainingExample.class);
    }
  }

  private static TrainingExample prepare() {
    try {
      var example = new TrainingExample(Files.createTempDirectory("gristmill-example-"));
      SmallCorpus.write(Files.createDirectories(example.folder.resolve("corpus")));
      Path out = example.folder.resolve("out");
      Path config = example.write(example.folder, out.toString(), MOST_STEPS);
      Command.Result result = Command.brief("run", config.toString(), "--to", "mix");
      assertThat(result.status()).as(result.output()).isZero();
      return example;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the example was prepared", e);
    }
  }

  @Override
  public void close() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    files.delete(new org.apache.hadoop.fs.Path(folder.toUri()), true);
  }

  /** A folder {@code run} with a {@code run.yaml} whose next stage is the training. */
  Path copy(Path run, int steps) throws IOException {
    Path out = run.resolve("out");
    FileSystem local = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    return copy(run, out.toString(), local, steps);
  }

  /**
   * The same with its output elsewhere.
   *
   * @param output folder, of {@code files}
   */
  Path copy(Path run, String output, FileSystem files, int steps) throws IOException {
    Path stages = folder.resolve("out");
    try (Stream<Path> all = Files.walk(stages)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = stages.relativize(file).toString();
        files.copyFromLocalFile(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new org.apache.hadoop.fs.Path(output, name));
      }
    }
    return write(run, output, steps);
  }

  static Path checkpoint(Path run, long step) {
    return run.resolve("out/training/checkpoints/step-%06d".formatted(step));
  }

  static Path metrics(Path run) {
    return run.resolve("out/training/metrics.jsonl");
  }

  private Path write(Path run, String output, int steps) throws IOException {
    Path corpus = folder.resolve("corpus");
    Path file = Files.createDirectories(run).resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: example
        output: %s
        seed: 7
        %s
        tokenizer: {vocabulary-size: 512}
        shards: {validation-fraction: 0.1}
        mixture:
          weights:
            - {domain: web, language: "zh*", weight: 0.4}
            - {weight: 0.6}
          sequence-length: 16
          total-tokens: %d
        model: {hidden-size: 512, layers: 2, heads: 8, key-value-heads: 2, intermediate-size: 1152}
        pretrain:
          steps: %d
          global-batch: 16
          micro-batch: 1
          slots: 16
          dropout: 0.1
          clip: %s
          validation-interval: 0
          checkpoint-interval: 10
          keep-checkpoints: 2
        workers: {timeout-seconds: 20, wait-seconds: 60}
        """
            .formatted(output, SmallCorpus.curation(corpus), MOST_STEPS * 16 * 16, steps, CLIP));
    return file;
  }
}
