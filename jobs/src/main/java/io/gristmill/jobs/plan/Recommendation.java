package io.gristmill.jobs.plan;

import io.gristmill.mixing.law.scaling.BatchByLoss;
import io.gristmill.mixing.law.scaling.StepLaw;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.schedule.Schedule;
import io.gristmill.trainer.training.ScheduleConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Batch and learning rate by the law that belongs to the schedule. Each law has a parametrisation
 * and a schedule of its own, so the batch of one never stands beside the rate of another.
 *
 * @param law which one, with its source; empty where the schedule has none
 * @param batchTokens 0 where the law tells no batch
 * @param learningRate highest of the run; 0 where the law's cannot be used here
 * @param extrapolated whether the law is asked about something beyond what it was fitted on
 * @param notes what it holds for, and what to mind
 */
public record Recommendation(
    String law, double batchTokens, double learningRate, boolean extrapolated, List<String> notes) {
  private static final int POWER_SEQUENCE = 4096;
  private static final int POWER_LEAST_BATCH = 16;
  private static final int POWER_LARGEST_BATCH = 512;
  private static final double POWER_FEWEST_TOKENS = 2e9;
  private static final double POWER_MOST_TOKENS = 256e9;
  private static final double MINICPM_SMALLEST = 9e6;
  private static final double MINICPM_LARGEST = 170e6;

  public Recommendation {
    notes = List.copyOf(notes);
  }

  /**
   * What the law of {@code schedule} says.
   *
   * @param nonVocabulary parameters without embedding and head
   * @param parameters all of them
   * @param expectedLoss nats per token on C4, at the end
   */
  public static Recommendation of(
      ScheduleConfig schedule,
      double nonVocabulary,
      double parameters,
      long tokens,
      long batchTokens,
      double expectedLoss) {
    return switch (schedule.kind()) {
      case COSINE -> stepLaw(nonVocabulary, (double) tokens);
      case POWER -> power(schedule, tokens, batchTokens);
      case WSD -> miniCpm(parameters, expectedLoss);
      case CONSTANT ->
          new Recommendation(
              "",
              0,
              0,
              false,
              List.of("a constant rate has no law here; cosine, power and wsd have one each"));
    };
  }

  private static Recommendation stepLaw(double nonVocabulary, double tokens) {
    StepLaw law = StepLaw.published();
    boolean extrapolated =
        !law.parameters().contains(nonVocabulary) || !law.tokens().contains(tokens);
    StepLaw reaching = law.reaching(nonVocabulary, tokens);
    var notes = new ArrayList<String>();
    notes.add(
        "for AdamW and a cosine down to a fixed rate without muP; N are the %s parameters outside of the vocabulary"
            .formatted(Figures.brief(nonVocabulary)));
    if (extrapolated) {
      notes.add(
          "extrapolated: it was fitted on %s to %s parameters and %s to %s tokens; try half and double the rate before you believe it"
              .formatted(
                  Figures.brief(law.parameters().low()),
                  Figures.brief(law.parameters().high()),
                  Figures.brief(law.tokens().low()),
                  Figures.brief(law.tokens().high())));
    }
    return new Recommendation(
        "Step Law (arXiv 2503.04715)",
        reaching.batchTokens(tokens),
        reaching.learningRate(nonVocabulary, tokens),
        extrapolated,
        notes);
  }

  /** The paper's schedule at the configured batch: its rate is in proportion to the batch. */
  private static Recommendation power(ScheduleConfig schedule, long tokens, long batchTokens) {
    var paper =
        new ScheduleConfig(
            ScheduleConfig.Kind.POWER,
            0.02,
            schedule.warmup(),
            schedule.decay(),
            Decay.EXPONENTIAL_TO_ZERO,
            0,
            4,
            -0.51);
    long steps = Math.max(1, tokens / batchTokens);
    Schedule rates = paper.schedule(steps, batchTokens);
    double highest = rates.rate(Math.max(1, paper.warmupSteps(steps)));
    double decayed = rates.rate(Math.max(1, steps - paper.decaySteps(steps)));
    double sequences = (double) batchTokens / POWER_SEQUENCE;
    var notes = new ArrayList<String>();
    notes.add(
        "min(0.02, %s · 4 · n^-0.51) after n tokens, %s being the configured batch in sequences of 4,096 tokens: %s after warm-up, %s where the decay begins; any batch of 16 to 512 such sequences is as good, and the law tells none"
            .formatted(
                Figures.measure(sequences),
                Figures.measure(sequences),
                Figures.measure(highest),
                Figures.measure(decayed)));
    notes.add(
        "for muP, which this trainer does not have; a and b were found without its multipliers");
    if (highest == decayed) {
      notes.add("the cap holds to the end: this is a constant rate");
    }
    boolean extrapolated =
        sequences < POWER_LEAST_BATCH
            || sequences > POWER_LARGEST_BATCH
            || tokens < POWER_FEWEST_TOKENS
            || tokens > POWER_MOST_TOKENS;
    if (extrapolated) {
      notes.add(
          "extrapolated: it was fitted on 2G to 256G tokens and batches of 16 to 512 sequences of 4,096");
    }
    if (schedule.amplitude() != paper.amplitude()
        || schedule.exponent() != paper.exponent()
        || schedule.peak() != paper.peak()) {
      notes.add(
          "the configuration has peak %s, amplitude %s, exponent %s; the paper 0.02, 4, -0.51"
              .formatted(schedule.peak(), schedule.amplitude(), schedule.exponent()));
    }
    return new Recommendation("Power schedule (arXiv 2408.13359)", 0, highest, extrapolated, notes);
  }

  private static Recommendation miniCpm(double parameters, double expectedLoss) {
    var notes = new ArrayList<String>();
    notes.add(
        "1.21e9 / L^6.24 tokens, L = %s being the loss that the law of repeated data expects on English C4; another text or tokenizer has another loss"
            .formatted(Figures.measure(expectedLoss)));
    notes.add(
        "MiniCPM's rate, 0.01, is for muP, which this trainer does not have, so none is told: compare a few by short runs");
    boolean extrapolated = parameters < MINICPM_SMALLEST || parameters > MINICPM_LARGEST;
    if (extrapolated) {
      notes.add("extrapolated: it was fitted on 9M to 170M parameters");
    }
    return new Recommendation(
        "MiniCPM's batch by loss (arXiv 2404.06395)",
        BatchByLoss.published().tokens(expectedLoss),
        0,
        extrapolated,
        notes);
  }
}
