package io.gristmill.curation.quality.fasttext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every prediction of the {@code fasttext} program (0.9.2; {@code apt-get install fasttext}) for
 * real texts in both languages and models of every loss.
 */
class FastTextLibraryTest {
  private static final Path TEXTS =
      Path.of(System.getProperty("tests.shared", "absent"), "data/text");
  private static final List<String> CLASSES =
      List.of("cmdhelp.en", "news-blog.en", "encyclopedia.zh", "poetry.zh", "code");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void texts() throws IOException {
    assumeTrue(Files.isDirectory(TEXTS), "needs -Dtests.shared=FOLDER with data/text");
    assumeTrue(installed(), "needs fasttext (apt-get install fasttext)");
    var training = new ArrayList<String>();
    for (String name : CLASSES) {
      int number = 0;
      for (String text : read(name, 240)) {
        if (number++ % 6 == 0) {
          asked.add(text);
        } else {
          training.add("__label__" + name.replace('.', '_') + " " + text);
        }
      }
    }
    asked.add("word　with\u00a0other spaces");
    Files.write(folder.resolve("train.txt"), training, UTF_8);
    Files.write(folder.resolve("asked.txt"), asked, UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "softmax, 1, 0, 0, none",
    "softmax, 2, 3, 6, none",
    "hs, 2, 2, 4, none",
    "ova, 1, 0, 0, none",
    "ns, 3, 1, 3, none",
    "softmax, 2, 2, 3, input",
    "hs, 1, 0, 0, input",
    "softmax, 1, 0, 0, output"
  })
  void probabilitiesAreThoseOfTheLibrary(
      String loss, int wordRuns, int shortest, int longest, String quantised)
      throws IOException, InterruptedException {
    if (quantised.equals("output")) {
      manyLabels();
    }
    run(
        "supervised -input train.txt -output model -dim 8 -loss %s -wordNgrams %d -minn %d -maxn %d -bucket 20000 -epoch 10 -lr 0.5 -thread 1"
            .formatted(loss, wordRuns, shortest, longest));
    String file = "model.bin";
    if (!quantised.equals("none")) {
      run(
          "quantize -input train.txt -output model -qnorm -cutoff 3000 -retrain -epoch 2 -thread 1"
              + (quantised.equals("output") ? " -qout" : ""));
      file = "model.ftz";
    }
    List<String> answers = run("predict-prob " + file + " asked.txt -1");
    FastTextModel model =
        FastTextModel.read(
            new org.apache.hadoop.fs.Path(folder.resolve(file).toUri()), new Configuration());

    assertThat(answers).hasSameSizeAs(asked);
    int compared = 0;
    for (int i = 0; i < asked.size(); i++) {
      String[] words = answers.get(i).split(" ");
      for (int j = 0; j < words.length; j += 2) {
        int label = model.labels().indexOf(words[j]);
        assertThat(model.probability(asked.get(i), label).getAsDouble())
            .as("%s of text %d", words[j], i)
            .isCloseTo(
                Double.parseDouble(words[j + 1]), within(1e-5)); // the program prints six digits
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(400);
  }

  /** The library quantises the rows of labels only where there are 256 and more. */
  private void manyLabels() throws IOException {
    List<String> training = Files.readAllLines(folder.resolve("train.txt"), UTF_8);
    for (int i = 0; i < training.size(); i++) {
      training.set(i, "__label__" + i % 300 + training.get(i).substring("__label__".length()));
    }
    Files.write(folder.resolve("train.txt"), training, UTF_8);
  }

  private static boolean installed() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, "fasttext")));
  }

  private static List<String> read(String name, int count) throws IOException {
    var texts = new ArrayList<String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TEXTS.resolve(name + ".jsonl.gz"))),
                UTF_8))) {
      while (texts.size() < count) {
        String text = JSON.readTree(lines.readLine()).get("text").asText();
        String line = text.replaceAll("\\s+", " ").strip();
        texts.add(line.substring(0, Math.min(line.length(), 1500)));
      }
    }
    return texts;
  }

  private List<String> run(String arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("fasttext"));
    command.addAll(List.of(arguments.split(" ")));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    assertThat(process.waitFor()).as(arguments).isZero();
    return Files.readAllLines(output, UTF_8);
  }
}
