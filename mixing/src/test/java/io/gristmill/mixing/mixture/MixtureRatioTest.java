package io.gristmill.mixing.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.blend.BlendOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ratios by temperature and in parts, caps of single lines, phases. */
class MixtureRatioTest {
  private static final Weight ENGLISH = unsaid("*", "en");
  private static final Weight CHINESE = unsaid("*", "zh*");

  /** 1,000,000 tokens of English and 200,000 of Chinese. */
  @Test
  void temperatureOneTakesBySize() {
    Mixture mixture = plan(1, List.of(), ENGLISH, CHINESE);
    assertThat(mixture.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(5L), List.of(1L));
    assertThat(mixture.components().get(0).share()).isCloseTo(5 / 6.0, within(1e-15));
  }

  @Test
  void temperatureLiftsWhatIsSmall() {
    // 1000 : 447.2136, 100 : 58.4804, 1.0139 : 1.0123, computed with 40 digits
    assertThat(share(2)).isCloseTo(0.3090170, within(1e-6));
    assertThat(share(3)).isCloseTo(0.3690070, within(1e-6));
    assertThat(share(1000)).isCloseTo(0.4995976, within(1e-6));
    Mixture mixture = plan(2, List.of(), ENGLISH, CHINESE);
    long sum = mixture.components().stream().mapToLong(c -> c.weights().getFirst()).sum();
    assertThat(sum).isEqualTo(1 << 20);
    assertThat(mixture.components().get(1).weights().getFirst() / (double) sum)
        .isCloseTo(0.3090170, within(1e-6));
  }

  private static double share(double temperature) {
    return plan(temperature, List.of(), ENGLISH, CHINESE).components().get(1).share();
  }

  @Test
  void partsDivideWhatTheirLineHas() {
    Mixture nested =
        plan(
            0,
            List.of(),
            parts("*", "zh*", 0.4, 0, new Weight("news", "*", 0.3), new Weight("docs", "*", 0.7)),
            new Weight("*", "en", 0.6));
    Mixture flat =
        plan(
            0,
            List.of(),
            new Weight("news", "zh*", 0.12),
            new Weight("docs", "zh*", 0.28),
            new Weight("*", "en", 0.6));
    assertThat(nested).isEqualTo(flat);
    assertThat(nested.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(3L), List.of(7L), List.of(15L));
  }

  @Test
  void partsMayBeTakenBySizeWithinALineOfGivenWeight() {
    Mixture mixture =
        plan(
            0,
            List.of(),
            parts("*", "zh*", 0.4, 1, unsaid("docs", "*"), unsaid("news", "zh-Hans")),
            new Weight("*", "en", 0.6));
    assertThat(mixture.components())
        .extracting(Mixture.Component::label)
        .containsExactly("docs/zh*", "news/zh-Hans", "*/en");
    // 150,000 and 50,000 tokens: 3/4 and 1/4 of 0.4
    assertThat(mixture.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(3L), List.of(1L), List.of(6L));
  }

  @Test
  void aPartTakesOnlyWhatItsLineTakes() {
    Mixture mixture =
        plan(
            0,
            List.of(),
            parts("*", "zh*", 0.5, 0, new Weight("*", "*", 1)),
            new Weight("docs", "*", 0.5));
    assertThat(mixture.components().get(1).groups())
        .extracting(Mixture.Group::label)
        .containsExactly("docs/en");
    assertThat(mixture.unused()).extracting(Mixture.Group::label).containsExactly("news/ja");
  }

  @Test
  void aLineMayHaveACapOfItsOwnAndItsPartsToo() {
    Mixture mixture =
        MixturePlanner.plan(
            config(
                0,
                List.of(),
                0,
                WhenCapped.SHRINK,
                new Weight("*", "en", 0.5, 1, 0, List.of()),
                new Weight(
                    "*",
                    "zh*",
                    0.5,
                    100,
                    0,
                    List.of(
                        new Weight("news", "*", 0.5),
                        new Weight("docs", "*", 0.5, 50, 0, List.of())))),
            MixturePlannerTest.INDEX);
    assertThat(mixture.components())
        .extracting(Mixture.Component::maxEpochs)
        .containsExactly(1.0, 100.0, 50.0);
    // 10,000 sequences of English once, as many of Chinese, half of them news of 500
    assertThat(mixture.components())
        .extracting(Mixture.Component::sequences)
        .containsExactly(10_000L, 5_000L, 5_000L);
    assertThat(mixture.limiting()).extracting(Mixture.Component::label).containsExactly("*/en");
    assertThat(MixtureJson.parse(MixtureJson.text(mixture), "m")).isEqualTo(mixture);
  }

