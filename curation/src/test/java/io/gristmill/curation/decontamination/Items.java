package io.gristmill.curation.decontamination;

import java.util.List;
import java.util.stream.IntStream;

/** Evaluation sets written in a test, and documents checked against them. */
final class Items {
  private Items() {}

  static EvaluationItem item(String question, List<String> options, String... answers) {
    return new EvaluationItem("", question, options, List.of(answers));
  }

  /** Of one set called exam, whose items are numbered from 1. */
  static ItemIndex index(DecontaminationConfig thresholds, List<EvaluationItem> items) {
    var config =
        new DecontaminationConfig(
            List.of(EvaluationConfig.of("exam.jsonl")),
            thresholds.ngramCharacters(),
            thresholds.ngramWords(),
            thresholds.overlap(),
            thresholds.aloneWords());
    var common = new CommonGrams.Counting(NGrams.of(config));
    items.forEach(common::add);
    var builder = new ItemIndex.Builder(config, common.counted());
    IntStream.range(0, items.size())
        .forEach(
            i -> {
              EvaluationItem item = items.get(i);
              builder.add(
                  0,
                  new EvaluationItem(
                      "exam.jsonl:%d".formatted(i + 1),
                      item.question(),
                      item.options(),
                      item.answers()));
            });
    return builder.build();
  }

  static List<Contamination> screen(List<EvaluationItem> items, String document) {
    return screen(DecontaminationConfig.none(), items, document);
  }

  static List<Contamination> screen(
      DecontaminationConfig thresholds, List<EvaluationItem> items, String document) {
    return new Screening(index(thresholds, items)).screen("id", 0, 0, document);
  }

  static Checkability checkability(EvaluationItem item) {
    var config = DecontaminationConfig.none();
    return new EvidenceReader(config, new CommonGrams.Counting(NGrams.of(config)).counted())
        .of(item);
  }
}
