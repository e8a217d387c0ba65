package io.gristmill.tokenization.format;

import io.gristmill.tokenization.pretoken.Pretokenizer;
import java.util.ArrayList;
import java.util.List;

/** The {@code pre_tokenizer} of {@code tokenizer.json}: which of ours cuts the same pieces. */
final class PretokenizerJson {
  private PretokenizerJson() {}

  static Pretokenizer read(Entry entry) {
    List<Entry> steps =
        entry.object().field("type").text().equals("Sequence")
            ? entry.only("type", "pretokenizers").field("pretokenizers").elements()
            : List.of(entry);
    var regexes = new ArrayList<String>();
    boolean byteLevel = false;
    for (Entry step : steps) {
      if (byteLevel) {
        throw step.refused("comes after ByteLevel, which must be the last");
      }
      switch (step.field("type").text()) {
        case "Split" -> regexes.add(split(step));
        case "ByteLevel" -> {
          byteLevel = true;
          step.only("type", "add_prefix_space", "trim_offsets", "use_regex");
          step.field("add_prefix_space").unused();
          if (step.field("use_regex").isEmpty() || step.field("use_regex").flag()) {
            regexes.addAll(Pretokenizer.named("gpt-2").regexes());
          }
        }
        default ->
            throw step.refused(
                "is of type %s, only Split and ByteLevel are supported"
                    .formatted(step.field("type").text()));
      }
    }
    if (!byteLevel) {
      throw entry.refused("has no ByteLevel; only byte-level BPE is supported");
    }
    return Pretokenizer.all().stream()
        .filter(known -> known.regexes().equals(regexes))
        .findFirst()
        .orElseThrow(
            () ->
                entry.refused(
                    "splits by %s, which is none of %s"
                        .formatted(
                            regexes,
                            Pretokenizer.all().stream().map(Pretokenizer::name).toList())));
  }

  private static String split(Entry step) {
    step.only("type", "pattern", "behavior", "invert");
    String behavior = step.field("behavior").text();
    if (!behavior.equals("Isolated")) {
      throw step.field("behavior").refused("is %s, only Isolated is supported".formatted(behavior));
    }
    step.field("invert").unused();
    String regex = step.field("pattern").only("Regex").field("Regex").text();
    return regex.replace("\r", "\\r").replace("\n", "\\n");
  }
}
