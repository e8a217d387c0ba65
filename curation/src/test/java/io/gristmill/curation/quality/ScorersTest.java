package io.gristmill.curation.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.LocalSpark;
import io.gristmill.curation.language.Language;
import io.gristmill.curation.quality.classifier.ClassifierModel;
import io.gristmill.curation.quality.ngram.NgramConfig;
import io.gristmill.curation.quality.ngram.NgramModel;
import io.gristmill.curation.quality.ngram.NgramTraining;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ScorersTest {
  private static final Language ENGLISH = new Language("en", 1, Map.of("en", 1.0));
  private static final Language CHINESE = new Language("zh-Hans", 1, Map.of("zh-Hans", 1.0));
  private static final Configuration HADOOP = new Configuration();
  private static final String ARPA =
      """
      \\data\\
      ngram 1=4
      ngram 2=1

      \\1-grams:
      -2\t<unk>
      -99\t<s>\t-.5
      -1\t</s>
      -.5\t磨坊\t-.25

      \\2-grams:
      -.25\t<s> 磨坊

      \\end\\
      """;

  private final SparkSession spark;

  @TempDir private Path folder;

  ScorersTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void ngramModelsScoreTheirLanguage() throws IOException {
    write("en", "the mill\nthe wheel");
    write("zh-Hans", "水磨");
    Map<String, String> path = Map.of("path", folder.toString());

    Scorer perplexity = open("perplexity", "ngram", path);
    assertThat(perplexity.score("the mill", ENGLISH, "").getAsDouble())
        .isLessThan(perplexity.score("mill wheel the", ENGLISH, "").getAsDouble());
    assertThat(perplexity.score("水磨", CHINESE, "")).isPresent();
    assertThat(perplexity.score("水磨", new Language("ja", 1, Map.of("ja", 1.0)), "")).isEmpty();
    assertThat(perplexity.score(" \n", ENGLISH, "")).isEmpty();

    Scorer bucket = open("bucket", "ngram", with(path, "gives", "bucket"));
    assertThat(bucket.score("wheel mill wheel mill", ENGLISH, "")).hasValue(2);
    Scorer percentile = open("percentile", "ngram", with(path, "gives", "percentile"));
    assertThat(percentile.score("wheel mill wheel mill", ENGLISH, "")).hasValue(99);
    assertThat(
            open("chinese", "ngram", with(path, "languages", "zh")).score("the mill", ENGLISH, ""))
        .isEmpty();
  }

  @Test
  void kenLmScoresLinesCutAsTheUserSays() throws IOException {
    Path arpa = Files.writeString(folder.resolve("model.arpa"), ARPA);
    Map<String, String> path = Map.of("path", arpa.toString());

    double known = Math.pow(10, (.25 + .25 + 1) / 2);
    assertThat(open("spaces", "kenlm", path).score("磨坊", CHINESE, "").getAsDouble())
        .isCloseTo(known, within(1e-6));
    assertThat(
            open("words", "kenlm", with(path, "cut", "words"))
                .score("磨坊\n磨坊", CHINESE, "")
                .getAsDouble())
        .isCloseTo(known, within(1e-6));
    // one unknown word: <unk> after <s>, then </s>
    assertThat(open("joined", "kenlm", path).score("磨坊磨坊", CHINESE, "").getAsDouble())
        .isCloseTo(Math.pow(10, (2 + .5 + 1) / 2), within(1e-6));
    assertThatThrownBy(() -> open("pieces", "kenlm", with(path, "pieces", "zh.sp.model")))
        .hasMessageContaining("score pieces: pieces needs a");
  }

  @Test
  void classifierIsAskedOfEveryLanguageUnlessTold() throws IOException {
    Path file = folder.resolve("quality.classifier");
    try (OutputStream out = Files.newOutputStream(file)) {
      new ClassifierModel(4, 0, 1, Math.log(3), new float[16]).write(out);
    }
    Map<String, String> path = Map.of("path", file.toString());
    assertThat(open("quality", "classifier", path).score("磨坊", CHINESE, "").getAsDouble())
        .isCloseTo(.75, within(1e-9));
    assertThat(
            open("quality", "classifier", with(path, "languages", "en, ja"))
                .score("磨坊", CHINESE, ""))
        .isEmpty();
  }

  @Test
  void wrongOptionsAreToldWithTheScore() throws IOException {
    Path arpa = Files.writeString(folder.resolve("model.arpa"), ARPA);
    String path = arpa.toString();
    assertThatThrownBy(() -> open("a", "ngram", Map.of()))
        .hasMessage("score a: path is missing; kind ngram needs it");
    assertThatThrownBy(() -> open("a", "kenlm", Map.of("path", path, "patn", "b")))
        .hasMessage(
            "score a: patn is no option of kind kenlm, which has cut, languages, normalise, path, pieces");
    assertThatThrownBy(() -> open("a", "kenlm", Map.of("path", path, "cut", "jieba")))
        .hasMessage("score a: cut is jieba, must be one of spaces, words");
    assertThatThrownBy(() -> open("a", "fasttext", Map.of("path", path, "label", "hq")))
        .hasMessageContaining("this is no .bin or .ftz of fastText");
    assertThatThrownBy(() -> open("a", "classifier", Map.of("path", path + ".absent")))
        .hasMessageEndingWith("model.arpa.absent: no such model");
    assertThatThrownBy(() -> open("a", "ngram", Map.of("path", folder.toString())))
        .hasMessageContaining("a folder without a *.ngrams; train-perplexity makes them");
  }

  @Test
  void changedModelIsReadAgain() throws IOException {
    Path arpa = Files.writeString(folder.resolve("model.arpa"), ARPA);
    Map<String, String> path = Map.of("path", arpa.toString());
    double before = open("a", "kenlm", path).score("磨坊", CHINESE, "").getAsDouble();
    ScoreConfig config = new ScoreConfig("a", "kenlm", path);
    String listed = Scorers.files(List.of(config), HADOOP);
    Files.writeString(arpa, ARPA.replace("-.25\t<s>", "-.125\t<s>"));
    assertThat(open("a", "kenlm", path).score("磨坊", CHINESE, "").getAsDouble()).isLessThan(before);
    assertThat(Scorers.files(List.of(config), HADOOP)).isNotEqualTo(listed).contains("model.arpa ");
  }

  @Test
  void scorerOfAJarIsFoundByItsName() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Vowels.java"),
            """
            import io.gristmill.curation.language.Language;
            import io.gristmill.curation.quality.Scorer;
            import java.util.OptionalDouble;

            public final class Vowels implements Scorer {
              public String name() {
                return "vowels";
              }

              public OptionalDouble score(String text, Language language, String url) {
                return OptionalDouble.of(text.chars().filter(c -> "aeiou".indexOf(c) >= 0).count());
              }
            }
            """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler.run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString()))
        .isZero();
    Path jar = folder.resolve("vowels.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("Vowels.class"));
      out.write(Files.readAllBytes(folder.resolve("Vowels.class")));
      out.putNextEntry(new JarEntry("META-INF/services/" + Scorer.class.getName()));
      out.write("Vowels\n".getBytes(UTF_8));
    }
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, usual)) {
      Thread.currentThread().setContextClassLoader(loader);
      assertThat(open("vowels", "class-path", Map.of()).score("the mill", ENGLISH, "")).hasValue(2);
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
    assertThatThrownBy(() -> open("vowels", "class-path", Map.of()))
        .hasMessageStartingWith(
            "score vowels: no scorer on the class path is called so; found are: none; name the jar");
  }

  private static Map<String, String> with(Map<String, String> options, String key, String value) {
    var more = new HashMap<>(options);
    more.put(key, value);
    return more;
  }

  private static Scorer open(String name, String kind, Map<String, String> options) {
    return Scorers.open(List.of(new ScoreConfig(name, kind, options)), HADOOP).getFirst();
  }

  private void write(String language, String text) throws IOException {
    Dataset<Row> texts = spark.createDataset(List.of(text), Encoders.STRING()).toDF("text");
    NgramModel model = NgramTraining.train(texts, texts, language, NgramConfig.defaults());
    try (OutputStream out = Files.newOutputStream(folder.resolve(language + NgramModel.SUFFIX))) {
      model.write(out);
    }
  }
}
