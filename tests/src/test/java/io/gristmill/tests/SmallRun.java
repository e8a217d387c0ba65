package io.gristmill.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of a run over {@link SmallCorpus} that takes some seconds. */
final class SmallRun {
  private SmallRun() {}

  /** Writes {@code folder/run.yaml}, whose output is {@code folder/out}. */
  static Path write(Path folder, Path corpus) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: small
        output: %s
        seed: 7
        %s
        tokenizer: {vocabulary-size: 512}
        shards: {validation-fraction: 0.1}
        mixture:
          weights:
            - {domain: web, language: "zh*", weight: 0.4}
            - {weight: 0.6}
          sequence-length: 64
          total-tokens: 16384
        model: {hidden-size: 32, layers: 2, heads: 2, key-value-heads: 1, intermediate-size: 64}
        pretrain: {global-batch: 16, micro-batch: 1, slots: 16, validation-interval: 8, checkpoint-interval: 8}
        generate:
          max-tokens: 16
          prompts:
            - {language: zh, text: "磨坊"}
            - {language: en, text: "The mill"}
        """
            .formatted(folder.resolve("out"), SmallCorpus.curation(corpus)));
    return file;
  }
}
