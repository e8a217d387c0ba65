package io.gristmill.mixing.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.online.WeightLog;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixturePlannerTest {
  static final ShardIndex INDEX =
      index(
          group("docs", "en", 1_000_000),
          group("docs", "zh-Hans", 150_000),
          group("news", "zh-Hans", 50_000),
          group("news", "ja", 10));

  @Test
  void anEvenMixtureTakesTheSameFromEachLanguageWhateverTheyHave() {
    Mixture mixture = plan(1_000_000, 8, WhenCapped.STOP, even());
    assertThat(mixture.sequences()).isEqualTo(10_000);
    assertThat(mixture.components()).extracting(Mixture.Component::sequences).containsOnly(5_000L);
    assertThat(mixture.components().get(0).epochs()).isEqualTo(0.5);
    assertThat(mixture.components().get(1).epochs()).isEqualTo(2.5);
    assertThat(mixture.components().get(1).groups())
        .extracting(Mixture.Group::label)
        .containsExactly("docs/zh-Hans", "news/zh-Hans");
    assertThat(mixture.unused()).extracting(Mixture.Group::label).containsExactly("news/ja");
    assertThat(mixture.languages())
        .containsExactly(
            new Mixture.LanguageShare("en", 1_000_000, 500_000, 0.5),
            new Mixture.LanguageShare("zh-Hans", 200_000, 500_000, 2.5));
    assertThat(mixture.shrunk()).isFalse();
  }

  @Test
  void theCapShrinksTheWholeSoThatTheRatioStaysExact() {
    Mixture mixture = plan(100_000_000, 8, WhenCapped.SHRINK, even());
    assertThat(mixture.shrunk()).isTrue();
    assertThat(mixture.limiting()).extracting(Mixture.Component::label).containsExactly("*/zh*");
    assertThat(mixture.components().get(1).epochs()).isEqualTo(8);
    assertThat(mixture.components().get(0).sequences()).isBetween(16_000L, 16_001L);
  }

  @Test
  void totalTokensZeroTakesWhatTheCapAllows() {
    Mixture mixture = plan(0, 1, WhenCapped.STOP, new Weight("docs", "en", 1));
    assertThat(mixture.tokens()).isEqualTo(1_000_000);
    assertThat(mixture.shrunk()).isFalse();
  }

  @Test
  void aWeightOfZeroTakesNothing() {
    Mixture mixture =
        plan(10_000, 8, WhenCapped.STOP, new Weight("*", "en", 1), new Weight("*", "zh*", 0));
    assertThat(mixture.components().get(1).sequences()).isZero();
  }

  @Test
  void aGroupBelongsToTheFirstComponentThatTakesIt() {
    Mixture mixture =
        plan(
            10_000,
            8,
            WhenCapped.STOP,
            new Weight("news", "zh*", 0.3),
            new Weight("*", "zh*", 0.7));
    assertThat(mixture.components().get(1).groups())
        .extracting(Mixture.Group::label)
        .containsExactly("docs/zh-Hans");
  }

  @Test
  void tooFewTokensSayWhatWouldFit() {
    assertThatThrownBy(() -> plan(100_000_000, 8, WhenCapped.STOP, even()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "*/zh* has 200,000 tokens and would be repeated 250.00 times, mixture.max-epochs is 8.0; ask for at most 3,200,100 tokens, raise max-epochs to 250.00, add 6,050,000 tokens of it, or set mixture.when-capped to shrink");
  }

  @Test
  void anUnknownDomainListsWhatIsThere() {
    assertThatThrownBy(() -> plan(1000, 8, WhenCapped.SHRINK, new Weight("book*", "en", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "book*/en takes no training shards; there are: docs/en (1,000,000 tokens)")
        .hasMessageContaining("news/ja (10 tokens)");
    assertThatThrownBy(
            () ->
                plan(
                    1000,
                    8,
                    WhenCapped.SHRINK,
                    new Weight("*", "*", 0.5),
                    new Weight("*", "en", 0.5)))
        .hasMessageContaining(
            "*/en takes no training shards that an earlier component does not take");
  }

  @Test
  void anEmptyDomainSaysWhatASequenceNeeds() {
    assertThatThrownBy(() -> plan(1000, 8, WhenCapped.SHRINK, new Weight("*", "ja", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "*/ja has 10 training tokens in news/ja, a sequence needs 101 of one group; shorten mixture.sequence-length to 9 or add documents");
  }

  @Test
  void wrongWeightsAreRefused() {
    assertThatThrownBy(() -> new Weight("*", "en", -0.1))
        .hasMessageContaining("is -0.1, must be 0 to 1");
    assertThatThrownBy(() -> plan(1000, 8, WhenCapped.SHRINK, new Weight("*", "en", 0.8)))
        .hasMessageContaining("mixture.weights sum to 0.8, must sum to 1");
    assertThatThrownBy(() -> new Weight("", "en", 1)).hasMessageContaining("must not be empty");
  }

  @Test
  void decimalsBecomeTheSmallestWholeNumbers() {
    assertThat(whole(0.5, 0.5)).containsExactly(1L, 1L);
    assertThat(whole(0.3, 0.7, 0.0)).containsExactly(3L, 7L, 0L);
    assertThat(whole(0.125, 0.875)).containsExactly(1L, 7L);
    assertThat(whole(1.0)).containsExactly(1L);
    List<Long> rounded = whole(0.1234567891, 0.8765432108, 0.0000000001);
    assertThat(rounded).hasSize(3).endsWith(1L);
    assertThat(rounded.stream().mapToLong(w -> w).sum()).isEqualTo(1 << 20);
    assertThat(rounded.get(0) / (double) (1 << 20)).isCloseTo(0.1234567891, within(2e-6));
  }

  @Test
  void phasesWhoseSumsHaveNoCommonMultipleAreAllRoundedToOneSum() {
    List<List<BigInteger>> phases =
        Stream.of(1_000_003, 1_000_033, 1_000_037)
            .map(sum -> List.of(BigInteger.ONE, BigInteger.valueOf(sum - 1L)))
            .toList();
    assertThat(IntegerWeights.of(phases)).containsOnly(List.of(1L, (1L << 20) - 1));
    assertThat(IntegerWeights.of(phases.subList(0, 2)))
        .containsExactly(List.of(1L, 1_000_002L), List.of(1L, 1_000_032L));
  }

  private static List<Long> whole(Double... decimals) {
    List<BigDecimal> exact = Stream.of(decimals).map(BigDecimal::valueOf).toList();
    return IntegerWeights.of(List.of(IntegerWeights.whole(exact))).getFirst();
  }

  @Test
  void thePlanReadsBackAndADamagedOneIsNamed(@TempDir Path folder) throws IOException {
    Mixture mixture = plan(100_000_000, 8, WhenCapped.SHRINK, even());
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.toUri().toString(), "mixture.json");
    Configuration configuration = new Configuration();
    assertThatThrownBy(() -> MixtureJson.read(file, configuration))
        .hasMessageContaining("mixture.json is missing: mix first");
    MixtureJson.write(mixture, file, configuration);
    assertThat(MixtureJson.read(file, configuration)).isEqualTo(mixture);
    assertThat(Files.readString(folder.resolve("mixture.json")))
        .isEqualTo(MixtureJson.text(mixture));
    assertThatThrownBy(
            () ->
                MixtureJson.parse(
                    MixtureJson.text(mixture).replace("\"weight\" : 1", "\"weight\" : 2.5"),
                    "m.json"))
        .hasMessageContaining("m.json: weight is 2.5, must be a whole number; mix again");
    assertThatThrownBy(
            () ->
                MixtureJson.parse(
                    MixtureJson.text(mixture).replaceFirst("\"weight\" : 1", "\"weight\" : 2"),
                    "m.json"))
        .hasMessageContaining("its weight 2 gives it");
  }

  @Test
  void aLogOfWeightsReadsBackAndIsAnotherVersion() {
    Mixture planned = plan(100_000_000, 8, WhenCapped.SHRINK, even());
    long[] caps = planned.components().stream().mapToLong(Mixture.Component::cap).toArray();
    WeightLog log =
        WeightLog.none()
            .then(5, List.of(0.5, 0.5), caps)
            .then(8, List.of(0.7, 0.30000000000000004), caps);
    String text = MixtureJson.text(planned.with(log));
    assertThat(MixtureJson.parse(text, "m")).isEqualTo(planned.with(log));
    // 2.5 each, of which the first gets 3; then 5.6 - 0.5 and 2.4 + 0.5
    assertThat(text)
        .contains(
            "\"version\" : 3",
            "\"from\" : 5",
            "\"turns\" : [ 5, 3 ]",
            "\"deviation\" : [ 0.5, -0.5 ]");
    assertThatThrownBy(() -> MixtureJson.parse(text.replace("[ 5, 3 ]", "[ 6, 2 ]"), "m.json"))
        .hasMessageContaining("m.json: component */en has 8 sequences, the weight log gives it 9");
    assertThatThrownBy(() -> MixtureJson.parse(text.replace("[ 5, 3 ]", "[ 5, 4 ]"), "m.json"))
        .hasMessageContaining("the weight log has 14 sequences, the mixture 13 in 1 phases");
    assertThatThrownBy(() -> MixtureJson.parse(text.replace("[ 5, 3 ]", "[ 8 ]"), "m.json"))
        .hasMessageContaining("turns of 1 components");
    assertThatThrownBy(
            () -> MixtureJson.parse(text.replace("[ 0.7, 0.3", "[ \"x\", 0.3"), "m.json"))
        .hasMessageContaining("weights has \"x\", must have numbers");
    assertThatThrownBy(
            () -> MixtureJson.parse(text.replace("\"version\" : 3", "\"version\" : 4"), "m.json"))
        .hasMessageContaining("version is 4, must be 1 to 3");
  }

  private static Weight[] even() {
    return new Weight[] {new Weight("*", "en", 0.5), new Weight("*", "zh*", 0.5)};
  }

  private static Mixture plan(
      long tokens, double epochs, WhenCapped whenCapped, Weight... weights) {
    return MixturePlanner.plan(
        new MixtureConfig(List.of(weights), 100, tokens, epochs, whenCapped, 1), INDEX);
  }

  private static ShardGroup group(String domain, String language, long tokens) {
    return new ShardGroup(Split.TRAIN, domain, language, 10, tokens, 4 * tokens, List.of());
  }

  private static ShardIndex index(ShardGroup... groups) {
    return new ShardIndex("cafe", 4096, TokenWidth.U16, 7, 0, new Holdout(7, 0.1), List.of(groups));
  }
}
