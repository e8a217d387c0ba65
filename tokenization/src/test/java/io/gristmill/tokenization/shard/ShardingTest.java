package io.gristmill.tokenization.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.LocalSpark;
import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ShardingTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("cluster_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("language", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("text_bytes", DataTypes.LongType);
  private static final Tokenizer TOKENIZER = tokenizer();
  private static final ShardConfig CONFIG = new ShardConfig(5, 0.2, 3000, 1024, false, Map.of());

  @TempDir Path folder;

  @Test
  void shardsAreTheSameBytesForAnyPartitioning(SparkSession spark) throws IOException {
    List<Row> rows = rows(120);
    Map<String, String> expected = new TreeMap<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Path target = folder.resolve("p" + partitions);
      List<Row> turned = new ArrayList<>(rows.subList(partitions, rows.size()));
      turned.addAll(rows.subList(0, partitions));
      Dataset<Row> documents = spark.createDataFrame(turned, SCHEMA).repartition(partitions);
      Sharding.write(documents, TOKENIZER, CONFIG, hadoop(target)).verify();
      Map<String, String> files = contents(target);
      assertThat(files.keySet()).anyMatch(path -> path.endsWith("part-00001.parquet"));
      if (partitions == 1) {
        expected.putAll(files);
      }
      assertThat(files).as("%d partitions", partitions).isEqualTo(expected);
    }
  }

  @Test
  void everyTokenOfEveryDocumentIsInOnePlace(SparkSession spark) throws IOException {
    List<Row> rows = rows(120);
    Shards shards =
        Sharding.write(
            spark.createDataFrame(rows, SCHEMA), TOKENIZER, CONFIG, hadoop(folder.resolve("all")));
    Encoder encoder = TOKENIZER.encoder();
    Map<String, List<String>> expected = new TreeMap<>();
    for (Row row : rows) {
      Split split = CONFIG.holdout().split(row.getString(1));
      String tokens = Arrays.toString(withEnd(encoder.encode(row.getString(4))));
      expected
          .computeIfAbsent(
              split.key() + "/" + row.getString(2) + "/" + row.getString(3),
              key -> new ArrayList<>())
          .add(tokens);
    }
    Map<String, List<String>> found = new TreeMap<>();
    for (ShardGroup group : shards.index().groups()) {
      List<String> documents = documents(shards, group);
      assertThat(documents).hasSize((int) group.documents());
      found.put(group.split().key() + "/" + group.label(), documents);
    }
    expected.values().forEach(documents -> documents.sort(null));
    found.values().forEach(documents -> documents.sort(null));
    assertThat(found).isEqualTo(expected);
    long bytes = shards.index().groups().stream().mapToLong(ShardGroup::bytes).sum();
    assertThat(bytes)
        .isEqualTo(
            rows.stream()
                .mapToLong(row -> row.getString(4).getBytes(StandardCharsets.UTF_8).length)
                .sum());
    assertThat(shards.index().tokenizerSha256()).isEqualTo(TOKENIZER.sha256());
  }

  @Test
  void sparkReadsTheShardsInTheOrderOfTheHashes(SparkSession spark) throws IOException {
    Path target = folder.resolve("read");
    Shards shards =
        Sharding.write(spark.createDataFrame(rows(60), SCHEMA), TOKENIZER, CONFIG, hadoop(target));
    for (ShardGroup group : shards.index().groups()) {
      List<Long> hashes = new ArrayList<>();
      for (ShardFile file : group.files()) {
        for (Row row :
            spark.read().parquet(target.resolve(file.path()).toString()).collectAsList()) {
          hashes.add(ShuffleHash.of(CONFIG.seed(), row.getString(0)));
          byte[] tokens = row.getAs("tokens");
          assertThat(row.<Integer>getAs("token_count")).isEqualTo(tokens.length / 2);
        }
      }
      assertThat(hashes).isSortedAccordingTo(Long::compareUnsigned);
    }
    Dataset<Row> all =
        spark.read().option("basePath", target.toString()).parquet(target + "/split=*");
    assertThat(all.columns()).contains("split", "domain", "language");
  }

  @Test
  void aPrefixNamesTheDomainAndChangesNothingElse(SparkSession spark) throws IOException {
    Dataset<Row> documents = spark.createDataFrame(rows(40), SCHEMA);
    Shards plain = Sharding.write(documents, TOKENIZER, CONFIG, hadoop(folder.resolve("plain")));
    ShardConfig config = new ShardConfig(5, 0.2, 3000, 1024, true, Map.of());
    Shards prefixed = Sharding.write(documents, TOKENIZER, config, hadoop(folder.resolve("named")));
    assertThat(prefixed.index().domainPrefix()).isTrue();
    assertThat(plain.index().domainPrefix()).isFalse();
    for (int i = 0; i < plain.index().groups().size(); i++) {
      ShardGroup group = plain.index().groups().get(i);
      ShardGroup named = prefixed.index().groups().get(i);
      String prefix = Arrays.toString(TOKENIZER.encoder().encode(group.domain() + "\n"));
      List<String> expected =
          documents(plain, group).stream()
              .map(tokens -> prefix.replace("]", ", ") + tokens.substring(1))
              .toList();
      assertThat(documents(prefixed, named)).isEqualTo(expected);
      assertThat(named.bytes()).as("of the text alone").isEqualTo(group.bytes());
    }
  }

  @Test
  void aDocumentOfALargeClusterIsThereAsOftenAsItsBucketSays(SparkSession spark)
      throws IOException {
    List<Row> rows = rows(120);
    List<Row> sized = new ArrayList<>();
    int[] sizes = {1, 1, 2, 4, 7, 1000};
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      sized.add(
          RowFactory.create(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getLong(5),
              sizes[i % sizes.length]));
    }
    StructType schema = SCHEMA.add("cluster_size", DataTypes.IntegerType);
    Rehydration rehydration = Rehydration.of(Map.of("2", "2", "3", "3", "5", "5", "1000", "1"));
    ShardConfig config = new ShardConfig(5, 0.2, 3000, 1024, false, rehydration, Map.of());
    Dataset<Row> documents = spark.createDataFrame(sized, schema);
    Map<String, String> once = new TreeMap<>();
    for (int partitions : new int[] {1, 3}) {
      Path target = folder.resolve("copies" + partitions);
      Shards shards =
          Sharding.write(documents.repartition(partitions), TOKENIZER, config, hadoop(target));
      Map<String, String> files = contents(target);
      if (partitions == 1) {
        once.putAll(files);
      }
      assertThat(files).isEqualTo(once);

      Map<String, Integer> found = new TreeMap<>();
      long copiedTokens = 0;
      for (ShardGroup group : shards.index().groups()) {
        List<Long> hashes = new ArrayList<>();
        long copies = 0;
        for (ShardFile file : group.files()) {
          for (Row row :
              spark.read().parquet(target.resolve(file.path()).toString()).collectAsList()) {
            String id = row.getString(0);
            found.merge(id.replaceAll("#[0-9]+$", ""), 1, Integer::sum);
            hashes.add(ShuffleHash.of(config.seed(), id));
            if (id.matches(".*#[0-9]+")) {
              copies++;
              copiedTokens += row.<Integer>getAs("token_count");
            }
          }
        }
        assertThat(hashes).isSortedAccordingTo(Long::compareUnsigned);
        assertThat(group.documents()).isEqualTo(hashes.size());
        assertThat(group.copies().documents()).isEqualTo(copies);
        assertThat(documents(shards, group)).hasSize(hashes.size());
      }
      for (Row row : sized) {
        boolean held = config.holdout().holds(row.getString(1));
        int expected = held ? 1 : rehydration.times(row.getInt(6));
        assertThat(found).as("held out: %s", held).containsEntry(row.getString(0), expected);
      }
      assertThat(shards.index().groups().stream().mapToLong(g -> g.copies().tokens()).sum())
          .isEqualTo(copiedTokens)
          .isPositive();
      assertThat(Shards.open(hadoop(target), new Configuration()).index())
          .isEqualTo(shards.index());
      assertThat(
              TokenCounts.of(documents, TOKENIZER, config, 1).groups().stream()
                  .mapToLong(TokenCounts.Group::countedTokens)
                  .sum())
          .isEqualTo(shards.index().groups().stream().mapToLong(ShardGroup::tokens).sum());
    }
    // Off: the column is not looked at, and nothing is told of copies.
    Path off = folder.resolve("off");
    Path before = folder.resolve("before");
    Sharding.write(documents, TOKENIZER, CONFIG, hadoop(off));
    Sharding.write(spark.createDataFrame(rows, SCHEMA), TOKENIZER, CONFIG, hadoop(before));
    assertThat(contents(off)).isEqualTo(contents(before));
    assertThat(Files.readString(off.resolve("shards.json"))).doesNotContain("copies");
    assertThatThrownBy(
            () ->
                Sharding.write(
                    spark.createDataFrame(rows, SCHEMA), TOKENIZER, config, hadoop(before)))
        .hasMessage(
            "documents lack the column cluster_size, which shards.rehydration goes by; curate again, or leave it out");
  }

  @Test
  void membersOfAClusterAreHeldOutTogetherAndAboutTheFractionIs() {
    Holdout holdout = new Holdout(SEED, 0.1);
    int held = 0;
    for (int i = 0; i < 20_000; i++) {
      held += holdout.holds("cluster-" + i) ? 1 : 0;
    }
    assertThat(held).as("seed=%d", SEED).isBetween(1800, 2200);
    assertThat(new Holdout(1, 0).holds("x")).isFalse();
    assertThatThrownBy(() -> new Holdout(1, 0.7))
        .hasMessage("shards.validation-fraction is 0.7, must be 0 to 0.5; 0.02 is usual");
  }

  @Test
  void writingAgainReplacesWhatWasThere(SparkSession spark) throws IOException {
    Path target = folder.resolve("again");
    Sharding.write(spark.createDataFrame(rows(60), SCHEMA), TOKENIZER, CONFIG, hadoop(target));
    Dataset<Row> fewer = spark.createDataFrame(rows(20), SCHEMA);
    Shards again = Sharding.write(fewer, TOKENIZER, CONFIG, hadoop(target));
    Set<String> expected = new TreeSet<>(Set.of("shards.json"));
    for (ShardGroup group : again.index().groups()) {
      group.files().forEach(file -> expected.add(file.path()));
    }
    assertThat(contents(target).keySet()).isEqualTo(expected);
  }

  @Test
  void nothingKeptAndMissingColumnsAreSaid(SparkSession spark) {
    Dataset<Row> none = spark.createDataFrame(rows(10), SCHEMA).where("id = 'nothing'");
    assertThatThrownBy(() -> Sharding.write(none, TOKENIZER, CONFIG, hadoop(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no document is kept");
    assertThatThrownBy(() -> Sharding.write(none.drop("domain"), TOKENIZER, CONFIG, hadoop(folder)))
        .hasMessageContaining("documents lack the columns [domain]");
  }

  @Test
  void aDocumentThatStandsTwiceIsNamed(SparkSession spark) {
    List<Row> rows = new ArrayList<>(rows(10));
    rows.add(rows.get(0));
    Dataset<Row> documents = spark.createDataFrame(rows, SCHEMA);
    assertThatThrownBy(() -> Sharding.write(documents, TOKENIZER, CONFIG, hadoop(folder)))
        .hasStackTraceContaining("document doc-0 stands twice");
    assertThat(folder.resolve("shards.json")).doesNotExist();
  }

  private static List<Row> rows(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] domains = {"web", "文档/a=b"};
    String[] languages = {"en", "zh-Hans"};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = i == 3 ? "" : RandomText.of(random, 1 + random.nextInt(200));
      rows.add(
          RowFactory.create(
              "doc-" + i,
              "doc-" + (i - i % 3),
              domains[random.nextInt(2)],
              languages[random.nextInt(2)],
              text,
              (long) text.getBytes(StandardCharsets.UTF_8).length));
    }
    return rows;
  }

  private static Tokenizer tokenizer() {
    BpeTrainer trainer = new BpeTrainer(BpeTrainerConfig.defaults().withVocabularySize(400));
    byte[] text = "the mill grinds the wheat 磨坊把麦子磨成面粉".getBytes(StandardCharsets.UTF_8);
    trainer.add(text, 0, text.length, 10);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  private static int[] withEnd(int[] tokens) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = TOKENIZER.endOfText();
    return ended;
  }

  private static List<String> documents(Shards shards, ShardGroup group) throws IOException {
    List<String> documents = new ArrayList<>();
    try (ShardReader reader = shards.reader(group)) {
      int[] all = new int[(int) reader.tokens()];
      reader.read(0, all, 0, all.length);
      int start = 0;
      for (int i = 0; i < all.length; i++) {
        if (all[i] == TOKENIZER.endOfText()) {
          documents.add(Arrays.toString(Arrays.copyOfRange(all, start, i + 1)));
          start = i + 1;
        }
      }
    }
    return documents;
  }

  /** The bytes of every file, checksums of the local file system left out. */
  private static Map<String, String> contents(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".crc"))
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  ShardingTest::bytes,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String bytes(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