  @Test
  void theCapOfALineSaysWhatWouldBeEnough() {
    assertThatThrownBy(
            () ->
                MixturePlanner.plan(
                    config(
                        0,
                        List.of(),
                        2_000_000,
                        WhenCapped.STOP,
                        new Weight("*", "en", 0.5),
                        new Weight("*", "zh*", 0.5, 4, 0, List.of())),
                    MixturePlannerTest.INDEX))
        .hasMessageContaining(
            "*/zh* has 200,000 tokens and would be repeated 5.00 times, its max-epochs is 4.0; ask for at most 1,600,100 tokens, raise max-epochs to 5.00, add 50,000 tokens of it");
  }

  @Test
  void aPhaseHasItsShareOfTheTokensAndItsOwnRatio() {
    Mixture mixture = plan(0, decay(0.2, 0.8), new Weight("*", "en", 0.5), chinese(0.5));
    assertThat(mixture.phases())
        .containsExactly(new Mixture.Phase(0.9, 9_000), new Mixture.Phase(0.1, 1_000));
    assertThat(mixture.components())
        .extracting(Mixture.Component::phaseSequences)
        .containsExactly(List.of(4_500L, 200L), List.of(4_500L, 800L));
    assertThat(mixture.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(1L, 1L), List.of(1L, 4L));
    assertThat(mixture.components())
        .extracting(Mixture.Component::share)
        .containsExactly(0.47, 0.53);
  }

  @Test
  void aShorterRunEndsInThePhaseThatItReaches() {
    Mixture mixture = plan(0, decay(0.2, 0.8), new Weight("*", "en", 0.5), chinese(0.5));
    assertThat(List.of(1, 8_999, 9_000)).allSatisfy(n -> assertThat(mixture.phaseOf(n)).isZero());
    assertThat(List.of(9_001, 10_000)).allSatisfy(n -> assertThat(mixture.phaseOf(n)).isOne());
  }

  @Test
  void countsThatAreNotThoseOfTheWeightsAreRefused() {
    String text =
        MixtureJson.text(plan(0, decay(0.2, 0.8), new Weight("*", "en", 0.5), chinese(0.5)));
    assertThatThrownBy(
            () -> MixtureJson.parse(text.replace("[ 4500, 800 ]", "[ 4501, 799 ]"), "m.json"))
        .hasMessage(
            "m.json: component */zh* has 4501, 799 sequences, its weight 1, 4 gives it 4500, 800 of 9000, 1000; mix again");
  }

  @Test
  void aPhaseMayLeaveALineOutAndPartsKeepTheirRatio() {
    Mixture mixture =
        plan(
            0,
            decay(0.0, 1.0),
            new Weight("*", "en", 1),
            parts("*", "zh*", 0, 0, new Weight("news", "*", 0.25), new Weight("docs", "*", 0.75)));
    assertThat(mixture.components())
        .extracting(Mixture.Component::weights)
        .containsExactly(List.of(1L, 0L), List.of(0L, 1L), List.of(0L, 3L));
    assertThat(mixture.components())
        .extracting(Mixture.Component::sequences)
        .containsExactly(9_000L, 250L, 750L);
  }

  @Test
  void theCapHoldsOverAllPhases() {
    Mixture mixture =
        MixturePlanner.plan(
            config(
                0, decay(0.2, 0.8), 0, WhenCapped.SHRINK, new Weight("*", "en", 0.5), chinese(0.5)),
            MixturePlannerTest.INDEX);
    // 0.53 of the run are 8 epochs of 2,000 sequences
    assertThat(mixture.sequences()).isBetween(30_187L, 30_189L);
    assertThat(mixture.components().get(1).epochs()).isGreaterThan(7.999).isLessThanOrEqualTo(8);
    assertThat(mixture.limiting()).extracting(Mixture.Component::label).containsExactly("*/zh*");
    assertThat(mixture.phases().get(0).sequences())
        .isEqualTo(Math.round(0.9 * mixture.sequences()));
  }

  @Test
  void phasesOfTheSameRatioAreOnePhase() {
    Mixture one = plan(0, List.of(), new Weight("*", "en", 0.7), chinese(0.3));
    Mixture two =
        plan(
            0,
            List.of(new PhaseConfig(0.35, List.of()), new PhaseConfig(0.65, List.of(0.7, 0.3))),
            new Weight("*", "en", 0.7),
            chinese(0.3));
    BlendOrder first = one.order();
    BlendOrder second = two.order();
    for (long n = 0; n < one.sequences(); n++) {
      assertThat(second.component(n)).isEqualTo(first.component(n));
    }
  }

