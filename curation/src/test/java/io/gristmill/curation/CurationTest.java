package io.gristmill.curation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.decontamination.DecontaminationConfig;
import io.gristmill.curation.decontamination.EvaluationConfig;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.filter.Rule;
import io.gristmill.curation.filter.Signal;
import io.gristmill.curation.ledger.Flow;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.line.LineEdits;
import io.gristmill.curation.passage.PassageConfig;
import io.gristmill.curation.privacy.RedactionConfig;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.source.Selection;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.curation.warc.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CurationTest {
  private static final String ENGLISH =
      "The miller carries every sack of grain up the narrow stairs before the wind turns in the"
          + " evening, and whoever has questions may write to miller@example.com or come by.";
  private static final String CHINESE = "磨坊主人在傍晚风向改变之前把每一袋谷物搬上狭窄的楼梯，村里的孩子们在旁边看着他工作。";
  private static final String RUSSIAN =
      "Мельник каждый вечер носит мешки с зерном по узкой лестнице наверх.";

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void input() throws IOException {
    input = Files.createDirectories(folder.resolve("input"));
  }

  @Test
  void everyRecordIsKeptRejectedOrFailedWithAReason(SparkSession spark) throws IOException {
    write("a.jsonl", line(ENGLISH), line(CHINESE), line(RUSSIAN), "{not json", line(" "));
    write("b/c.jsonl", line(ENGLISH), line(ENGLISH.replace("narrow", "broad") + " Again."));
    byte[] gzip = gzip(lines(200));
    gzip[gzip.length / 2] ^= 0x55;
    Files.write(input.resolve("damaged.jsonl.gz"), gzip);

    Ledger ledger = curate(spark, config("sample"), "out");

    assertThat(ledger.kept()).isGreaterThanOrEqualTo(2);
    assertThat(ledger.rejected()).containsEntry("language", 1L).containsEntry("near_duplicate", 2L);
    assertThat(ledger.failed()).isNotEmpty();
    assertThat(ledger.bytes().files()).isEqualTo(3);
    assertThat(ledger.bytes().skipped()).isPositive();
    assertThat(ledger.bytes().ranges())
        .isNotEmpty()
        .allSatisfy(range -> assertThat(range.file()).contains("damaged"));
    assertThat(ledger.redactions()).containsKey("email");
    assertThat(ledger.flows().stream().map(Flow::stage).distinct())
        .containsExactly("read", "filter", "deduplicate");
    Dataset<Row> documents = documents(spark, "out");
    assertThat(documents.count()).isEqualTo(ledger.in());
    List<Row> kept = documents.where("outcome = 'kept'").collectAsList();
    assertThat(kept)
        .allSatisfy(row -> assertThat(row.<String>getAs("text")).doesNotContain("@example"));
    assertThat(
            documents
                .where("reason = 'near_duplicate'")
                .select("survivor_id")
                .distinct()
                .collectAsList())
        .hasSize(1);
    assertThat(documents.where("outcome = 'kept' and cluster_size = 3").count()).isEqualTo(1);
    assertThat(
            documents.where("outcome = 'kept' and cluster_size = 1 and cluster_id <> id").count())
        .isZero();
    assertThat(documents.where("outcome = 'rejected' and text is not null").count()).isLessThan(3);
    assertThat(Files.readString(folder.resolve("out/ledger.json")))
        .contains("\"near_duplicate\" : 2");
  }

  @Test
  void contaminatedDocumentsLeaveBeforeTheirCopiesAreLookedFor(SparkSession spark)
      throws IOException {
    Path exam = folder.resolve("exam.jsonl");
    Files.writeString(
        exam,
        """
        {"question": "风车磨坊的主人在傍晚风向改变之前把什么搬上狭窄的楼梯？", "answer": "一袋袋的谷物"}
        {"question": "Why?", "answer": "Because."}
        """);
    String copy = CHINESE + "风车磨坊的主人在傍晚风向改变之前把什么搬上狭窄的楼梯？答：一袋袋的谷物。";
    write("a.jsonl", line(ENGLISH), line(CHINESE), line(copy), line(RUSSIAN));
    CurationConfig config =
        config("sample", List.of(EvaluationConfig.of(exam.toString())), PassageConfig.off());

    Ledger ledger = curate(spark, config, "out");

    assertThat(ledger.rejected()).containsEntry("contaminated", 1L).containsEntry("language", 1L);
    // the longer copy would have been the survivor of its clean twin
    assertThat(ledger.rejected()).doesNotContainKey("near_duplicate");
    assertThat(ledger.kept()).isEqualTo(2);
    assertThat(ledger.flows().stream().filter(flow -> flow.stage().equals("decontaminate")))
        .anySatisfy(
            flow -> {
              assertThat(flow.language()).isEqualTo("zh-Hans");
              assertThat(flow.in()).isEqualTo(2);
              assertThat(flow.rejected()).containsOnly(Map.entry("contaminated", 1L));
            });
    assertThat(documents(spark, "out").where("reason = 'contaminated'").collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("outcome")).isEqualTo("rejected");
              assertThat(row.<String>getAs("stage")).isEqualTo("decontaminate");
              assertThat(row.<String>getAs("signal")).isEqualTo("exam");
              assertThat(row.<Double>getAs("value")).isEqualTo(1);
              assertThat(row.<Double>getAs("threshold"))
                  .isEqualTo(config.decontamination().overlap());
              assertThat(row.<String>getAs("detail")).isEqualTo("exam.jsonl:1");
              assertThat(row.isNullAt(row.fieldIndex("cluster_size"))).isTrue();
            });
  }

  @Test
  void theFilesAreTheSameBytesForAnyNumberOfPartitions(SparkSession spark) throws IOException {
    for (int file = 0; file < 5; file++) {
      write("part-%d.jsonl".formatted(file), lines(40 + file).split("\n"));
    }
    curate(spark, config("all", List.of(), lines()), "two");
    Map<String, String> two = hashes("two");
    assertThat(two.keySet())
        .contains(
            "documents/outcome=kept/part-00000.parquet",
            "documents/outcome=rejected/part-00000.parquet",
            "duplicates/part-00000.parquet",
            "passages/part-00000.parquet",
            "ledger/part-00000.parquet",
            "ledger.json",
            "judged/part-00000.parquet");
    String before = spark.conf().get("spark.sql.shuffle.partitions");
    try {
      spark.conf().set("spark.sql.adaptive.enabled", "false");
      for (String partitions : List.of("1", "7", "200")) {
        spark.conf().set("spark.sql.shuffle.partitions", partitions);
        curate(spark, config("all", List.of(), lines()), partitions);
        assertThat(hashes(partitions)).as(partitions).isEqualTo(two);
      }
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", before);
      spark.conf().unset("spark.sql.adaptive.enabled");
    }
  }

  @Test
  void passagesThatStandElsewhereAreRemovedAndCounted(SparkSession spark) throws IOException {
    String notice = "Nothing on these pages may be printed again without the miller's permission.";
    String longChinese = CHINESE + "他们说起去年的收成，也说起明年的种子和天气，直到天黑才回家。";
    write("a.jsonl", line(ENGLISH + "\\n\\n" + notice), line(longChinese + "\\n" + notice));
    write("b.jsonl", line(notice + "\\nShort."), line(ENGLISH + " More.\\n\\n" + notice));

    Ledger ledger = curate(spark, config("none", List.of(), lines()), "passages");

    // the longest of the near-duplicates keeps the notice
    assertThat(ledger.kept()).isEqualTo(2);
    assertThat(ledger.rejected()).isEqualTo(Map.of("near_duplicate", 1L, "duplicate_passages", 1L));
    assertThat(ledger.removed()).isEqualTo(Map.of("duplicate_line", (long) notice.length() + 1));
    assertThat(ledger.flows())
        .filteredOn(flow -> flow.stage().equals("passages"))
        .extracting(Flow::in)
        .containsExactlyInAnyOrder(2L, 1L);
    Dataset<Row> documents = documents(spark, "passages");
    Row chinese = documents.where("language = 'zh-Hans'").first();
    assertThat(chinese.<String>getAs("text")).isEqualTo(longChinese);
    assertThat(chinese.<Long>getAs("text_bytes")).isEqualTo(longChinese.getBytes(UTF_8).length);
    assertThat(chinese.<String>getAs("reason")).isNull();
    Row rejected = documents.where("reason = 'duplicate_passages'").first();
    assertThat(rejected.<String>getAs("stage")).isEqualTo("passages");
    assertThat(rejected.<String>getAs("signal")).isEqualTo("left_share");
    assertThat(rejected.<Double>getAs("value")).isBetween(0.01, 0.1);
    assertThat(rejected.<Double>getAs("threshold")).isEqualTo(0.2);
    assertThat(rejected.<Integer>getAs("cluster_size")).isEqualTo(1);
    assertThat(documents.where("outcome = 'kept' and text like '%printed again%'").count())
        .isEqualTo(1);
  }

  @Test
  void aListedFileThatWasNotReadIsMissed(SparkSession spark) throws IOException {
    write("a.jsonl", line(ENGLISH));
    CurationConfig config = config("none");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    org.apache.hadoop.fs.Path judged = path("missed", "judged");
    Curation.judge(spark, Curation.inputs(config, hadoop), config, Removals.none(), judged);
    write("b.jsonl", line(CHINESE));
    List<SourceFile> more = Curation.inputs(config, hadoop);
    assertThatThrownBy(() -> Judged.checkRead(spark, judged, more))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "2 files of \\d+ bytes were listed, but 1 files of \\d+ bytes were read to the end. .*");
  }

  @Test
  void anotherProfileDecidesOnWhatWasMeasured(SparkSession spark) throws IOException {
    write("a.jsonl", line(ENGLISH), line(CHINESE), line(RUSSIAN), line("Too short."));
    CurationConfig config = config("none");
    List<SourceFile> files = Curation.inputs(config, spark.sparkContext().hadoopConfiguration());
    org.apache.hadoop.fs.Path judged = path("what-if", "judged");
    Curation.judge(spark, files, config, Removals.none(), judged);
    Files.delete(input.resolve("a.jsonl"));

    Profile none = Profiles.named("none");
    Profile words =
        new Profile(
            "own",
            Map.of("en", List.of(Rule.atLeast(10, Signal.WORDS, "words", "own"))),
            LineEdits.NONE,
            List.of());
    WhatIf whatIf = WhatIf.of(spark, judged, none, words, 5);

    assertThat(whatIf.counts())
        .containsExactly(
            new WhatIf.Count("en", "kept", "kept", 1),
            new WhatIf.Count("en", "kept", "words", 1),
            new WhatIf.Count("zh-Hans", "kept", "kept", 1));
    assertThat(whatIf.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.excerpt()).isEqualTo("Too short.");
              assertThat(change.measured()).isEqualTo("words 2.000 < 10.00");
            });
    assertThat(WhatIf.of(spark, judged, words, none, 5).changes())
        .singleElement()
        .satisfies(change -> assertThat(change.then()).isEqualTo("kept"));
    List<Row> rejected =
        Judged.records(spark, judged, words).where("reason = 'words'").collectAsList();
    assertThat(rejected)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("outcome")).isEqualTo("rejected");
              assertThat(row.<String>getAs("stage")).isEqualTo("filter");
              assertThat(row.<Double>getAs("value")).isEqualTo(2);
              assertThat(row.<Double>getAs("threshold")).isEqualTo(10);
              assertThat(row.<String>getAs("text")).isEqualTo("Too short.");
              assertThat(row.getList(row.fieldIndex("line_signals"))).hasSize(1);
            });
  }

  @Test
  void documentsAreSortedById(SparkSession spark) throws IOException {
    write("a.jsonl", lines(50).split("\n"));
    curate(spark, config("all"), "sorted");
    List<String> ids =
        spark
            .read()
            .parquet(folder.resolve("sorted/documents/outcome=kept/part-00000.parquet").toString())
            .select("id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(ids).hasSizeGreaterThan(10).isSorted();
  }

  @Test
  void manyFilesAndReasonsMakeFewFilesAndNoDocumentIsExtractedTwice(SparkSession spark)
      throws IOException {
    for (int file = 0; file < 200; file++) {
      write(
          "part-%03d.jsonl".formatted(file),
          line(ENGLISH + " File %d.".formatted(file)),
          line(RUSSIAN + file),
          "{not json",
          line(" "),
          "{\"key\": %d}".formatted(file),
          line(CHINESE + file));
    }
    CurationConfig config = config("all");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    long extracted =
        Curation.judge(
            spark, Curation.inputs(config, hadoop), config, Removals.none(), path("few", "judged"));
    Ledger ledger = curate(spark, config, "few");

    assertThat(extracted).isEqualTo(3 * 200);
    assertThat(ledger.in()).isEqualTo(6 * 200);
    assertThat(ledger.rejected().size() + ledger.failed().size()).isGreaterThan(3);
    assertThat(hashes("few").keySet().stream().filter(name -> name.startsWith("documents/")))
        .hasSize(3);
    assertThat(hashes("few").keySet().stream().filter(name -> name.startsWith("judged/")))
        .hasSize(1);
  }

  @Test
  void anIndexAndACapLeaveTheLedgerBalanced(SparkSession spark) throws IOException {
    List<byte[]> members = new ArrayList<>();
    var index = new StringBuilder();
    long offset = 0;
    for (int i = 0; i < 12; i++) {
      String page = "<p>%s %s".formatted("mill%d ".formatted(i).repeat(30), ENGLISH.repeat(2));
      byte[] member =
          Archives.gzip(
              Archives.response(
                  "r" + i,
                  "http://shop%d.example.co.uk/".formatted(i),
                  "Content-Type: text/html\r\n",
                  page.getBytes(UTF_8)));
      if (i % 2 == 0) {
        index.append(
            "k 1 {\"filename\": \"deep/a.warc.gz\", \"offset\": \"%d\", \"length\": \"%d\"}%n"
                .formatted(offset, member.length));
      }
      offset += member.length;
      members.add(member);
    }
    Files.write(input.resolve("a.warc.gz"), Archives.join(members));
    Path cdx = folder.resolve("a.cdxj");
    Files.writeString(cdx, index);
    CurationConfig all = config("none");
    var source =
        new SourceConfig(
            input.toString(),
            "auto",
            "web",
            "full-text",
            "text",
            "",
            "url",
            new Selection(List.of(cdx.toString()), List.of()));
    var config =
        new CurationConfig(
            List.of(source),
            all.profile(),
            all.languages(),
            all.scores(),
            all.lineSignals(),
            all.decontamination(),
            all.duplicates(),
            all.passages(),
            all.rejectedText(),
            all.redaction(),
            all.removals(),
            4);

    Ledger ledger = curate(spark, config, "asked");

    assertThat(ledger.in()).isEqualTo(6);
    assertThat(ledger.rejected()).containsEntry("per_host_cap", 2L);
    assertThat(ledger.bytes().notSelected()).isPositive();
    assertThat(ledger.bytes().read() + ledger.bytes().notSelected()).isEqualTo(offset);
    assertThat(ledger.bytes().skipped()).isZero();
    assertThat(documents(spark, "asked").where("reason = 'per_host_cap'").collectAsList())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("stage")).isEqualTo("filter");
              assertThat(row.<Double>getAs("value")).isEqualTo(6);
              assertThat(row.<Double>getAs("threshold")).isEqualTo(4);
            });
  }

  @Test
  void aRunThatKeepsNothingConcludesAndSaysWhy(SparkSession spark) throws IOException {
    write("a.jsonl", line(RUSSIAN), line(RUSSIAN + " Да."), "{not json");
    CurationConfig config = config("none", List.of(), lines());
    Ledger ledger = curate(spark, config, "nothing");

    assertThat(ledger.in()).isEqualTo(3);
    assertThat(ledger.kept()).isZero();
    assertThat(ledger.warning())
        .hasValue(
            "nothing was kept of 3 records: 2 language, 1 record_malformed; choose another profile, more languages or another format of the source (docs/curation-filters.md has the rules)");
    assertThat(documents(spark, "nothing").count()).isEqualTo(3);
    Dataset<Row> kept =
        spark.read().parquet(folder.resolve("nothing/documents/outcome=kept").toString());
    assertThat(kept.columns()).contains("id", "text", "language", "domain", "cluster_id");
    assertThat(kept.count()).isZero();
    Map<String, String> before = hashes("nothing");
    curate(spark, config, "nothing");
    assertThat(hashes("nothing")).isEqualTo(before);
    Curation.index(
        spark,
        path("nothing", "documents"),
        config.duplicates().minhash(),
        path("nothing", "index"));
    assertThat(spark.read().parquet(folder.resolve("nothing/index").toString()).count()).isZero();
  }

  @Test
  void aRunOfContaminatedDocumentsAloneConcludes(SparkSession spark) throws IOException {
    Path exam = folder.resolve("exam.jsonl");
    Files.writeString(exam, "{\"question\": \"%s\", \"answer\": \"工作\"}\n".formatted(CHINESE));
    write("a.jsonl", line(CHINESE + "答：工作"));
    Ledger ledger =
        curate(
            spark,
            config("none", List.of(EvaluationConfig.of(exam.toString())), PassageConfig.off()),
            "taken");
    assertThat(ledger.warning()).hasValueSatisfying(w -> assertThat(w).contains("1 contaminated"));
  }

  @Test
  void aRunWithoutARecordConcludesAndSaysSo(SparkSession spark) throws IOException {
    write("a.jsonl");
    Ledger ledger = curate(spark, config("none"), "empty");
    assertThat(ledger.bytes().files()).isEqualTo(1);
    assertThat(ledger.warning())
        .hasValueSatisfying(w -> assertThat(w).contains("not one record in the input files"));
  }

  private Ledger curate(SparkSession spark, CurationConfig config, String name) throws IOException {
    return curate(spark, config, Removals.none(), name);
  }

  private Ledger curate(SparkSession spark, CurationConfig config, Removals removals, String name)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<SourceFile> files = Curation.inputs(config, hadoop);
    Curation.judge(spark, files, config, removals, path(name, "judged"));
    if (config.decontamination().on()) {
      Curation.decontaminate(spark, path(name, "judged"), config, path(name, "contamination"));
    }
    Curation.deduplicate(
        spark,
        path(name, "judged"),
        path(name, "contamination"),
        List.of(),
        config,
        path(name, "duplicates"),
        Steps.in(path(name, "steps"), hadoop));
    if (config.passages().on()) {
      Curation.shorten(
          spark,
          path(name, "judged"),
          path(name, "contamination"),
          path(name, "duplicates"),
          config,
          path(name, "passages"),
          Steps.in(path(name, "steps"), hadoop));
    }
    return Curation.conclude(
        spark,
        config,
        path(name, "judged"),
        path(name, "contamination"),
        path(name, "duplicates"),
        path(name, "passages"),
        path(name, "documents"),
        path(name, "ledger"),
        path(name, "ledger.json"));
  }

  private Dataset<Row> documents(SparkSession spark, String name) {
    return Curation.documents(spark, path(name, "documents"));
  }

  private org.apache.hadoop.fs.Path path(String name, String part) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).resolve(part).toUri());
  }

  private CurationConfig config(String rejectedText) {
    return config(rejectedText, List.of(), PassageConfig.off());
  }

  private CurationConfig config(
      String rejectedText, List<EvaluationConfig> evaluations, PassageConfig passages) {
    return new CurationConfig(
        List.of(SourceConfig.of(input.toString())),
        "none",
        List.of("en", "zh-Hans"),
        List.of(),
        true,
        DecontaminationConfig.of(evaluations),
        DuplicatesConfig.defaults(),
        passages,
        rejectedText,
        RedactionConfig.all(),
        "",
        0);
  }

  private static PassageConfig lines() {
    return new PassageConfig(true, true, true, 8, 50, 0.2, 0);
  }

  /** Output files by name, but for the checksum files of the local file system and the steps. */
  private Map<String, String> hashes(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !root.relativize(file).startsWith("steps"))
          .collect(
              Collectors.toMap(
                  file -> root.relativize(file).toString(),
                  CurationTest::hash,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String hash(Path file) {
    try {
      var sha = java.security.MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String... lines) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, Stream.of(lines).map(line -> line + "\n").collect(Collectors.joining()));
  }

  private static String line(String text) {
    return "{\"text\": \"%s\"}".formatted(text);
  }

  /** Documents of which some are alike, some are not wanted. */
  private static String lines(int count) {
    var random = new SplittableRandom(count);
    var out = new StringBuilder();
    String base = ENGLISH;
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) > 0) {
        base = sentence(random);
      }
      String text = random.nextInt(8) == 0 ? RUSSIAN + i : base + " It is number " + i % 7 + ".";
      out.append(line(text)).append('\n');
    }
    return out.toString();
  }

  private static String sentence(SplittableRandom random) {
    List<String> words = List.of(ENGLISH.split(" "));
    return Stream.generate(() -> words.get(random.nextInt(words.size())))
        .limit(40)
        .collect(Collectors.joining(" "));
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
