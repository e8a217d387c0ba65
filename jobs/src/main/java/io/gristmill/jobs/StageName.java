package io.gristmill.jobs;

import java.util.Locale;

/** The stages of a run, in order, as they are called on the command line. */
enum StageName {
  CURATE,
  TRAIN_TOKENIZER,
  TOKENIZE,
  MIX,
  PRETRAIN,
  EVALUATE,
  GENERATE,
  REPORT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