  @Test
  void thePlanWithPhasesReadsBackAndIsAnotherVersion() {
    Mixture mixture = plan(0, decay(0.2, 0.8), new Weight("*", "en", 0.5), chinese(0.5));
    String text = MixtureJson.text(mixture);
    assertThat(MixtureJson.parse(text, "m")).isEqualTo(mixture);
    assertThat(text).contains("\"version\" : 2", "\"phase_sequences\" : [ 4500, 800 ]");
    assertThatThrownBy(() -> MixtureJson.parse(text.replace("[ 1, 4 ]", "[ 1, 3 ]"), "m.json"))
        .hasMessageContaining("m.json: component")
        .hasMessageContaining("mix again");
    assertThatThrownBy(() -> MixtureJson.parse(text.replace("[ 1, 4 ]", "[ 1 ]"), "m.json"))
        .hasMessageContaining("has 1 weights and 2 numbers of sequences in 2 phases");
    assertThat(MixtureJson.text(plan(0, List.of(), chinese(1))))
        .contains("\"version\" : 1", "\"weight\" : 1")
        .doesNotContain("phases");
  }

  @Test
  void aPhaseTooShortForASequenceIsRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    0,
                    List.of(new PhaseConfig(0.99999, List.of()), new PhaseConfig(1e-5, List.of())),
                    chinese(1)))
        .hasMessageContaining("phase 2 has 0.000010 of the tokens, which is no sequence of 10,000");
  }

  @Test
  void ratiosThatAreNoneAreRefused() {
    assertThatThrownBy(() -> plan(0, List.of(), ENGLISH))
        .hasMessageContaining(
            "mixture.weights have no weight for */en; say it, or mixture.temperature");
    assertThatThrownBy(() -> plan(2, List.of(), chinese(1)))
        .hasMessageContaining(
            "mixture.weights have a weight for */zh* beside mixture.temperature, which gives it");
    assertThatThrownBy(() -> plan(0.5, List.of(), ENGLISH))
        .hasMessageContaining("temperature is 0.5, must be 0 for weights as given, or 1 to 1000");
    assertThatThrownBy(() -> parts("*", "zh*", 1, 0, new Weight("news", "*", 0.9)))
        .hasMessage(
            "parts of */zh* sum to 0.9, must sum to 1; multiplied by 1.111111 they would: 1");
    assertThatThrownBy(() -> new Weight("*", "en", 1, 0, 2, List.of()))
        .hasMessageContaining("temperature of */en is 2.0, but it has no parts");
    assertThatThrownBy(() -> new Weight("*", "en", 1, -1, 0, List.of()))
        .hasMessageContaining("max-epochs of */en is -1.0, must be above 0 and at most 1000");
    assertThatThrownBy(() -> plan(0, decay(1.0), new Weight("*", "en", 0.5), chinese(0.5)))
        .hasMessageContaining("mixture.phases have 1 weights in phase 2, must have 2");
    assertThatThrownBy(() -> plan(0, List.of(new PhaseConfig(0.9, List.of())), chinese(1)))
        .hasMessageContaining("mixture.phases have shares that sum to 0.9, must sum to 1");
    assertThatThrownBy(() -> new PhaseConfig(0.1, List.of(0.3, 0.6)))
        .hasMessage(
            "weights sum to 0.9, must sum to 1; multiplied by 1.111111 they would: 0.333333, 0.666667");
    assertThatThrownBy(() -> new PhaseConfig(0.1, List.of(0.0, 0.0)))
        .hasMessage("weights sum to 0, must sum to 1");
    assertThatThrownBy(() -> new PhaseConfig(0, List.of()))
        .hasMessageContaining("share is 0.0, must be above 0");
  }

  private static Weight unsaid(String domain, String language) {
    return new Weight(domain, language, Double.NaN);
  }

  private static Weight chinese(double weight) {
    return new Weight("*", "zh*", weight);
  }

  private static Weight parts(
      String domain, String language, double weight, double temperature, Weight... parts) {
    return new Weight(domain, language, weight, 0, temperature, List.of(parts));
  }

  private static List<PhaseConfig> decay(Double... weights) {
    return List.of(new PhaseConfig(0.9, List.of()), new PhaseConfig(0.1, List.of(weights)));
  }

  private static MixtureConfig config(
      double temperature,
      List<PhaseConfig> phases,
      long tokens,
      WhenCapped whenCapped,
      Weight... weights) {
    return new MixtureConfig(List.of(weights), temperature, phases, 100, tokens, 8, whenCapped, 1);
  }

  private static Mixture plan(double temperature, List<PhaseConfig> phases, Weight... weights) {
    return MixturePlanner.plan(
        config(temperature, phases, 1_000_000, WhenCapped.STOP, weights), MixturePlannerTest.INDEX);
  }
}
