package io.gristmill.jobs.config;

import org.apache.hadoop.fs.Path;

/** Where the stages of a run meet: one folder each below the run's output. */
public record RunFolders(Path output) {
  /** Every record that was read, extracted and judged; the input of deduplication. */
  public Path judged() {
    return new Path(output, "judged");
  }

  /** Ids and URLs of the documents that were taken down from this run, for good. */
  public Path removals() {
    return new Path(output, "removals.txt");
  }

  /** Which of the judged documents hold items of evaluation sets; only where there are sets. */
  public Path contamination() {
    return new Path(output, "contamination");
  }

  /** Which of the judged documents are duplicates, and of which survivor. */
  public Path duplicates() {
    return new Path(output, "duplicates");
  }

  /** The signatures of the kept documents, for later runs. */
  public Path index() {
    return new Path(output, "index");
  }

  /** What documents lose because it stands elsewhere; only where passages are compared. */
  public Path passages() {
    return new Path(output, "passages");
  }

  /** {@code outcome=kept}, {@code rejected} and {@code failed}. */
  public Path documents() {
    return new Path(output, "documents");
  }

  /** Counts of documents/ by stage, language, domain and host; published with documents/. */
  public Path ledger() {
    return new Path(output, "ledger");
  }

  /** The ledger without hosts, small enough to read. */
  public Path ledgerJson() {
    return new Path(output, "ledger/ledger.json");
  }

  /** Models of n-grams, one a language. */
  public Path perplexity() {
    return new Path(output, "perplexity");
  }

  /** The quality classifier and how it does. */
  public Path classifier() {
    return new Path(output, "classifier");
  }

  /** What a dry run over a sample of the sources found; not read by any stage. */
  public Path sample() {
    return new Path(output, "sample");
  }

  public Path tokenizer() {
    return new Path(output, "tokenizer");
  }

  /** quality.json, quality.html and quality.txt of the tokenizer report. */
  public Path tokenizerQuality() {
    return new Path(output, "tokenizer-quality");
  }

  public Path shards() {
    return new Path(output, "shards");
  }

  /** How many tokens the documents are. */
  public Path tokenCounts() {
    return new Path(output, "token-counts");
  }

  public Path mixture() {
    return new Path(output, "mixture");
  }

  /** Checkpoints and metrics.jsonl. */
  public Path training() {
    return new Path(output, "training");
  }

  /** A decay that branches off from the training after this step. */
  public Path decay(long step) {
    return new Path(output, "decay-from-step-%06d".formatted(step));
  }

  /** ablation.json, ablation.html and ablation.txt. */
  public Path ablation() {
    return new Path(output, "ablation");
  }

  /** The trainings of ablations: each finished once, whatever is asked of it later. */
  public Path ablationTrainings() {
    return new Path(output, "ablation-trainings");
  }

  public Path evaluation() {
    return new Path(output, "evaluation");
  }

  public Path generation() {
    return new Path(output, "generation");
  }

  /** plan.json and plan.html. */
  public Path plan() {
    return new Path(output, "plan");
  }

  public Path report() {
    return new Path(output, "report");
  }
}
