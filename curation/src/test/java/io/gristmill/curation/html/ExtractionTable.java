package io.gristmill.curation.html;

import io.gristmill.curation.html.ExtractionPages.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How well the main content of pages is found, set by set. */
public final class ExtractionTable {
  private ExtractionTable() {}

  /** Prints the table of docs/extraction.md. */
  public static void print(Path data) throws IOException {
    System.out.println("| pages | number | F1 | precision | recall | exact |");
    System.out.println("|---|---|---|---|---|---|");
    List<Page> news = ExtractionPages.of(data, "aeb");
    row("aeb, all", news, page -> true);
    row("aeb, the half in sight", news, page -> !page.isHeldOut());
    row("aeb, the half held out", news, Page::isHeldOut);
    List<Page> readability = ExtractionPages.of(data, "readability");
    row("readability, English", readability, page -> page.language().equals("en"));
    row("readability, Chinese", readability, page -> page.language().equals("zh"));
    row(
        "readability, other languages",
        readability,
        page -> !List.of("en", "zh").contains(page.language()));
    row("gbk-reencoded, Chinese", ExtractionPages.of(data, "gbk-reencoded"), page -> true);
    row("gne, Chinese, beside another tool", ExtractionPages.ofGne(data), page -> true);
  }

  /** Prints the pages of the half in sight whose F1 is lowest, with both texts' lengths. */
  public static void printWorst(Path data, int number) throws IOException {
    ExtractionPages.of(data, "aeb").stream()
        .filter(page -> !page.isHeldOut())
        .sorted(Comparator.comparingDouble(page -> ExtractionScore.f1(List.of(page.score()))))
        .limit(number)
        .forEach(ExtractionTable::describe);
  }

  private static void describe(Page page) {
    ExtractionScore score = page.score();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s precision %.3f recall %.3f, %d characters for %d",
            page.id(),
            score.precision(),
            score.recall(),
            page.extracted().length(),
            page.truth().length()));
  }

  private static void row(String name, List<Page> pages, Predicate<Page> wanted) {
    List<ExtractionScore> scores = pages.stream().filter(wanted).map(Page::score).toList();
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.3f | %.3f | %.3f | %.3f |",
            name,
            scores.size(),
            ExtractionScore.f1(scores),
            scores.stream().mapToDouble(ExtractionScore::precision).average().orElse(0),
            scores.stream().mapToDouble(ExtractionScore::recall).average().orElse(0),
            scores.stream().mapToDouble(score -> score.exact() ? 1 : 0).average().orElse(0)));
  }
}
