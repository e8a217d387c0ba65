package io.gristmill.jobs.report.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A text that the model wrote, of {@code generations.jsonl}.
 *
 * @param prompt what it was given
 * @param text what it wrote, perhaps with the prompt in front
 * @param temperature NaN where it is not said, as with the other measures
 * @param hanShare of the letters
 * @param latinShare of the letters
 * @param distinct4Grams different 4-grams over all 4-grams
 * @param replacementCharacters how often U+FFFD stands in it
 */
public record Generation(
    String language,
    String prompt,
    String text,
    long seed,
    double temperature,
    long topK,
    double topP,
    double hanShare,
    double latinShare,
    double distinct4Grams,
    long replacementCharacters) {
  /** Reads {@code generations.jsonl}, in its order. */
  static List<Generation> read(Path generations, Configuration hadoop, List<String> notes)
      throws IOException {
    var read = new ArrayList<Generation>();
    JsonFile.lines(
        generations,
        hadoop,
        notes,
        line ->
            read.add(
                new Generation(
                    JsonFile.word(line, "language"),
                    JsonFile.word(line, "prompt"),
                    JsonFile.word(line, "text"),
                    JsonFile.count(line, "seed"),
                    JsonFile.measure(line, "temperature"),
                    JsonFile.count(line, "top_k"),
                    JsonFile.measure(line, "top_p"),
                    JsonFile.measure(line, "han_share"),
                    JsonFile.measure(line, "latin_share"),
                    JsonFile.measure(line, "distinct_4grams"),
                    JsonFile.count(line, "replacement_characters"))));
    return read;
  }
}
