package io.gristmill.curation.quality.ngram;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads ARPA files: {@code \data\}, a section an n-gram's length, {@code \end\}; log10 probability,
 * words, log10 back-off weight. An n-gram whose last words are not in the file (SRILM prunes so)
 * gets them as KenLM gives them: with the probability that backing off has.
 */
final class ArpaFile {
  private static final int LONGEST = 16;

  private final String file;
  private final BufferedReader lines;
  private long number;

  private ArpaFile(String file, BufferedReader lines) {
    this.file = file;
    this.lines = lines;
  }

  static WordTable read(Path path, Configuration hadoop) {
    try (InputStream opened = path.getFileSystem(hadoop).open(path);
        InputStream in = path.getName().endsWith(".gz") ? new GZIPInputStream(opened) : opened) {
      return read(in, path.toString());
    } catch (FileNotFoundException absent) {
      throw new IllegalArgumentException("%s: no such model".formatted(path), absent);
    } catch (EOFException | ZipException e) {
      throw new IllegalArgumentException(
          "%s: is no whole gzip file (%s); copy it again".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(path), e);
    }
  }

  static WordTable read(InputStream in, String file) throws IOException {
    return new ArpaFile(file, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)))
        .table();
  }

  private WordTable table() throws IOException {
    String line = next("\\data\\");
    if (!line.equals("\\data\\")) {
      throw wrong(
          "is '%s', must be \\data\\; this is neither an ARPA file nor a binary file of KenLM"
              .formatted(line.substring(0, Math.min(line.length(), 40))));
    }
    var counts = new ArrayList<Long>();
    for (line = next("ngram 1="); line.startsWith("ngram "); line = next("\\1-grams:")) {
      counts.add(count(line, counts.size() + 1));
    }
    if (counts.isEmpty() || counts.size() > LONGEST) {
      throw wrong("comes after %d counts, must be 1 to %d".formatted(counts.size(), LONGEST));
    }
    var table = new WordTable(counts.size());
    for (int words = 1; words <= counts.size(); words++) {
      if (!line.equals("\\%d-grams:".formatted(words))) {
        throw wrong("is '%s', must be \\%d-grams:".formatted(line, words));
      }
      for (long i = 0; i < counts.get(words - 1); i++) {
        ngram(table, words, next("a %d-gram".formatted(words)));
      }
      line = next(words < counts.size() ? "\\%d-grams:".formatted(words + 1) : "\\end\\");
    }
    if (!line.equals("\\end\\")) {
      throw wrong("is '%s', must be \\end\\; there are more n-grams than counted".formatted(line));
    }
    return table;
  }

  private void ngram(WordTable table, int length, String line) {
    String[] fields = line.split("[ \t]+");
    if (fields.length < length + 1 || fields.length > length + 2) {
      throw wrong(
          "has %d fields, must be a probability, %d words and perhaps a weight"
              .formatted(fields.length, length));
    }
    float probability = number(fields[0]);
    float backoff = fields.length == length + 2 ? number(fields[length + 1]) : 0;
    if (probability > 0) {
      throw wrong("has the log10 probability %s, must be 0 or less".formatted(fields[0]));
    }
    if (length == 1) {
      int word = table.number(hash(fields[1]));
      table.put(1, word, probability, backoff);
      return;
    }
    long[] words = new long[length];
    for (int i = 0; i < length; i++) {
      words[i] = table.key(hash(fields[i + 1]));
    }
    fillIn(table, words);
    table.put(length, key(words, 0, length), probability, backoff);
  }

  /** Makes sure that the run without its first word is there, and those without more. */
  private static void fillIn(WordTable table, long[] words) {
    int end = words.length;
    float shorter = NgramTable.probability(table.find(1, words[end - 1]));
    for (int length = 2; length < end; length++) {
      long key = key(words, end - length, end);
      long found = table.find(length, key);
      if (found == NgramTable.ABSENT) {
        long context = table.find(length - 1, key(words, end - length, end - 1));
        float weight = context == NgramTable.ABSENT ? 0 : NgramTable.backoff(context);
        table.put(length, key, shorter + weight, 0);
        found = table.find(length, key);
      }
      shorter = NgramTable.probability(found);
    }
  }

  private static long key(long[] words, int from, int to) {
    long key = words[to - 1];
    for (int i = to - 2; i >= from; i--) {
      key = NgramTable.extended(key, words[i]);
    }
    return key;
  }

  private static long hash(String word) {
    return MurmurHash.of(word.getBytes(StandardCharsets.UTF_8));
  }

  private long count(String line, int words) {
    List<String> parts = List.of(line.substring("ngram ".length()).strip().split("\\s*=\\s*"));
    if (parts.size() != 2
        || !parts.getFirst().equals(Integer.toString(words))
        || !parts.getLast().matches("\\d{1,18}")) {
      throw wrong("is '%s', must be 'ngram %d=COUNT'".formatted(line, words));
    }
    return Long.parseLong(parts.getLast());
  }

  private float number(String field) {
    try {
      return Float.parseFloat(field);
    } catch (NumberFormatException e) {
      throw wrong("has '%s' where a number must be".formatted(field));
    }
  }

  /** The next line that is not empty. */
  private String next(String expected) throws IOException {
    String line;
    do {
      line = lines.readLine();
      number++;
    } while (line != null && line.isBlank());
    if (line == null) {
      throw new IllegalArgumentException(
          "%s: the file ends at line %d where %s must be; it was cut short, copy it again"
              .formatted(file, number, expected));
    }
    return line.strip();
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("%s: line %d %s".formatted(file, number, what));
  }
}
