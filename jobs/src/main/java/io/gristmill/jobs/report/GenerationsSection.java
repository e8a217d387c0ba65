package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.data.Generation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the model writes, by language, with the measures of each text. */
final class GenerationsSection {
  private static final int MOST_TEXTS = 10;
  private static final int MOST_CHARACTERS = 600;

  private GenerationsSection() {}

  static PageSection of(List<Generation> generations) {
    String title = "What the model writes";
    if (generations.isEmpty()) {
      return PageSection.missing("generations", title, "Not in this run: no generations.jsonl.");
    }
    Map<String, List<Generation>> byLanguage = new LinkedHashMap<>();
    for (Generation generation : generations) {
      byLanguage.computeIfAbsent(generation.language(), tag -> new ArrayList<>()).add(generation);
    }
    return PageSection.of(
        "generations",
        title,
        "%s texts, not chosen. The prompt is underlined.%s"
            .formatted(Numbers.count(generations.size()), sampling(generations)),
        summary(byLanguage),
        all(
            byLanguage.entrySet().stream()
                .map(e -> texts(e.getKey(), e.getValue(), !sampling(generations).isEmpty()))
                .toList()));
  }

  private static String sampling(List<Generation> generations) {
    List<String> settings =
        generations.stream().map(GenerationsSection::settings).distinct().toList();
    return settings.size() == 1 && !settings.getFirst().isEmpty()
        ? " Sampled with " + settings.getFirst() + "."
        : "";
  }

  private static String settings(Generation generation) {
    var settings = new ArrayList<String>();
    if (Double.isFinite(generation.temperature())) {
      settings.add("temperature " + Numbers.measure(generation.temperature()));
    }
    if (generation.topK() > 0) {
      settings.add("top-k " + generation.topK());
    }
    if (generation.topP() < 1) {
      settings.add("top-p " + Numbers.measure(generation.topP()));
    }
    return String.join(", ", settings);
  }

  private static Html.Node summary(Map<String, List<Generation>> byLanguage) {
    var table =
        new Table(
            "language",
            "#texts",
            "script of the letters",
            "#share, mean",
            "#lowest",
            "#distinct 4-grams, mean",
            "#lowest",
            "#U+FFFD in all");
    byLanguage.forEach(
        (language, texts) -> {
          ToDoubleFunction<Generation> share = share(language);
          table.row(
              PageSection.language(language),
              text(Numbers.count(texts.size())),
              text(Languages.han(language) ? "Han" : "Latin"),
              text(Numbers.percent(mean(texts, share))),
              text(Numbers.percent(lowest(texts, share))),
              text(Numbers.fixed(mean(texts, Generation::distinct4Grams), 3)),
              text(Numbers.fixed(lowest(texts, Generation::distinct4Grams), 3)),
              text(
                  Numbers.count(
                      texts.stream().mapToLong(Generation::replacementCharacters).sum())));
        });
    return table.node();
  }

  private static ToDoubleFunction<Generation> share(String language) {
    return Languages.han(language) ? Generation::hanShare : Generation::latinShare;
  }

  private static double mean(List<Generation> texts, ToDoubleFunction<Generation> measure) {
    return texts.stream()
        .mapToDouble(measure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double lowest(List<Generation> texts, ToDoubleFunction<Generation> measure) {
    return texts.stream().mapToDouble(measure).filter(Double::isFinite).min().orElse(Double.NaN);
  }

  private static Html.Node texts(String language, List<Generation> texts, boolean uniform) {
    int more = texts.size() - MOST_TEXTS;
    return all(
        tag("h3", PageSection.language(language)),
        tag(
            "div.cards",
            all(
                texts.stream()
                    .limit(MOST_TEXTS)
                    .map(text -> card(text, uniform ? "" : settings(text)))
                    .toList())),
        more > 0 ? tag("p.more", "and " + Numbers.count(more) + " more texts") : all());
  }

  private static Html.Node card(Generation generation, String settings) {
    // Some writers repeat the prompt in the text.
    String text = generation.text();
    String continuation =
        text.startsWith(generation.prompt()) ? text.substring(generation.prompt().length()) : text;
    return tag(
        "article." + Languages.hue(generation.language()),
        tag(
            "p.text",
            at("lang", Languages.attribute(generation.language())),
            at("dir", "auto"),
            tag("u", generation.prompt()),
            text(Excerpt.of(continuation, MOST_CHARACTERS))),
        tag("p.measures", measures(generation, settings)));
  }

  private static String measures(Generation generation, String settings) {
    var measures = new ArrayList<String>();
    boolean han = Languages.han(generation.language());
    double share = han ? generation.hanShare() : generation.latinShare();
    if (Double.isFinite(share)) {
      measures.add(Numbers.percent(share) + (han ? " Han" : " Latin"));
    }
    if (Double.isFinite(generation.distinct4Grams())) {
      measures.add("distinct 4-grams " + Numbers.fixed(generation.distinct4Grams(), 2));
    }
    if (generation.replacementCharacters() > 0) {
      measures.add(generation.replacementCharacters() + " × U+FFFD");
    }
    if (!settings.isEmpty()) {
      measures.add(settings);
    }
    measures.add("seed " + generation.seed());
    return String.join(" · ", measures);
  }
}
