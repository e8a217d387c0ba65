package io.gristmill.tokenization.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.tokenization.LocalSpark;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.shard.ShardConfig;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Sharding;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.ShuffleHash;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LocalSpark.class)
class ExchangeTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final ShardConfig CONFIG = new ShardConfig(5, 0.2, 20_000, 1024, false, Map.of());
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("cluster_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("language", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("text_bytes", DataTypes.LongType);

  private static final Tokenizer TOKENIZER = tokenizer(400);
  private static final int END = TOKENIZER.endOfText();
  private static final List<Row> ROWS = rows(60);

  @TempDir private static Path shared;
  private static Shards shards;

  @TempDir Path folder;

  @BeforeAll
  static void makeShards(SparkSession spark) throws IOException {
    shards = shards(spark, TOKENIZER, shared);
  }

  @Test
  void mergedNanoGptIsTheGlobalShuffleWithEndOfTextAfterEachDocument(SparkSession spark)
      throws IOException {
    new ShardExport(TokenFormat.NANOGPT, true).write(spark, shards, hadoop("out"));
    for (Split split : Split.values()) {
      List<Integer> expected = new ArrayList<>();
      ROWS.stream()
          .filter(row -> CONFIG.holdout().split(row.getString(1)) == split)
          .sorted(
              Comparator.comparing(
                  row -> ShuffleHash.of(CONFIG.seed(), row.getString(0)), Long::compareUnsigned))
          .forEach(row -> addDocument(row, TOKENIZER, expected));
      String name = split == Split.TRAIN ? "train.bin" : "val.bin";
      assertThat(shorts(folder.resolve("out").resolve(name), 0)).isEqualTo(expected);
    }
  }

  @Test
  void llmCHasItsHeaderAndEndOfTextBeforeEachDocument(SparkSession spark) throws IOException {
    new ShardExport(TokenFormat.LLM_C, false, 500).write(spark, shards, hadoop("out"));
    for (ShardGroup group : shards.index().groups()) {
      List<Integer> stream = new ArrayList<>();
      List<Path> parts = parts(group);
      assertThat(parts.size()).isGreaterThan(group.split() == Split.TRAIN ? 1 : 0);
      for (Path part : parts) {
        ByteBuffer header = buffer(part);
        assertThat(header.getInt(0)).isEqualTo(20240520);
        assertThat(header.getInt(4)).isEqualTo(1);
        List<Integer> tokens = shorts(part, 1024);
        assertThat(header.getInt(8)).isEqualTo(tokens.size());
        for (int at = 12; at < 1024; at += 4) {
          assertThat(header.getInt(at)).isZero();
        }
        assertThat(tokens.get(0)).isEqualTo(TOKENIZER.endOfText());
        stream.addAll(tokens);
      }
      assertThat(stream).hasSize((int) group.tokens());
      // The same stream, its documents ended instead of begun.
      stream.add(stream.removeFirst());
      List<Integer> expected = new ArrayList<>();
      ROWS.stream()
          .filter(row -> CONFIG.holdout().split(row.getString(1)) == group.split())
          .filter(row -> group.label().equals(row.getString(2) + "/" + row.getString(3)))
          .sorted(
              Comparator.comparing(
                  row -> ShuffleHash.of(CONFIG.seed(), row.getString(0)), Long::compareUnsigned))
          .forEach(row -> addDocument(row, TOKENIZER, expected));
      assertThat(stream).isEqualTo(expected);
    }
  }

  @Test
  void megatronHasASequenceADocument(SparkSession spark) throws IOException {
    new ShardExport(TokenFormat.MEGATRON, true).write(spark, shards, hadoop("out"));
    ByteBuffer idx = buffer(folder.resolve("out/train.idx"));
    byte[] magic = new byte[9];
    idx.get(0, magic);
    assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("MMIDIDX\0\0");
    assertThat(idx.getLong(9)).isEqualTo(1);
    assertThat(idx.get(17)).isEqualTo((byte) 8);
    int count = (int) idx.getLong(18);
    assertThat(count)
        .isEqualTo(
            (int)
                shards.index().groups(Split.TRAIN).stream().mapToLong(ShardGroup::documents).sum());
    assertThat(idx.getLong(26)).isEqualTo(count + 1);
    List<Integer> tokens = shorts(folder.resolve("out/train.bin"), 0);
    int at = 0;
    for (int document = 0; document < count; document++) {
      int length = idx.getInt(34 + 4 * document);
      assertThat(idx.getLong(34 + 4 * count + 8 * document)).isEqualTo(2L * at);
      assertThat(idx.getLong(34 + 12 * count + 8 * document)).isEqualTo(document);
      assertThat(tokens.subList(at, at + length).indexOf(shards.index().endOfText()))
          .isEqualTo(length - 1);
      at += length;
    }
    assertThat(idx.getLong(34 + 20 * count)).isEqualTo(count);
    assertThat(idx.limit()).isEqualTo(34 + 20 * count + 8);
    assertThat(at).isEqualTo(tokens.size());
  }

  @ParameterizedTest
  @CsvSource({
    "MEGATRON,400,false",
    "MEGATRON,65520,true",
    "NANOGPT,65536,true",
    "LLM_C,70000,false"
  })
  void whatIsExportedIsImportedTokenByToken(
      TokenFormat format, int vocabularySize, boolean merge, SparkSession spark)
      throws IOException {
    Tokenizer tokenizer = vocabularySize == 400 ? TOKENIZER : new Wider(TOKENIZER, vocabularySize);
    Shards made = vocabularySize == 400 ? shards : shards(spark, tokenizer, folder);
    new ShardExport(format, merge, 700).write(spark, made, hadoop("out"));
    Shards back = imported(spark, format, tokenizer, "out", "back");
    assertThat(documents(back)).isEqualTo(documents(made));
    assertThat(back.index().groups()).allMatch(group -> group.label().equals("books/en"));
    assertThat(bytes(back)).isEqualTo(bytes(made));
  }

  @Test
  void whatIsImportedIsExportedTokenByToken(SparkSession spark) throws IOException {
    // Files of another trainer, here two of nanoGPT.
    Files.createDirectories(folder.resolve("in/b"));
    write(folder.resolve("in/a.bin"), 5, 6, END, 7, END);
    write(folder.resolve("in/b/c.bin"), 8, 9, 10, END, 11, END);
    Shards imported = imported(spark, TokenFormat.NANOGPT, TOKENIZER, "in", "shards");
    new ShardExport(TokenFormat.NANOGPT, true).write(spark, imported, hadoop("out"));
    Map<String, List<Integer>> named =
        Map.of(
            "books/en/a.bin#0", List.of(5, 6, END),
            "books/en/a.bin#1", List.of(7, END),
            "books/en/b/c.bin#0", List.of(8, 9, 10, END),
            "books/en/b/c.bin#1", List.of(11, END));
    for (Split split : Split.values()) {
      List<Integer> expected =
          named.keySet().stream()
              .filter(id -> CONFIG.holdout().split(id) == split)
              .sorted(
                  Comparator.comparing(
                      id -> ShuffleHash.of(CONFIG.seed(), id), Long::compareUnsigned))
              .flatMap(id -> named.get(id).stream())
              .toList();
      Path bin = folder.resolve(split == Split.TRAIN ? "out/train.bin" : "out/val.bin");
      assertThat(Files.exists(bin) ? shorts(bin, 0) : List.of()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(TokenFormat.class)
  void theSameShardsGiveTheSameBytes(TokenFormat format, SparkSession spark) throws IOException {
    ShardExport export = new ShardExport(format, false, 700);
    export.write(spark, shards, hadoop("out"));
    export.write(spark, shards, hadoop("out2"));
    List<Path> files;
    try (var walked = Files.walk(folder.resolve("out"))) {
      files = walked.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(4);
    for (Path file : files) {
      Path other = folder.resolve("out2").resolve(folder.resolve("out").relativize(file));
      assertThat(other).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void aVocabularyOfMoreThanTwoBytesIsRefusedByNanoGpt() {
    ShardIndex wide =
        new ShardIndex("cafe", 70_000, TokenWidth.U32, 1, 0, CONFIG.holdout(), List.of());
    assertThatThrownBy(() -> new ShardExport(TokenFormat.NANOGPT, true).requireFits(wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nanogpt's files have two bytes a token, which hold 65,536 ids, the vocabulary has 70,000; export as megatron or llm.c");
  }

  @Test
  void anEmptyFolderAndAMissingOneAreSaid(SparkSession spark) throws IOException {
    Files.createDirectories(folder.resolve("none"));
    assertThatThrownBy(() -> imported(spark, TokenFormat.NANOGPT, TOKENIZER, "none", "back"))
        .hasMessageContaining("none holds no file that ends with .bin");
    assertThatThrownBy(() -> imported(spark, TokenFormat.NANOGPT, TOKENIZER, "absent", "back"))
        .hasMessageContaining("absent: no such file or folder to import");
  }

  private Shards imported(
      SparkSession spark, TokenFormat format, Tokenizer tokenizer, String from, String to)
      throws IOException {
    var source = new ImportSource(hadoop(from).toString(), "books", "en");
    return new ShardImport(format, List.of(source)).write(spark, tokenizer, CONFIG, hadoop(to));
  }

  private static Shards shards(SparkSession spark, Tokenizer tokenizer, Path folder)
      throws IOException {
    return Sharding.write(
        spark.createDataFrame(ROWS, SCHEMA),
        tokenizer,
        CONFIG,
        new org.apache.hadoop.fs.Path(folder.resolve("shards").toUri()));
  }

  private static void write(Path file, int... tokens) throws IOException {
    byte[] bytes = new byte[2 * tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      TokenWidth.U16.pack(tokens[i], bytes, i);
    }
    Files.write(file, bytes);
  }

  private static List<Row> rows(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "the mill grinds the wheat 磨坊把麦子 ".repeat(random.nextInt(30));
      rows.add(
          RowFactory.create(
              "doc-" + i,
              "doc-" + i,
              i % 3 == 0 ? "web" : "books",
              i % 2 == 0 ? "en" : "zh-Hans",
              text,
              (long) text.getBytes(StandardCharsets.UTF_8).length));
    }
    return rows;
  }

  private static void addDocument(Row row, Tokenizer tokenizer, List<Integer> to) {
    Arrays.stream(tokenizer.encoder().encode(row.getString(4))).forEach(to::add);
    to.add(tokenizer.endOfText());
  }

  static Tokenizer tokenizer(int vocabularySize) {
    BpeTrainer trainer =
        new BpeTrainer(BpeTrainerConfig.defaults().withVocabularySize(vocabularySize));
    byte[] text = "the mill grinds the wheat 磨坊把麦子磨成面粉".getBytes(StandardCharsets.UTF_8);
    trainer.add(text, 0, text.length, 10);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  /** All documents, sorted: their order is the shuffle's. */
  private static List<String> documents(Shards shards) throws IOException {
    List<String> documents = new ArrayList<>();
    for (ShardGroup group : shards.index().groups()) {
      try (var reader = shards.reader(group)) {
        int[] all = new int[(int) reader.tokens()];
        reader.read(0, all, 0, all.length);
        int start = 0;
        for (int i = 0; i < all.length; i++) {
          if (all[i] == shards.index().endOfText()) {
            documents.add(Arrays.toString(Arrays.copyOfRange(all, start, i + 1)));
            start = i + 1;
          }
        }
      }
    }
    documents.sort(null);
    return documents;
  }

  private static long bytes(Shards shards) {
    return shards.index().groups().stream().mapToLong(ShardGroup::bytes).sum();
  }

  private List<Path> parts(ShardGroup group) throws IOException {
    String split = group.split() == Split.TRAIN ? "train" : "val";
    Path parent = folder.resolve("out").resolve(split).resolve(group.domain());
    try (var files = Files.list(parent)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(group.language() + "_"))
          .sorted()
          .toList();
    }
  }

  private static ByteBuffer buffer(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Integer> shorts(Path file, int from) throws IOException {
    ByteBuffer buffer = buffer(file);
    List<Integer> values = new ArrayList<>();
    for (int at = from; at < buffer.limit(); at += 2) {
      values.add(buffer.getShort(at) & 0xffff);
    }
    return values;
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }
}
