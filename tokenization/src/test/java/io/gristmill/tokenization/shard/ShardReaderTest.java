package io.gristmill.tokenization.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardReaderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {300, 1 << 16, (1 << 16) + 1, 200_000})
  void randomAccessEqualsTheDocumentsInARow(int vocabularySize) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<int[]> documents = WrittenShards.documents(random, 500, vocabularySize);
    int[] all = documents.stream().flatMapToInt(Arrays::stream).toArray();
    Shards shards = WrittenShards.write(folder, vocabularySize, 3, documents);
    try (ShardReader reader = shards.reader(shards.index().groups().get(0))) {
      assertThat(reader.tokens()).isEqualTo(all.length);
      int[] out = new int[all.length];
      reader.read(0, out, 0, all.length);
      assertThat(out).isEqualTo(all);
      for (int i = 0; i < 2000; i++) {
        int position = random.nextInt(all.length + 1);
        int length = random.nextInt(Math.min(3000, all.length - position) + 1);
        int[] piece = new int[length + 2];
        reader.read(position, piece, 1, length);
        assertThat(Arrays.copyOfRange(piece, 1, length + 1))
            .as("seed=%d position=%d length=%d", SEED, position, length)
            .isEqualTo(Arrays.copyOfRange(all, position, position + length));
      }
    }
  }

  @Test
  void aFileHoldsSeveralRowGroupsThatTheIndexCounts() throws IOException {
    List<int[]> documents = WrittenShards.documents(new SplittableRandom(SEED), 500, 300);
    Shards shards = WrittenShards.write(folder, 300, 2, documents);
    ShardGroup group = shards.index().groups().get(0);
    assertThat(group.files())
        .allSatisfy(file -> assertThat(file.rowGroups()).hasSizeGreaterThan(2));
    assertThat(group.files().stream().mapToLong(ShardFile::tokens).sum()).isEqualTo(group.tokens());
    assertThat(group.files().stream().mapToLong(ShardFile::rows).sum()).isEqualTo(500);
  }

  @Test
  void theSameDocumentsGiveTheSameBytesAndTheIndexReadsBack() throws IOException {
    List<int[]> documents = WrittenShards.documents(new SplittableRandom(SEED), 100, 300);
    Shards first = WrittenShards.write(folder.resolve("a"), 300, 2, documents);
    Shards second = WrittenShards.write(folder.resolve("b"), 300, 2, documents);
    assertThat(first.index()).isEqualTo(second.index());
    Shards read = Shards.open(first.folder(), WrittenShards.CONFIGURATION);
    assertThat(read.index()).isEqualTo(first.index());
    assertThat(Files.readAllBytes(folder.resolve("a/shards.json")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b/shards.json")));
    read.verify();
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    Shards shards = shards();
    Path file = file(shards);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    assertReadingFails(shards, "part-00000.parquet has ", "the file was cut short or replaced");
    assertThatThrownBy(shards::verify).hasMessageContaining("part-00000.parquet");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Shards shards = shards();
    Files.delete(file(shards));
    assertReadingFails(shards, "part-00000.parquet is missing, shards.json lists it");
  }

  @Test
  void aFlippedBitIsFoundByVerifyingAndByReading() throws IOException {
    Shards shards = shards();
    Path file = file(shards);
    Files.delete(file.resolveSibling(".part-00000.parquet.crc")); // the local file system's own
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(shards::verify)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("part-00000.parquet has SHA-256");
    assertReadingFails(shards, "part-00000.parquet is damaged");
  }

  @Test
  void aFileOfOtherDocumentsIsNamed() throws IOException {
    Shards shards = shards();
    ShardGroup group = shards.index().groups().get(0);
    ShardFile file = group.files().get(0);
    List<RowGroup> wrong = List.of(new RowGroup(1, 1));
    ShardGroup other =
        new ShardGroup(
            group.split(),
            group.domain(),
            group.language(),
            1,
            1,
            1,
            List.of(new ShardFile(file.path(), file.length(), file.sha256(), wrong)));
    try (ShardReader reader = shards.reader(other)) {
      assertThatThrownBy(() -> reader.read(0, new int[1], 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("part-00000.parquet has ")
          .hasMessageContaining("the file was replaced");
    }
  }

  @Test
  void anotherTokenizerIsRefused() throws IOException {
    Shards shards = shards();
    shards.requireTokenizer("cafe");
    assertThatThrownBy(() -> shards.requireTokenizer("beef"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was encoded with tokenizer cafe, not with beef");
  }

  @Test
  void aMissingOrDamagedIndexIsNamed() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.toUri());
    assertThatThrownBy(() -> Shards.open(path, WrittenShards.CONFIGURATION))
        .hasMessageContaining("shards.json is missing: tokenize first");
    Files.writeString(folder.resolve("shards.json"), "{\"version\": 1, \"tokenizer_sha256\": 5}");
    assertThatThrownBy(() -> Shards.open(path, WrittenShards.CONFIGURATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shards.json: the entry holdout is missing");
    Files.writeString(folder.resolve("shards.json"), "{\"version\": 1, ");
    assertThatThrownBy(() -> Shards.open(path, WrittenShards.CONFIGURATION))
        .hasMessageContaining("shards.json: ");
  }

  @Test
  void anIndexThatDoesNotAddUpIsNamedByEntry() throws IOException {
    Shards shards = shards();
    long tokens = shards.index().groups().get(0).tokens();
    String sum = "shards.json: groups[0]: %s is %,d, the row groups of its files sum to %,d";
    assertIndexRefused(
        "\"tokens\" : " + tokens, "\"tokens\" : 5", sum.formatted("tokens", 5, tokens));
    assertIndexRefused(
        "\"documents\" : 200", "\"documents\" : 201", sum.formatted("documents", 201, 200));
    assertIndexRefused(
        "\"documents\" : 200",
        "\"documents\" : -1",
        "groups[0]: documents is -1, must be at least");
    assertIndexRefused(
        "\"u16\"", "\"u32\"", "dtype is u32, ids of vocabulary_size 300 are stored as u16");
    assertIndexRefused("\"u16\"", "\"f16\"", "dtype is f16, must be u16 or u32");
    assertIndexRefused(
        "\"end_of_text\" : 0",
        "\"end_of_text\" : 300",
        "end_of_text is 300, must be below vocabulary_size 300");
    assertIndexRefused("\"train\"", "\"test\"", "groups[0]: split is test, must be train or");
  }

  private void assertIndexRefused(String entry, String by, String message) throws IOException {
    Path index = folder.resolve("shards.json");
    String text = Files.readString(index);
    assertThat(text).contains(entry);
    Files.delete(folder.resolve(".shards.json.crc")); // the local file system's own
    Files.writeString(index, text.replaceFirst(Pattern.quote(entry), by));
    assertThatThrownBy(() -> Shards.open(path(), WrittenShards.CONFIGURATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("; tokenize again");
    Files.writeString(index, text);
    Files.createFile(folder.resolve(".shards.json.crc"));
  }

  @Test
  void anIdBeyondTheVocabularyIsNamedByFileRowGroupAndToken() throws IOException {
    List<int[]> documents = WrittenShards.documents(new SplittableRandom(SEED), 200, 300);
    documents.get(3)[0] = 300;
    long position = documents.stream().limit(3).mapToLong(d -> d.length).sum();
    Shards shards = WrittenShards.write(folder, 300, 1, documents);
    assertReadingFails(
        shards, "part-00000.parquet has the id 300 at token %d of row group 0".formatted(position));
    try (ShardDocuments all = ShardDocuments.open(shards, shards.index().groups())) {
      assertThatThrownBy(
              () -> {
                while (all.next()) {}
              })
          .isInstanceOf(DamagedShardException.class)
          .hasMessageContaining("part-00000.parquet has the id 300 at token 0 of document d3");
    }
  }

  @Test
  void anUnknownGroupListsWhatIsThere() throws IOException {
    assertThatThrownBy(() -> shards().index().group(Split.TRAIN, "news", "zh-Hans"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no train shards of domain news and language zh-Hans")
        .hasMessageContaining("web/en (");
  }

  private Shards shards() throws IOException {
    List<int[]> documents = WrittenShards.documents(new SplittableRandom(SEED), 200, 300);
    return WrittenShards.write(folder, 300, 1, documents);
  }

  private org.apache.hadoop.fs.Path path() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private Path file(Shards shards) {
    return folder.resolve(shards.index().groups().get(0).files().get(0).path());
  }

  private static void assertReadingFails(Shards shards, String... messages) throws IOException {
    try (ShardReader reader = shards.reader(shards.index().groups().get(0))) {
      int[] out = new int[(int) reader.tokens()];
      assertThatThrownBy(() -> reader.read(0, out, 0, out.length))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(messages);
    }
  }
}
