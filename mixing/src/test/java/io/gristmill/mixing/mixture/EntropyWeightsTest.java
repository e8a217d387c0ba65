package io.gristmill.mixing.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.mixing.bigram.BigramEntropy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights by the entropies of bigrams, over 1,000,000 tokens of English and 200,000 of Chinese. */
class EntropyWeightsTest {
  private static final Weight ENGLISH = new Weight("*", "en", Double.NaN);
  private static final Weight CHINESE = new Weight("*", "zh*", Double.NaN);
  private static final Weight CHINESE_IN_PARTS =
      new Weight(
          "*",
          "zh*",
          Double.NaN,
          0,
          0,
          RatioBy.ENTROPY,
          List.of(new Weight("news", "*", Double.NaN), new Weight("*", "*", Double.NaN)));

  @Test
  void ofEachLineAsMuchIsMeasuredAsTheSmallestHas() {
    assertThat(MixturePlanner.samples(config(1 << 22, ENGLISH, CHINESE), MixturePlannerTest.INDEX))
        .containsExactly(
            new EntropySample("*/en", List.of(part("docs", "en", 200_000))),
            new EntropySample(
                "*/zh*",
                List.of(part("docs", "zh-Hans", 150_000), part("news", "zh-Hans", 50_000))));
  }

  @Test
  void groupsShareWhatIsMeasuredByTheirSizes() {
    assertThat(MixturePlanner.samples(config(3, ENGLISH, CHINESE), MixturePlannerTest.INDEX))
        .containsExactly(
            new EntropySample("*/en", List.of(part("docs", "en", 3))),
            new EntropySample(
                "*/zh*", List.of(part("docs", "zh-Hans", 2), part("news", "zh-Hans", 1))));
    assertThat(
            MixturePlanner.samples(config(1, CHINESE), MixturePlannerTest.INDEX).getFirst().parts())
        .containsExactly(part("news", "zh-Hans", 1));
  }

  @Test
  void theHarderLineGetsMoreByTheExponentialOfItsEntropy() {
    Mixture mixture =
        MixturePlanner.plan(
            config(1 << 22, ENGLISH, CHINESE),
            MixturePlannerTest.INDEX,
            List.of(entropy(3), entropy(3 + Math.log(3))));
    assertThat(mixture.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(1L), List.of(3L));
    assertThat(mixture.components())
        .extracting(Mixture.Component::share)
        .containsExactly(0.25, 0.75);
    assertThat(mixture.entropies())
        .containsExactly(
            new Mixture.Entropy("*/en", 0.25, entropy(3)),
            new Mixture.Entropy("*/zh*", 0.75, entropy(3 + Math.log(3))));
  }

  @Test
  void theWeightsAreMillionthsThatCanBeWrittenInTheirPlace() {
    Mixture mixture =
        MixturePlanner.plan(
            config(1 << 22, ENGLISH, CHINESE),
            MixturePlannerTest.INDEX,
            List.of(entropy(4.123), entropy(3.877)));
    // exp(0.246) / (1 + exp(0.246)) = 0.561192...
    assertThat(mixture.entropies())
        .extracting(Mixture.Entropy::weight)
        .containsExactly(0.561192, 0.438808);
    Mixture given =
        MixturePlanner.plan(
            given(new Weight("*", "en", 0.561192), new Weight("*", "zh*", 0.438808)),
            MixturePlannerTest.INDEX);
    assertThat(mixture.components()).isEqualTo(given.components());
    assertThat(mixture.phases()).isEqualTo(given.phases());
  }

  @Test
  void partsHaveEntropiesOfTheirOwn() {
    MixtureConfig config = config(1 << 22, ENGLISH, CHINESE_IN_PARTS);
    assertThat(MixturePlanner.samples(config, MixturePlannerTest.INDEX))
        .containsExactly(
            new EntropySample("*/en", List.of(part("docs", "en", 200_000))),
            new EntropySample(
                "*/zh*",
                List.of(part("news", "zh-Hans", 50_000), part("docs", "zh-Hans", 150_000))),
            new EntropySample("news/*", List.of(part("news", "zh-Hans", 50_000))),
            new EntropySample("*/*", List.of(part("docs", "zh-Hans", 50_000))));
    Mixture mixture =
        MixturePlanner.plan(
            config,
            MixturePlannerTest.INDEX,
            List.of(entropy(5), entropy(5), entropy(2 + Math.log(3)), entropy(2)));
    assertThat(mixture.components())
        .extracting(Mixture.Component::share)
        .containsExactly(0.5, 0.375, 0.125);
    assertThat(mixture.entropies())
        .extracting(Mixture.Entropy::line)
        .containsExactly("*/en", "*/zh*", "*/zh*: news/*", "*/zh*: */*");
    assertThat(MixtureJson.parse(MixtureJson.text(mixture), "m")).isEqualTo(mixture);
  }

