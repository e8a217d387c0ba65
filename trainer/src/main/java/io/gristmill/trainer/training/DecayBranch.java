package io.gristmill.trainer.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.schedule.Schedule;
import java.util.Locale;

/**
 * A decay of the learning rate that branches off from a checkpoint of the stable part of a run,
 * while that goes on: one run gives finished models of several lengths (Hu et al. 2024, arXiv
 * 2404.06395, section 4.5).
 *
 * @param from step of the checkpoint
 * @param steps at which the decay ends
 * @param schedule flat, or as of the power law, up to {@code from}, then the decay
 */
public record DecayBranch(long from, long steps, ScheduleConfig schedule) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** A relative difference of rates that arithmetic explains. */
  private static final double SAME_RATE = 1e-9;

  /**
   * The decay after a checkpoint.
   *
   * @param trunk the checkpoint's state, which knows the schedule that it was trained with
   * @param wanted curve and length of the decay: below 1 a share of all steps up to its end
   * @param tokensPerStep tokens of one update
   * @throws IllegalArgumentException if the schedule has no stable part, or the checkpoint is not
   *     in it
   */
  public static DecayBranch of(TrainerState trunk, ScheduleConfig wanted, long tokensPerStep) {
    if (wanted.kind() == ScheduleConfig.Kind.COSINE) {
      throw new IllegalArgumentException(
          "schedule.kind is cosine, which has no stable part to decay from; train with wsd, power or constant");
    }
    long from = trunk.step();
    long length = decaySteps(wanted.decay(), from);
    if (length < 1) {
      throw new IllegalArgumentException(
          "schedule.decay is %s, which makes no step after step %d; 0.1 is usual"
              .formatted(wanted.decay(), from));
    }
    JsonNode trained = trunk.configuration();
    ScheduleConfig before = schedule(trained.path("schedule"));
    long trunkSteps = trained.path("pretrain").path("steps").asLong();
    ScheduleConfig after =
        new ScheduleConfig(
            wanted.kind() == ScheduleConfig.Kind.CONSTANT ? ScheduleConfig.Kind.WSD : wanted.kind(),
            wanted.peak(),
            Math.min(from, before.warmupSteps(trunkSteps)),
            length,
            wanted.decayCurve(),
            wanted.minimumRatio(),
            wanted.amplitude(),
            wanted.exponent());
    var branch = new DecayBranch(from, from + length, after);
    branch.requireSameRate(before.schedule(trunkSteps, tokensPerStep), tokensPerStep);
    return branch;
  }

  /** A share of the steps up to the end of the decay, or a number of steps. */
  private static long decaySteps(double decay, long from) {
    return Math.round(decay < 1 ? from * decay / (1 - decay) : decay);
  }

  private static ScheduleConfig schedule(JsonNode node) {
    try {
      return MAPPER.treeToValue(node, ScheduleConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the checkpoint has no schedule that can be read: " + e.getOriginalMessage(), e);
    }
  }

  /** A checkpoint that is warming up, is decaying, or had another peak would make a jump. */
  private void requireSameRate(Schedule trunk, long tokensPerStep) {
    double was = trunk.rate(from);
    double begins = schedule.schedule(steps, tokensPerStep).rate(from);
    if (Math.abs(was - begins) > SAME_RATE * begins) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the learning rate at step %d was %.3g, a decay with these settings begins at %.3g; take a checkpoint between warm-up and decay, and the schedule's peak that it was trained with",
              from,
              was,
              begins));
    }
  }
}
