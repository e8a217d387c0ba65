package io.gristmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.show.Trace;
import io.gristmill.jobs.show.TraceText;
import io.gristmill.jobs.stage.StageRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Documents taken down from a run, and looked at before and after. */
@ExtendWith(SparkTest.class)
class TakeDownTest {
  private static final String SECRET = "kestrel";

  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void writeSource() throws IOException {
    Files.writeString(
        folder.resolve("corpus.jsonl"),
        """
        {"url": "https://example.org/1", "text": "The miller carried the heavy sacks before the rain came, and her brother listened."}
        {"url": "https://example.org/2?utm_source=x", "text": "A %s hovered over the quiet meadow while the children counted the passing clouds."}
        {"url": "https://example.org/3", "text": "Write to a@b.cn about the harvest, which was good in the valley this year, they said."}
        {"url": "https://example.org/2", "text": "Nobody knew why the %s came back to the tower on the first cold morning of the year."}
        """
            .formatted(SECRET, SECRET));
  }

  @Test
  void nothingIsLeftOfADocumentThatIsTakenDown(SparkSession spark) throws IOException {
    RunConfig config = config("");
    curate(spark, config);
    assertThat(filesWith(spark, SECRET)).isNotEmpty();
    String untouched = Files.readString(folder.resolve("out/ledger/ledger.json"));
    assertThat(untouched).doesNotContain("removed_on_request");

    Path list = folder.resolve("ids.txt");
    String absent = "0123456789abcdef0123456789abcdef";
    Files.writeString(list, "# asked for on Monday\nhttp://www.example.org/2\n\n" + absent + "\n");
    TakeDowns.add(list.toString(), config.folders());
    curate(spark, config);
    assertThat(log)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("curate: judge: 2 documents are taken down; no record is " + absent));
    assertThat(filesWith(spark, SECRET)).isEmpty();
    assertThat(outcomes(spark, config)).containsExactly("kept", "kept", "rejected", "rejected");
    assertThat(folder.resolve("out/ledger/ledger.json")).content().contains("removed_on_request");

    log.clear();
    curate(spark, config);
    assertThat(log).allSatisfy(line -> assertThat(line).endsWith("up to date"));

    // the same rows as those of a run that never read the document
    List<String> amended = judged(spark);
    delete(folder.resolve("out/judged"));
    curate(spark, config);
    assertThat(judged(spark)).isEqualTo(amended);
    assertThat(filesWith(spark, SECRET)).isEmpty();
  }

  @Test
  void aListOfTheConfigurationWorksFromTheStart(SparkSession spark) throws IOException {
    Files.writeString(folder.resolve("never.txt"), "https://example.org/2\n");
    curate(spark, config("removals: " + folder.resolve("never.txt")));
    assertThat(filesWith(spark, SECRET)).isEmpty();

    Files.writeString(folder.resolve("never.txt"), "# none\n");
    assertThatThrownBy(() -> curate(spark, config("removals: " + folder.resolve("never.txt"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://example.org/2 was taken down from")
        .hasMessageContaining("is not in the list any more");
  }

  @Test
  void linesThatAreNeitherIdNorUrlAreToldByNumber(SparkSession spark) throws IOException {
    Path list = folder.resolve("ids.txt");
    Files.writeString(list, "https://example.org/2\nexample\n");
    assertThatThrownBy(() -> TakeDowns.add(list.toString(), config("").folders()))
        .hasMessageContaining("ids.txt:2: example is neither an id (32 hex digits");
    assertThat(folder.resolve("out/removals.txt")).doesNotExist();
  }

  @Test
  void oneDocumentIsFollowedThroughARun(SparkSession spark) throws IOException {
    RunConfig config = config("");
    // half done: judged, and no more
    run(spark, config, 1);
    ObjectNode half = new Trace(spark, config).of("https://example.org/3");
    assertThat(half.path("raw").path("begin").asText()).contains("Write to a@b.cn");
    assertThat(half.path("raw").path("place").asText()).isEqualTo("@3");
    assertThat(half.path("extracted").path("text").asText()).startsWith("Write to [EMAIL] about");
    assertThat(half.path("verdict").path("outcome").asText()).isEqualTo("kept so far");
    assertThat(half.path("duplicates").asText()).isEqualTo("not yet");

    curate(spark, config);
    String id = half.path("id").asText();
    ObjectNode whole = new Trace(spark, config).of(id.substring(0, 12));
    assertThat(whole.path("id").asText()).isEqualTo(id);
    assertThat(whole.path("verdict").path("outcome").asText()).isEqualTo("kept");
    assertThat(whole.path("duplicates").path("cluster_size").asInt()).isEqualTo(1);
    assertThat(whole.path("tokens").asText()).isEqualTo("not yet");
    assertThat(TraceText.of(whole))
        .contains("place            @3")
        .contains("characters")
        .contains("outcome          kept");
    assertThat(new ObjectMapper().readTree(whole.toString()).path("id").asText()).isEqualTo(id);

    String other = (id.charAt(31) == '0' ? "1" : "0");
    assertThatThrownBy(() -> new Trace(spark, config).of(id.substring(0, 31) + other))
        .hasMessageContaining("nearest: " + id);
    assertThatThrownBy(() -> new Trace(spark, config).of("https://example.org/9"))
        .hasMessageContaining("has the URL https://example.org/9");
    assertThatThrownBy(() -> new Trace(spark, config).of("my page"))
        .hasMessageContaining("neither an id");
  }

  private void curate(SparkSession spark, RunConfig config) throws IOException {
    run(spark, config, Integer.MAX_VALUE);
  }

  private void run(SparkSession spark, RunConfig config, int stages) throws IOException {
    new StageRunner(spark, log::add)
        .run(new Curate(spark, config).stages().stream().limit(stages).toList());
  }

  private List<String> outcomes(SparkSession spark, RunConfig config) {
    return spark
        .read()
        .parquet(config.folders().documents().toString())
        .select("outcome")
        .orderBy("outcome")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> judged(SparkSession spark) {
    return spark
        .read()
        .parquet(folder.resolve("out/judged").toString())
        .orderBy("file", "row")
        .collectAsList()
        .stream()
        .map(Row::json)
        .toList();
  }

  /** The files of the run that hold a word, Parquet read as rows, the others as text. */
  private List<String> filesWith(SparkSession spark, String word) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean parquet = file.toString().endsWith(".parquet");
        boolean holds =
            parquet
                ? spark.read().parquet(file.toString()).collectAsList().stream()
                    .anyMatch(row -> row.json().contains(word))
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
        if (holds) {
          found.add(file.toString());
        }
      }
    }
    return found;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private RunConfig config(String key) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(
        file,
        """
        name: taken
        output: %s
        curate:
          sources: [{path: %s, format: jsonl}]
          profile: none
          rejected-text: all
          %s
        """
            .formatted(folder.resolve("out"), folder.resolve("corpus.jsonl"), key));
    return RunConfig.read(file.toString(), List.of());
  }
}
