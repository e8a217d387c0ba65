package io.gristmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps docs/configuration.md and conf/ in step with the keys that the reader knows. */
class ConfigurationDocsTest {
  private static final Path ROOT = Path.of(System.getProperty("tests.root"));
  private static final Pattern KNOWN = Pattern.compile("known here: ([a-z0-9, -]+)");

  @TempDir private Path folder;

  @Test
  void everyKeyIsDocumented() throws IOException {
    Path config = folder.resolve("unknown.yaml");
    Files.writeString(
        config,
        """
        name: x
        output: y
        none: 1
        curate: {none: 1, sources: [{path: z, none: 1}], minhash: {none: 1}, duplicates: {none: 1, quality: {none: 1}}, passages: {none: 1}, decontamination: {none: 1, evaluations: [{path: z, none: 1}]}}
        perplexity: {none: 1}
        classifier: {none: 1}
        tokenizer: {none: 1}
        shards: {none: 1}
        mixture: {none: 1, weights: [{weight: 1, none: 1}], phases: [{share: 1, none: 1}]}
        model: {none: 1, parametrization: {none: 1}}
        pretrain: {none: 1, online-mixing: {none: 1, targets: [{loss: 2, none: 1}], method: dynamic-loading}, spikes: {none: 1}}
        optimizer: {none: 1}
        schedule: {none: 1}
        workers: {none: 1}
        plan: {none: 1, cluster: {none: 1}}
        generate: {none: 1, prompts: [{language: en, text: x, none: 1}]}
        ablate: {domain: x, ratios: [0, 1], tokens: 1, none: 1, sizes: [{name: x, none: 1}], trunk: {none: 1, schedule: {none: 1}}}
        """);
    Throwable refused = catchThrowable(() -> RunConfig.read(config.toString(), List.of()));
    List<List<String>> sections =
        KNOWN
            .matcher(refused.getMessage())
            .results()
            .map(keys -> List.of(keys.group(1).split(", ")))
            .toList();
    assertThat(sections).hasSize(33);
    String docs = Files.readString(ROOT.resolve("docs/configuration.md"));
    assertThat(sections.stream().flatMap(List::stream))
        .allSatisfy(key -> assertThat(docs).contains("`" + key + "`"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsRead(Path example) throws IOException {
    assertThat(RunConfig.read(example.toString(), List.of()).name()).isNotBlank();
  }

  private static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("conf"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
