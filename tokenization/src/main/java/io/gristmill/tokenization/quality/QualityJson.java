package io.gristmill.tokenization.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code quality.json}: all counts and ratios of a report. A ratio without a value is null. */
public final class QualityJson {
  /** The file's name. */
  public static final String FILE = "quality.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private QualityJson() {}

  /** The file's text: the same report gives the same bytes. */
  public static String write(QualityReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", report.name());
    root.put("sample", report.config().sample().fraction());
    root.put("under_trained_below", report.config().underTrainedBelow());
    root.put("compression_measured_on", report.heldOut() ? "held-out" : "training");
    ArrayNode tokenizers = root.putArray("tokenizers");
    report.tokenizers().forEach(tokenizer -> put(tokenizer, tokenizers.addObject()));
    ArrayNode sweep = root.putArray("sweep");
    for (int i = 0; i < report.sweep().size(); i++) {
      put(report.sweep().get(i), report.advice().sizes().get(i), sweep.addObject());
    }
    put(report.advice(), root.putObject("recommendation"));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static void put(TokenizerQuality tokenizer, ObjectNode node) {
    node.put("name", tokenizer.name());
    node.put("sha256", tokenizer.sha256());
    node.put("vocabulary_size", tokenizer.vocabularySize());
    ObjectNode kinds = node.putObject("vocabulary_by_kind");
    tokenizer.makeup().kinds().forEach((kind, count) -> kinds.put(kind.key(), count));
    ObjectNode han = node.putObject("han_tokens_by_characters");
    tokenizer.makeup().hanLengths().forEach((length, count) -> han.put(length.toString(), count));
    ArrayNode measures = node.putArray("measures");
    tokenizer
        .measures()
        .forEach(
            (group, own) -> {
              ObjectNode entry = measures.addObject();
              entry.put("split", group.heldOut() ? "held-out" : "training");
              entry.put("language", group.language());
              entry.put("domain", group.domain());
              put(own, entry);
            });
    put(tokenizer.use(), node.putObject("use_in_training"));
  }

  private static void put(Measures measures, ObjectNode node) {
    node.put("documents", measures.documents());
    node.put("bytes", measures.bytes());
    node.put("characters", measures.characters());
    node.put("words", measures.words());
    node.put("tokens", measures.tokens());
    node.put("single_bytes", measures.singleBytes());
    node.put("partial_bytes", measures.partialBytes());
    node.put("located_words", measures.locatedWords());
    node.put("whole_words", measures.wholeWords());
    ratio("bytes_per_token", measures.bytesPerToken(), node);
    ratio("tokens_per_character", measures.tokensPerCharacter(), node);
    ratio("tokens_per_word", measures.tokensPerWord(), node);
    ratio("single_byte_share", measures.singleByteShare(), node);
    ratio("partial_byte_share", measures.partialByteShare(), node);
    ratio("whole_word_share", measures.wholeWordShare(), node);
    ratio("shannon_efficiency", measures.shannonEfficiency(), node);
    ratio("renyi_efficiency", measures.renyiEfficiency(), node);
  }

  private static void ratio(String name, double value, ObjectNode node) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static void put(VocabularyUse use, ObjectNode node) {
    node.put("tokens", use.tokens());
    node.put("encodable", use.encodable());
    node.put("unused", use.unused());
    node.put("unused_bytes", use.unusedBytes());
    node.put("under_trained", use.underTrained());
    node.put("below_one_per_million", use.perMillion());
    node.put("intermediates", use.intermediates());
    node.put("unreachable", use.unreachable());
    put(use.rarest(), use.tokens(), node.putArray("rarest"));
    put(use.longest(), use.tokens(), node.putArray("longest"));
    put(use.longestHan(), use.tokens(), node.putArray("longest_han"));
    ObjectNode frequent = node.putObject("frequent");
    use.frequent()
        .forEach((language, uses) -> put(uses, use.tokens(), frequent.putArray(language)));
  }

  private static void put(List<TokenUse> uses, long tokens, ArrayNode node) {
    for (TokenUse use : uses) {
      ObjectNode entry = node.addObject();
      entry.put("id", use.id());
      entry.put("token", use.shown());
      entry.put("kind", use.kind().key());
      entry.put("count", use.count());
      ratio("per_million", 1e6 * use.count() / tokens, entry);
      if (!use.into().isEmpty()) {
        entry.put("into", use.into());
      }
    }
  }

  private static void put(SizeQuality size, VocabularyAdvice.Size advice, ObjectNode node) {
    node.put("vocabulary_size", size.vocabularySize());
    node.put("encodable", size.encodable());
    node.put("unused", size.unused());
    node.put("under_trained", size.underTrained());
    ratio("under_trained_share", size.underTrainedShare(), node);
    node.put("embedding_parameters", advice.embeddingParameters());
    ratio("relative_cost_per_character", advice.relativeCost(), node);
    ratio("loss_above_best", advice.lossAboveBest(), node);
    ObjectNode languages = node.putObject("languages");
    size.languages().forEach((language, own) -> put(own, languages.putObject(language)));
  }

  private static void put(VocabularyAdvice advice, ObjectNode node) {
    node.put("vocabulary_size", Math.round(advice.recommended()));
    node.put("by_compute", Math.round(advice.byCompute()));
    node.put("by_model", Math.round(advice.byModel()));
    node.put("cheapest", Math.round(advice.cheapest()));
    node.put("non_vocabulary_parameters", advice.parameters());
    node.put("hidden_size", advice.hiddenSize());
    node.put("training_characters", advice.characters());
    node.put("compute", advice.compute());
    ObjectNode curve = node.putObject("tokens_per_character");
    curve.put("ln_squared", advice.curve().a());
    curve.put("ln", advice.curve().b());
    curve.put("constant", advice.curve().c());
    curve.put("largest_error", advice.curve().error());
    node.put("extrapolation", true);
    ArrayNode beyond = node.putArray("outside_of_the_fit");
    beyond.add("the law was fitted on English text alone");
    advice.beyond().forEach(beyond::add);
  }
}
