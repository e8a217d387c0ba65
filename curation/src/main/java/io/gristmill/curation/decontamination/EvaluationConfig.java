package io.gristmill.curation.decontamination;

import java.io.Serializable;
import java.util.List;

/**
 * An evaluation set that no document may hold.
 *
 * @param path a file, a folder (with all below it) or a glob, on any Hadoop file system
 * @param name what the report and the rejected documents call it
 * @param format auto, jsonl, parquet or text
 * @param questionKeys the keys or columns that make the question, joined in this order; dots lead
 *     into objects; none: the usual names, see {@link ItemParts}
 * @param answerKeys those with the answers, each of which counts as one; none: the usual names
 * @param optionsKeys those with the options, lists or one option each; none: the usual names
 */
public record EvaluationConfig(
    String path,
    String name,
    String format,
    List<String> questionKeys,
    List<String> answerKeys,
    List<String> optionsKeys)
    implements Serializable {
  private static final List<String> FORMATS = List.of("auto", "jsonl", "parquet", "text");

  public EvaluationConfig {
    questionKeys = List.copyOf(questionKeys);
    answerKeys = List.copyOf(answerKeys);
    optionsKeys = List.copyOf(optionsKeys);
    if (path.isBlank()) {
      throw new IllegalArgumentException(
          "path is empty, must be a file, a folder or a glob; s3a://bucket/evaluations/mmlu is usual");
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is empty, must be a word; ceval is usual");
    }
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "format is %s, must be one of %s; auto is usual"
              .formatted(format, String.join(", ", FORMATS)));
    }
  }

  /** A set with the usual keys, called as its file or folder is. */
  public static EvaluationConfig of(String path) {
    return new EvaluationConfig(path, nameOf(path), "auto", List.of(), List.of(), List.of());
  }

  /**
   * The last part of a path that is no glob, without suffixes: {@code sets/ceval/*.jsonl} is ceval,
   * {@code sets/gsm8k.jsonl.gz} is gsm8k.
   */
  public static String nameOf(String path) {
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      boolean glob = parts[i].chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
      int dot = parts[i].indexOf('.');
      String name = dot > 0 ? parts[i].substring(0, dot) : parts[i];
      if (!glob && !name.isEmpty()) {
        return name;
      }
    }
    return path;
  }
}
