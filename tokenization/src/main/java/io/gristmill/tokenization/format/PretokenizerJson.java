package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.pretoken.Pretokenization;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.pretoken.Split;
import io.gristmill.tokenization.pretoken.Split.Behavior;
import io.gristmill.tokenization.pretoken.Splits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The {@code pre_tokenizer} of {@code tokenizer.json}: steps that cut, then ByteLevel. Where the
 * steps are those of a scanner, they become that scanner.
 */
final class PretokenizerJson {
  private static final String GPT_2 = Pretokenizer.named("gpt-2").regexes().getFirst();

  private PretokenizerJson() {}

  static Pretokenization read(Entry entry) {
    List<Entry> steps =
        entry.object().field("type").text().equals("Sequence")
            ? entry.only("type", "pretokenizers").field("pretokenizers").elements()
            : List.of(entry);
    var splits = new ArrayList<Split>();
    boolean byteLevel = false;
    for (Entry step : steps) {
      if (byteLevel) {
        throw step.refused("comes after ByteLevel, which must be the last");
      }
      String type = step.object().field("type").text();
      switch (type) {
        case "Split" -> splits.add(split(step));
        case "Digits" -> splits.add(digits(step));
        case "Punctuation" -> splits.add(punctuation(step));
        case "ByteLevel" -> {
          byteLevel = true;
          if (usesRegex(step)) {
            splits.add(Split.isolated(GPT_2));
          }
        }
        default ->
            throw step.refused(
                "is of type %s, only Split, Digits, Punctuation, and ByteLevel at the end are supported"
                    .formatted(type));
      }
    }
    if (!byteLevel) {
      throw entry.refused("has no ByteLevel; only byte-level BPE is supported");
    }
    return pretokenization(entry, splits);
  }

  private static Pretokenization pretokenization(Entry entry, List<Split> splits) {
    if (splits.isEmpty()) {
      return Pretokenizer.onePiece();
    }
    for (Pretokenizer known : Pretokenizer.all()) {
      if (known.regexes().stream().map(Split::isolated).toList().equals(splits)) {
        return known;
      }
    }
    try {
      return new Splits(splits);
    } catch (IllegalArgumentException e) {
      throw entry.refused("does not work: " + e.getMessage());
    }
  }

  private static boolean usesRegex(Entry byteLevel) {
    byteLevel.only("type", "add_prefix_space", "trim_offsets", "use_regex");
    byteLevel.field("add_prefix_space").unused();
    return byteLevel.field("use_regex").isEmpty() || byteLevel.field("use_regex").flag();
  }

  private static Split split(Entry step) {
    step.only("type", "pattern", "behavior", "invert");
    Behavior behavior = behavior(step.field("behavior"));
    boolean inverted = step.field("invert").flag();
    Entry pattern = step.field("pattern").only("Regex", "String");
    boolean literal = pattern.field("Regex").isEmpty();
    Entry text = pattern.field(literal ? "String" : "Regex");
    if (text.text().isEmpty()) {
      throw text.refused("is empty, a split needs a pattern");
    }
    // Line ends are written either way; one spelling, so that scanners are found.
    String regex = text.text().replace("\r", "\\r").replace("\n", "\\n");
    return new Split(literal ? text.text() : regex, literal, behavior, inverted);
  }

  private static Split digits(Entry step) {
    step.only("type", "individual_digits");
    return Split.isolated(step.field("individual_digits").flag() ? "\\p{N}" : "\\p{N}+");
  }

  private static Split punctuation(Entry step) {
    step.only("type", "behavior");
    Entry behavior = step.field("behavior");
    return new Split(
        "[\\p{P}!-/:-@\\[-`{-~]",
        false,
        behavior.isEmpty() ? Behavior.ISOLATED : behavior(behavior),
        false);
  }

  private static Behavior behavior(Entry entry) {
    return Arrays.stream(Behavior.values())
        .filter(behavior -> name(behavior).equals(entry.text()))
        .findFirst()
        .orElseThrow(
            () ->
                entry.refused(
                    "is %s, must be one of %s"
                        .formatted(
                            entry.text(),
                            Arrays.stream(Behavior.values())
                                .map(PretokenizerJson::name)
                                .collect(Collectors.joining(", ")))));
  }

  /** As Hugging Face writes it: MergedWithPrevious. */
  private static String name(Behavior behavior) {
    return Arrays.stream(behavior.name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  static void write(Pretokenization pretokenizer, JsonGenerator json) throws IOException {
    List<Split> steps =
        switch (pretokenizer) {
          case Pretokenizer scanner -> scanner.regexes().stream().map(Split::isolated).toList();
          case Splits splits -> splits.steps();
        };
    boolean gpt2 = steps.equals(List.of(Split.isolated(GPT_2)));
    if (steps.isEmpty() || gpt2) {
      byteLevel(false, gpt2, json);
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
    for (Split step : steps) {
      json.writeStartObject();
      json.writeStringField("type", "Split");
      json.writeObjectFieldStart("pattern");
      json.writeStringField(step.literal() ? "String" : "Regex", step.pattern());
      json.writeEndObject();
      json.writeStringField("behavior", name(step.behavior()));
      json.writeBooleanField("invert", step.inverted());
      json.writeEndObject();
    }
    byteLevel(false, false, json);
    json.writeEndArray();
    json.writeEndObject();
  }

  static void byteLevel(boolean addPrefixSpace, boolean useRegex, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", addPrefixSpace);
    json.writeBooleanField("trim_offsets", true);
    json.writeBooleanField("use_regex", useRegex);
    json.writeEndObject();
  }
}
