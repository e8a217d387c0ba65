package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.jobs.config.GenerateConfig.Prompt;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.trainer.simulation.Cluster;
import io.gristmill.trainer.spark.WorkersConfig;
import io.gristmill.trainer.training.ExchangeConfig;
import io.gristmill.trainer.training.OnlineMixingConfig;
import io.gristmill.trainer.training.TrainerConfig;
import java.util.List;
import java.util.Optional;

/** Which key of the YAML becomes which field; the defaults are those of the records. */
final class RunConfigReader {
  private RunConfigReader() {}

  static RunConfig read(Section root) {
    String name = root.text("name");
    String output = root.text("output");
    long seed = root.size("seed", 0);
    Section tokenizerSection = root.section("tokenizer");
    GivenTokenizer givenTokenizer = TokenizerReader.given(tokenizerSection);
    BpeTrainerConfig tokenizer = TokenizerReader.tokenizer(tokenizerSection);
    Section model = root.section("model");
    Section pretrain = root.section("pretrain");
    Section optimizer = root.section("optimizer");
    MixtureConfig mixture = MixtureReader.mixture(root.section("mixture"), seed);
    TrainerConfig trainer = TrainingReader.trainer(pretrain, seed);
    OnlineMixingConfig onlineMixing =
        TrainingReader.onlineMixing(pretrain.section("online-mixing"), mixture);
    WorkersConfig workers = TrainingReader.workers(root.section("workers"));
    ExchangeConfig exchange = TrainingReader.exchange(pretrain, trainer, onlineMixing, workers);
    return new RunConfig(
        name,
        output,
        CurationReader.read(root.section("curate")),
        QualityReader.perplexity(root.section("perplexity")),
        QualityReader.classifier(root.section("classifier")),
        givenTokenizer,
        tokenizer,
        TokenizerReader.shards(root.section("shards"), seed),
        mixture,
        ModelReader.from(model),
        ModelReader.read(model, tokenizer.vocabularySize(), mixture.sequenceLength()),
        trainer,
        onlineMixing,
        exchange,
        TrainingReader.spikes(pretrain.section("spikes"), onlineMixing, exchange),
        TrainingReader.optimizer(optimizer),
        TrainingReader.muon(optimizer),
        TrainingReader.schedule(root.section("schedule")),
        workers,
        cluster(root.section("plan").section("cluster")),
        generate(root.section("generate"), seed),
        root.has("ablate")
            ? AblationReader.read(root.section("ablate"), tokenizer.vocabularySize(), mixture)
                .stream()
                .toList()
            : List.of());
  }

  private static Cluster cluster(Section section) {
    Cluster usual = Cluster.of(1, Runtime.getRuntime().availableProcessors());
    return section
        .build(
            () ->
                new Cluster(
                    section.wholeNumber("nodes", usual.nodes()),
                    section.wholeNumber("cores", usual.cores()),
                    section.number("gigaflops", usual.gigaflops()),
                    section.number("memory-gigabytes", usual.memoryGigabytes()),
                    section.number("network-gigabits", usual.networkGigabits()),
                    section.number("latency-microseconds", usual.latencyMicroseconds()),
                    section.number("storage-megabytes", usual.storageMegabytes()),
                    section.number("jitter", usual.jitter()),
                    section.number("overlap", usual.overlap()),
                    section.number("failure-hours", usual.failureHours()),
                    section.number("restart-seconds", usual.restartSeconds()),
                    section.number("watts", usual.watts()),
                    section.number("price", usual.price())))
        .orElse(usual);
  }

  private static GenerateConfig generate(Section section, long seed) {
    List<Prompt> prompts =
        section.sections("prompts").stream()
            .map(
                prompt ->
                    prompt.build(() -> new Prompt(prompt.text("language"), prompt.text("text"))))
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new GenerateConfig(
                    prompts,
                    section.number("temperature", 0.7),
                    section.wholeNumber("top-k", 40),
                    section.number("top-p", 0.95),
                    section.wholeNumber("max-tokens", 128),
                    section.size("seed", seed)))
        .orElseGet(() -> new GenerateConfig(List.of(), 0.7, 40, 0.95, 128, 0));
  }
}
