package io.gristmill.curation.quality.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.curation.quality.ModelInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KenLmModelTest {
  private static final String ARPA =
      """
      \\data\\
      ngram 1=5
      ngram 2=3
      ngram 3=1

      \\1-grams:
      -2\t<unk>
      -99\t<s>\t-.5
      -1\t</s>
      -.7\t磨\t-.25
      -.8\tmill\t-.125

      \\2-grams:
      -.3\t<s> 磨\t-.0625
      -.4\t磨 mill\t-.03125
      -.2\tmill </s>

      \\3-grams:
      -.1\t<s> 磨 mill

      \\end\\
      """;

  /** Hash and number of each word of the ARPA file, as KenLM numbers them. */
  private static final List<String> WORDS = List.of("<s>", "</s>", "磨", "mill");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "磨 mill, -.3 -.1 -.2 -.03125", // <s> 磨, <s> 磨 mill, then mill </s> without 磨 mill before it
    "mill, -.8 -.5 -.2", // no <s> mill
    "磨 磨, -.3 -.7 -.0625 -.25 -1 -.25", // 磨 </s> is not there
    "wheat, -2 -.5 -1", // an unknown word: nothing goes on from it
    "wheat mill, -2 -.5 -.8 -.2"
  })
  void scoresAreThoseOfBackingOff(String line, String parts) throws IOException {
    double expected = Arrays.stream(parts.split(" ")).mapToDouble(Double::parseDouble).sum();
    List<String> words = List.of(line.split(" "));
    assertThat(arpa(ARPA).score(words)).isCloseTo(expected, within(1e-6));
    assertThat(binary(binary()).score(words)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void perplexityIsThatOfAllLines() throws IOException {
    KenLmModel.Scoring scoring = arpa(ARPA);
    double both = scoring.score(List.of("磨", "mill")) + scoring.score(List.of("mill"));
    assertThat(
            scoring
                .perplexity(List.of(List.of("磨", "mill"), List.of(), List.of("mill")))
                .getAsDouble())
        .isCloseTo(Math.pow(10, -both / 5), within(1e-9));
    assertThat(scoring.perplexity(List.of(List.of()))).isEmpty();
  }

  @Test
  void runsThatWerePrunedAwayAreFilledIn() throws IOException {
    String pruned = ARPA.replace("ngram 2=3", "ngram 2=2").replace("-.4\t磨 mill\t-.03125\n", "");
    // <s> 磨 mill is still found; 磨 mill has the probability of backing off, and the weight 0
    assertThat(arpa(pruned).score(List.of("磨", "mill"))).isCloseTo(-.3 - .1 - .2, within(1e-6));
    assertThat(arpa(pruned).score(List.of("mill", "磨", "mill")))
        .isCloseTo(-.8 - .5 - .7 - .125 - .8 - .25 - .2, within(1e-6));
  }

  @Test
  void formatIsToldByTheContent() throws IOException {
    Path zipped = folder.resolve("model.arpa.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(ARPA.getBytes(StandardCharsets.UTF_8));
    }
    Path plain = Files.writeString(folder.resolve("model.lm"), ARPA);
    Path binary = Files.write(folder.resolve("model.any"), binary());
    for (Path file : List.of(zipped, plain, binary)) {
      KenLmModel model = KenLmModel.read(hadoop(file), new Configuration());
      assertThat(model.scoring().score(List.of("mill"))).isCloseTo(-1.5, within(1e-6));
    }
    Files.write(zipped, Arrays.copyOf(Files.readAllBytes(zipped), 60));
    assertThatThrownBy(() -> KenLmModel.read(hadoop(zipped), new Configuration()))
        .hasMessageContaining("model.arpa.gz: is no whole gzip file");
    assertThatThrownBy(() -> KenLmModel.read(hadoop(folder.resolve("absent")), new Configuration()))
        .hasMessageContaining("absent: no such model");
  }

  @Test
  void everyTruncationOfAnArpaFileIsTold() {
    String whole = ARPA.strip();
    for (int length = 0; length < whole.length() - 1; length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> arpa(cut))
          .as("cut to '%s'", cut)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("some.arpa: ")
          .hasMessageMatching("(?s).*line \\d+ .*");
    }
  }

  @Test
  void badLinesOfAnArpaFileAreToldByNumber() {
    assertThatThrownBy(() -> arpa("Once upon a time"))
        .hasMessage(
            "some.arpa: line 1 is 'Once upon a time', must be \\data\\; this is neither an ARPA file nor a binary file of KenLM");
    assertThatThrownBy(() -> arpa(ARPA.replace("-.8\tmill", "eight\tmill")))
        .hasMessage("some.arpa: line 11 has 'eight' where a number must be");
    assertThatThrownBy(() -> arpa(ARPA.replace("-.8\tmill", ".8\tmill")))
        .hasMessage("some.arpa: line 11 has the log10 probability .8, must be 0 or less");
    assertThatThrownBy(() -> arpa(ARPA.replace("ngram 2=3", "ngram 2=4")))
        .hasMessageContaining("some.arpa: line 18 has 1 fields, must be a probability, 2 words");
  }

  @Test
  void everyTruncationOfABinaryFileIsTold() {
    byte[] whole = binary();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> binary(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("some[.]bin: .*byte \\d+ .*copy (the file|it) again");
    }
  }

  @Test
  void triesAreRefused() {
    byte[] trie = binary();
    trie[88 + 8] = 2;
    assertThatThrownBy(() -> binary(trie))
        .hasMessageStartingWith(
            "some.bin: model type before byte 108 is 2, (trie); only probing is read: 'build_binary probing");
  }

  @Test
  void hashOfNothingIsZeroAndTellsCaseApart() {
    // MurmurHash64A of its author, seed 0
    assertThat(MurmurHash.of(new byte[0])).isZero();
    assertThat(MurmurHash.of("<unk>".getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(MurmurHash.of("<UNK>".getBytes(StandardCharsets.UTF_8)));
  }

  private static KenLmModel.Scoring arpa(String text) throws IOException {
    return new KenLmModel(
            ArpaFile.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "some.arpa"))
        .scoring();
  }

  private static KenLmModel.Scoring binary(byte[] bytes) {
    return new KenLmModel(
            KenLmFile.read(
                new ModelInput(new ByteArrayInputStream(bytes), "some.bin", bytes.length)))
        .scoring();
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** The same model as build_binary lays it out. */
  private static byte[] binary() {
    ByteBuffer out = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
    out.put(
        "mmap lm http://kheafield.com/code format version 5\n".getBytes(StandardCharsets.US_ASCII));
    out.position(56);
    out.putFloat(0).putFloat(1).putFloat(-.5f).putInt(1).putInt(-1).putInt(0).putLong(1);
    out.put((byte) 3).put(new byte[3]).putFloat(1.5f).putInt(0).put((byte) 0).put(new byte[3]);
    out.putInt(0).putLong(5).putLong(3).putLong(1);
    out.position((out.position() + 7) / 8 * 8);
    out.putInt(0).putInt(5);
    byte[] words = new byte[7 * 12];
    for (int i = 0; i < WORDS.size(); i++) {
      long hash = MurmurHash.of(WORDS.get(i).getBytes(StandardCharsets.UTF_8));
      slot(words, hash, 12).putInt(i + 1);
    }
    out.put(words);
    float[][] unigrams = {{-2, 0}, {-99, -.5f}, {-1, 0}, {-.7f, -.25f}, {-.8f, -.125f}, {0, 0}};
    for (float[] unigram : unigrams) {
      out.putFloat(unigram[0]).putFloat(unigram[1]);
    }
    byte[] bigrams = new byte[4 * 16];
    slot(bigrams, NgramTable.extended(3, 1), 16).putFloat(.3f).putFloat(-.0625f);
    slot(bigrams, NgramTable.extended(4, 3), 16).putFloat(.4f).putFloat(-.03125f);
    slot(bigrams, NgramTable.extended(2, 4), 16).putFloat(-.2f).putFloat(0);
    out.put(bigrams);
    byte[] trigrams = new byte[2 * 12];
    slot(trigrams, NgramTable.extended(NgramTable.extended(4, 3), 1), 12).putFloat(-.1f);
    out.put(trigrams);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static ByteBuffer slot(byte[] table, long key, int size) {
    ByteBuffer all = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    int slots = table.length / size;
    int slot = (int) Long.remainderUnsigned(key, slots);
    while (all.getLong(slot * size) != 0) {
      slot = (slot + 1) % slots;
    }
    all.position(slot * size).putLong(key);
    return all;
  }
}
