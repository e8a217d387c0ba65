package io.gristmill.jobs.report.data;

import io.gristmill.jobs.config.RunFolders;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Where the files of a run lie that the report is made of. Any of them may be absent.
 *
 * @param name of the run, for the title
 * @param documents folder, Parquet
 * @param ledger {@code ledger.json}
 * @param contamination folder of what evaluation sets took away
 * @param duplicates folder of the deduplication
 * @param tokenizer folder of {@code tokenizer.json}
 * @param shards {@code shards.json}
 * @param mixture {@code mixture.json}
 * @param metrics {@code metrics.jsonl}
 * @param evaluation {@code evaluation.json}
 * @param generations {@code generations.jsonl}
 */
public record RunFiles(
    String name,
    Path documents,
    Path ledger,
    Path contamination,
    Path duplicates,
    Path tokenizer,
    Path shards,
    Path mixture,
    Path metrics,
    Path evaluation,
    Path generations) {
  /** The stages' folders that hold these files, each published by a manifest of its own. */
  List<Path> folders() {
    return List.of(
        documents,
        tokenizer,
        shards.getParent(),
        mixture.getParent(),
        metrics.getParent(),
        evaluation.getParent(),
        generations.getParent());
  }

  /** What a training with online mixing made of the mixture; absent after any other. */
  Path mixtureMade() {
    return new Path(metrics.getParent(), "mixture.json");
  }

  /** The files in the folders of a run. */
  public static RunFiles in(RunFolders folders, String name) {
    return new RunFiles(
        name,
        folders.documents(),
        folders.ledgerJson(),
        folders.contamination(),
        folders.duplicates(),
        folders.tokenizer(),
        new Path(folders.shards(), "shards.json"),
        new Path(folders.mixture(), "mixture.json"),
        new Path(folders.training(), "metrics.jsonl"),
        new Path(folders.evaluation(), "evaluation.json"),
        new Path(folders.generation(), "generations.jsonl"));
  }
}
