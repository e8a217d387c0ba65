package io.gristmill.curation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.FormatMethod;
import io.gristmill.curation.dedup.TextFiles;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.filter.Signals;
import io.gristmill.curation.html.Extraction;
import io.gristmill.curation.html.ExtractionMode;
import io.gristmill.curation.html.ExtractionPages;
import io.gristmill.curation.html.ExtractionTable;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.language.LanguageIdentifier;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.privacy.Redaction;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How fast documents are judged on one thread, and how well the content of pages is found.
 *
 * <pre>
 *   scripts/benchmark curate speed DATA [PART] each part of the judgement, or one, and where its time goes
 *   scripts/benchmark curate extraction DATA   the content found on pages, beside the truth
 *   scripts/benchmark curate worst DATA        the pages in sight on which it is found worst
 * </pre>
 *
 * <p>DATA has {@code text/*.<language>.jsonl.gz} with the key {@code text}, and the pages.
 * Documents are those texts cut at paragraphs to about 2 kB.
 */
final class CurateBenchmark {
  /** Bytes after which a document ends with its paragraph: they have some 2 kB then. */
  private static final int FEWEST_BYTES = 1_400;

  private static final int DOCUMENTS = 4_000;
  private static final double PAGE_BYTES = 100_000;
  private static final int WORST = 25;

  /** The part to measure; empty for all. */
  private final String part;

  private CurateBenchmark(String part) {
    this.part = part;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException(
          "curate wants speed, extraction or worst, and the folder of the data");
    }
    Path data = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "speed" -> new CurateBenchmark(arguments.length > 2 ? arguments[2] : "").speed(data);
      case "extraction" -> ExtractionTable.print(data);
      case "worst" -> ExtractionTable.printWorst(data, WORST);
      default ->
          throw new IllegalArgumentException("no benchmark of curate is called " + arguments[0]);
    }
  }

  private void speed(Path data) throws IOException {
    List<String> literature = documents(data, "literature.zh.");
    print(
        "Chinese literature: %,d documents of %.0f bytes",
        literature.size(), meanBytes(literature));
    measure("language", literature, index -> identified(literature.get(index)));
    for (String language : List.of("en", "zh")) {
      List<String> documents = documents(data, "." + language + ".");
      print("%s: %,d documents of %.0f bytes", language, documents.size(), meanBytes(documents));
      Profile profile = Profiles.named("gristmill");
      List<Language> identified = documents.stream().map(LanguageIdentifier::identify).toList();
      measure("language", documents, index -> identified(documents.get(index)));
      measure(
          "signals and rules",
          documents,
          index -> judged(documents.get(index), identified.get(index), profile));
      var redaction = new Redaction(RedactionConfig.all());
      measure(
          "redaction", documents, index -> redaction.redact(documents.get(index)).text().length());
      var judge =
          new Judge(
              CurationConfig.of(List.of(SourceConfig.of("none"))),
              List.of(),
              Lists.none(),
              List.of());
      List<SourceRecord.Page> records = documents.stream().map(CurateBenchmark::record).toList();
      measure(
          "the whole judgement",
          documents,
          index -> judge.judge(records.get(index), "domain").redactions().size());
    }
    if (part.isEmpty() || part.equals("extraction")) {
      extractionSpeed(data);
    }
  }

  private void extractionSpeed(Path data) throws IOException {
    List<String> pages =
        Stream.concat(
                ExtractionPages.of(data, "aeb").stream(),
                ExtractionPages.of(data, "readability").stream())
            .map(ExtractionPages.Page::html)
            .toList();
    double bytes = meanBytes(pages) * pages.size();
    print("%,d pages of %.0f bytes", pages.size(), meanBytes(pages));
    for (ExtractionMode mode : ExtractionMode.values()) {
      LongSupplier round = () -> pages.stream().mapToLong(page -> extracted(page, mode)).sum();
      double seconds = MedianTime.seconds(round);
      print(
          "  %-20s %8.0f pages of 100 kB/s %6.1f MB/s",
          mode, bytes / PAGE_BYTES / seconds, bytes / 1e6 / seconds);
      HotMethods.print(round);
    }
  }

  private static long extracted(String page, ExtractionMode mode) {
    return Extraction.extract(page, "", mode).text().length();
  }

  private static long identified(String text) {
    return LanguageIdentifier.identify(text).shares().size();
  }

  private static long judged(String text, Language language, Profile profile) {
    Signals signals = Signals.measure(text, language.tag());
    return profile.judge(signals::value, language.tag()).kept() ? 1 : 0;
  }

  private void measure(String what, List<String> texts, IntToLongFunction work) {
    if (!part.isEmpty() && !part.equals(what)) {
      return;
    }
    LongSupplier round = () -> IntStream.range(0, texts.size()).mapToLong(work).sum();
    double seconds = MedianTime.seconds(round);
    print(
        "  %-20s %8.0f documents/s %6.1f MB/s",
        what, texts.size() / seconds, texts.size() * meanBytes(texts) / 1e6 / seconds);
    HotMethods.print(round);
  }

  /** Texts of all files alike, one of every so many of their pieces. */
  private static List<String> documents(Path data, String files) throws IOException {
    List<String> texts = TextFiles.texts(data.resolve("text"), name -> name.contains(files));
    List<String> all = new ArrayList<>();
    texts.forEach(text -> cut(text, all));
    int step = Math.max(1, all.size() / DOCUMENTS);
    return IntStream.range(0, all.size() / step).mapToObj(i -> all.get(i * step)).toList();
  }

  /** At the ends of paragraphs; of lines, or anywhere, where a paragraph is too long. */
  private static void cut(String text, List<String> documents) {
    int from = 0;
    int bytes = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      boolean ends = c == '\n' && (text.startsWith("\n", at + 1) || bytes > 2 * FEWEST_BYTES);
      if ((ends && bytes >= FEWEST_BYTES) || bytes > 3 * FEWEST_BYTES) {
        documents.add(text.substring(from, at));
        from = at;
        bytes = 0;
      }
    }
  }

  private static SourceRecord.Page record(String text) {
    return new SourceRecord.Page(
        Judge.idOf("benchmark", text),
        "",
        "",
        Optional.empty(),
        "",
        text,
        "",
        "",
        "",
        Optional.empty(),
        "",
        "",
        "");
  }

  private static double meanBytes(List<String> texts) {
    return texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).average().orElse(0);
  }

  @FormatMethod
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
