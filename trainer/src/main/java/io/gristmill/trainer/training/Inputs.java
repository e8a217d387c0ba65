package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.Shards;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The data and tokenizer of a run, found to fit each other and the model. */
public record Inputs(Mixture mixture, Shards shards, Tokenizer tokenizer) {
  /**
   * Reads the descriptions, no tokens yet.
   *
   * @throws IOException naming what is missing
   * @throws IllegalArgumentException naming the two that do not fit, and what to set
   */
  public static Inputs open(TrainingRun run, Configuration configuration) throws IOException {
    Mixture mixture = MixtureJson.read(new Path(run.mixture()), configuration);
    Shards shards = Shards.open(new Path(run.shards()), configuration);
    Tokenizer tokenizer = TokenizerFiles.read(new Path(run.tokenizer()), configuration);
    shards.requireTokenizer(tokenizer.sha256());
    run.initial().requireKnows(tokenizer, configuration);
    int vocabulary = run.model().vocabularySize();
    if (run.initial().given() && vocabulary < tokenizer.vocabularySize()) {
      throw new IllegalArgumentException(
          "model.from %s has %d rows, the tokenizer has %d tokens; extend the model by the run's tokenizer with gristmill extend-model"
              .formatted(run.initial().folder(), vocabulary, tokenizer.vocabularySize()));
    }
    if (vocabulary < tokenizer.vocabularySize()) {
      throw new IllegalArgumentException(
          "model.vocabulary-size is %d, the tokenizer has %d tokens; make it %d"
              .formatted(vocabulary, tokenizer.vocabularySize(), tokenizer.vocabularySize()));
    }
    int positions = run.model().maxSequenceLength();
    if (positions < mixture.sequenceLength()) {
      throw new IllegalArgumentException(
          "model.max-sequence-length is %d, the mixture's sequences have %d tokens; make it %d"
              .formatted(positions, mixture.sequenceLength(), mixture.sequenceLength()));
    }
    Inputs inputs = new Inputs(mixture, shards, tokenizer);
    inputs.steps(run.trainer());
    OnlineMixing.check(run, inputs, configuration);
    return inputs;
  }

  /**
   * Updates of a run of this configuration.
   *
   * @throws IllegalArgumentException if the mixture has too few sequences
   */
  public long steps(TrainerConfig trainer) {
    long enough = mixture.sequences() / trainer.globalBatch();
    if (enough == 0 || trainer.steps() > enough) {
      throw new IllegalArgumentException(
          "pretrain.steps is %d, the mixture has %,d sequences: enough for %d steps of %d; mix more tokens, allow more epochs, or make pretrain.global-batch smaller"
              .formatted(trainer.steps(), mixture.sequences(), enough, trainer.globalBatch()));
    }
    return trainer.steps() > 0 ? trainer.steps() : enough;
  }
}
