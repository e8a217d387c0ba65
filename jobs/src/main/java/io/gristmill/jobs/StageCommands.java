package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The subcommands that bring one stage up to date, given that those before it are published. */
final class StageCommands {
  private StageCommands() {}

  abstract static class OneStage implements Callable<Integer> {
    private final StageName stage;

    @Mixin RunOptions options;

    OneStage(StageName stage) {
      this.stage = stage;
    }

    @Override
    public Integer call() throws IOException {
      Road.travel(options.read(), stage, stage);
      return 0;
    }
  }

  @Command(
      name = "train-tokenizer",
      mixinStandardHelpOptions = true,
      header = "A byte-level BPE vocabulary from the kept documents.")
  static final class TrainTokenizerCommand extends OneStage {
    TrainTokenizerCommand() {
      super(StageName.TRAIN_TOKENIZER);
    }
  }

  @Command(
      name = "tokenize",
      mixinStandardHelpOptions = true,
      header = "Token shards from the kept documents, shuffled, with a held-out part.")
  static final class TokenizeCommand extends OneStage {
    TokenizeCommand() {
      super(StageName.TOKENIZE);
    }
  }

  @Command(
      name = "mix",
      mixinStandardHelpOptions = true,
      header = "The ratio and the exact order in which shards are trained on.")
  static final class MixCommand extends OneStage {
    MixCommand() {
      super(StageName.MIX);
    }
  }

  @Command(
      name = "pretrain",
      mixinStandardHelpOptions = true,
      header = "Trains the model on the mixture; goes on from the last checkpoint.")
  static final class PretrainCommand implements Callable<Integer> {
    @Mixin private RunOptions options;

    @Mixin private DecayFrom decayFrom;

    @Override
    public Integer call() throws IOException {
      RunConfig config = options.read();
      OptionalLong step = decayFrom.step();
      if (step.isEmpty()) {
        Road.travel(config, StageName.PRETRAIN, StageName.PRETRAIN);
      } else {
        Road.travel(
            config,
            (spark, console) -> List.of(Pretrain.decay(spark, config, console, step.getAsLong())),
            stages -> {});
      }
      return 0;
    }
  }

  @Command(
      name = "evaluate",
      mixinStandardHelpOptions = true,
      header = "Held-out loss per domain and language, beside a bigram model's.")
  static final class EvaluateCommand extends OneStage {
    EvaluateCommand() {
      super(StageName.EVALUATE);
    }
  }

  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      header = "One HTML page that shows what happened.")
  static final class ReportCommand extends OneStage {
    ReportCommand() {
      super(StageName.REPORT);
    }
  }
}