  @Test
  void partsMayHaveEntropiesWithinALineOfGivenWeight() {
    Weight chinese = new Weight("*", "zh*", 0.4, 0, 0, RatioBy.ENTROPY, CHINESE_IN_PARTS.parts());
    Mixture mixture =
        MixturePlanner.plan(
            given(new Weight("*", "en", 0.6), chinese),
            MixturePlannerTest.INDEX,
            List.of(entropy(2), entropy(2)));
    assertThat(mixture.components())
        .extracting(Mixture.Component::share)
        .containsExactly(0.6, 0.2, 0.2);
  }

  @Test
  void aMixtureWithoutEntropiesSaysNothingOfThem() {
    Mixture mixture = MixturePlanner.plan(given(new Weight("*", "*", 1)), MixturePlannerTest.INDEX);
    assertThat(MixturePlanner.samples(given(new Weight("*", "*", 1)), MixturePlannerTest.INDEX))
        .isEmpty();
    assertThat(MixtureJson.text(mixture)).doesNotContain("entrop");
  }

  @Test
  void anEmptyLineIsToldBeforeAnythingIsMeasured() {
    assertThatThrownBy(
            () ->
                MixturePlanner.samples(
                    config(10, new Weight("book", "en", Double.NaN)), MixturePlannerTest.INDEX))
        .hasMessageContaining("book/en takes no training shards; there are: docs/en");
  }

  @Test
  void ratiosThatAreGivenTwiceAreRefused() {
    assertThatThrownBy(() -> config(10, ENGLISH, new Weight("*", "zh*", 0.5)))
        .hasMessage(
            "mixture.weights have a weight for */zh* beside mixture.by: entropy, which gives it; remove one");
    assertThatThrownBy(() -> config(2, RatioBy.ENTROPY, 10, ENGLISH))
        .hasMessage(
            "temperature is 2.0, but by is entropy, which gives the weights too; remove one");
    assertThatThrownBy(() -> new Weight("*", "zh*", 1, 0, 2, RatioBy.ENTROPY, List.of(ENGLISH)))
        .hasMessageContaining("temperature of */zh* is 2.0, but by is entropy");
    assertThatThrownBy(() -> new Weight("*", "zh*", 1, 0, 0, RatioBy.ENTROPY, List.of()))
        .hasMessageContaining("by of */zh* is entropy, but it has no parts");
    assertThatThrownBy(() -> given(ENGLISH))
        .hasMessage(
            "mixture.weights have no weight for */en; say it, or mixture.temperature to take it from the sizes, or mixture.by: entropy");
    assertThatThrownBy(() -> config(0, ENGLISH))
        .hasMessage("mixture.entropy-tokens is 0, must be at least 1; 4194304 is usual");
    assertThatThrownBy(() -> MixturePlanner.plan(config(10, ENGLISH), MixturePlannerTest.INDEX))
        .hasMessageContaining("must have been measured");
  }

  private static BigramEntropy entropy(double nats) {
    return new BigramEntropy(1000, 300, 100, nats);
  }

  private static EntropySample.Part part(String domain, String language, long tokens) {
    return new EntropySample.Part(domain, language, tokens);
  }

  private static MixtureConfig config(long tokens, Weight... lines) {
    return config(0, RatioBy.ENTROPY, tokens, lines);
  }

  private static MixtureConfig given(Weight... lines) {
    return config(0, RatioBy.WEIGHT, 1 << 22, lines);
  }

  private static MixtureConfig config(
      double temperature, RatioBy by, long tokens, Weight... lines) {
    return new MixtureConfig(
        List.of(lines),
        temperature,
        by,
        tokens,
        List.of(),
        100,
        1_000_000,
        8,
        WhenCapped.SHRINK,
        1);
  }
}
