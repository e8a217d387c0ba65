package io.gristmill.jobs.config;

import io.gristmill.curation.yaml.Section;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.TextWeight;
import io.gristmill.tokenization.shard.Rehydration;
import io.gristmill.tokenization.shard.ShardConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The tokenizer, trained, given or extended, and the shards that it makes. */
final class TokenizerReader {
  private static final Set<String> SAID_BY_BASE =
      Set.of("pretokenizer", "special-tokens", "reserved-tokens");

  private TokenizerReader() {}

  /** A tokenizer that is given says some keys or all, so those may not be there. */
  static GivenTokenizer given(Section section) {
    String from = section.text("from", "");
    String base = section.text("extends", "");
    if (!from.isEmpty()) {
      refuseBeside(section, "from", key -> !key.equals("from"));
      return new GivenTokenizer(from, GivenTokenizer.Use.ADOPT);
    }
    if (!base.isEmpty()) {
      refuseBeside(section, "extends", SAID_BY_BASE::contains);
      return new GivenTokenizer(base, GivenTokenizer.Use.EXTEND);
    }
    return GivenTokenizer.NONE;
  }

  private static void refuseBeside(Section section, String which, Predicate<String> refused) {
    section.keys().stream()
        .filter(refused)
        .forEach(
            key ->
                section.refuse(
                    key, "stands beside tokenizer.%s, which says it; remove one".formatted(which)));
  }

  static BpeTrainerConfig tokenizer(Section section) {
    BpeTrainerConfig usual = BpeTrainerConfig.defaults();
    List<TextWeight> weights =
        section.sections("weights").stream()
            .map(TokenizerReader::textWeight)
            .flatMap(Optional::stream)
            .toList();
    return section
        .build(
            () ->
                new BpeTrainerConfig(
                    section.wholeNumber("vocabulary-size", usual.vocabularySize()),
                    section.text("pretokenizer", usual.pretokenizer()),
                    section.texts("special-tokens", usual.specialTokens()),
                    section.wholeNumber("reserved-tokens", usual.reservedTokens()),
                    section.size("min-frequency", usual.minFrequency()),
                    section.wholeNumber("max-token-bytes", usual.maxTokenBytes()),
                    section.wholeNumber("max-piece-characters", usual.maxPieceCharacters()),
                    weights))
        .orElse(usual);
  }

  private static Optional<TextWeight> textWeight(Section section) {
    return section.build(
        () ->
            new TextWeight(
                section.text("domain", "*"),
                section.text("language", "*"),
                section.number("weight", 1)));
  }

  static ShardConfig shards(Section section, long seed) {
    ShardConfig usual = ShardConfig.defaults();
    return section
        .build(
            () ->
                new ShardConfig(
                    section.size("seed", seed),
                    section.number("validation-fraction", usual.validationFraction()),
                    section.size("target-file-bytes", usual.targetFileBytes()),
                    section.wholeNumber("row-group-tokens", usual.rowGroupTokens()),
                    section.flag("domain-prefix", usual.domainPrefix()),
                    Rehydration.of(section.names("rehydration")),
                    section.names("domains")))
        .orElse(usual);
  }
}
