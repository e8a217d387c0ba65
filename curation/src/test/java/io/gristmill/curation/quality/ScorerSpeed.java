package io.gristmill.curation.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.language.LanguageIdentifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * How many documents of 2 kB a thread scores in a second: {@code ScorerSpeed PERPLEXITY CLASSIFIER
 * TEXTS.jsonl.gz …}, the models as train-perplexity and train-classifier write them.
 */
public final class ScorerSpeed {
  private static final int BYTES = 2000;
  private static final int DOCUMENTS = 4000;
  private static final int ROUNDS = 8;

  private ScorerSpeed() {}

  public static void main(String[] arguments) throws IOException {
    var hadoop = new Configuration();
    List<Scorer> scorers =
        Scorers.open(
            List.of(
                new ScoreConfig("perplexity", "ngram", Map.of("path", arguments[0])),
                new ScoreConfig("quality", "classifier", Map.of("path", arguments[1]))),
            hadoop);
    for (int i = 2; i < arguments.length; i++) {
      List<String> texts = texts(Path.of(arguments[i]));
      Language language = LanguageIdentifier.identify(texts.getFirst());
      for (Scorer scorer : scorers) {
        double best = 0;
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
          long start = System.nanoTime();
          for (String text : texts) {
            sum += scorer.score(text, language, "").orElse(0);
          }
          best = Math.max(best, texts.size() * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf(
            Locale.ROOT,
            "%s %s %s: %,.0f documents a second (mean score %.3f)%n",
            Path.of(arguments[i]).getFileName(),
            language.tag(),
            scorer.name(),
            best,
            sum / ROUNDS / texts.size());
      }
    }
  }

  /** Documents of 2 kB, cut out of the file's texts. */
  private static List<String> texts(Path file) throws IOException {
    var texts = new ArrayList<String>();
    var json = new ObjectMapper();
    var text = new StringBuilder();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && texts.size() < DOCUMENTS;
          line = lines.readLine()) {
        JsonNode row = json.readTree(line);
        text.setLength(0);
        int bytes = 0;
        String all = row.get("text").asText();
        for (int at = 0; at < all.length() && texts.size() < DOCUMENTS; ) {
          int codePoint = all.codePointAt(at);
          at += Character.charCount(codePoint);
          text.appendCodePoint(codePoint);
          bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
          if (bytes >= BYTES) {
            texts.add(text.toString());
            text.setLength(0);
            bytes = 0;
          }
        }
      }
    }
    return texts;
  }
}
