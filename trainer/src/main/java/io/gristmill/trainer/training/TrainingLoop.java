package io.gristmill.trainer.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.trainer.checkpoint.TrainerState;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.data.TrainingBatches;
import io.gristmill.trainer.evaluation.BestLoss;
import io.gristmill.trainer.evaluation.GroupLoss;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.Tensors;
import io.gristmill.trainer.schedule.Schedule;
import io.gristmill.trainer.spike.Refusal;
import io.gristmill.trainer.spike.SpikeMemory;
import io.gristmill.trainer.spike.SpikeWatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The loop of one worker: gradients, update, now and then a validation and a checkpoint. */
final class TrainingLoop implements Closeable {
  /** Ids in a message; a batch may have thousands. */
  private static final int MOST_DOCUMENTS = 50;

  private final TrainingRun run;
  private final RunFolder folder;
  private final Worker worker;
  private final Group group;
  private final Llama model;
  private final TrainingBatches batches;
  private final SlotGradients slots;
  private final HeldOutLoss heldOut;
  private final Mixing mixing;
  private final SpikeWatch spikes;
  private final Progress progress;
  private final ModelUpdate update;
  private final WorkerState state;
  private final Agreement agreement;
  private final StragglerWatch stragglers = new StragglerWatch();
  private final List<MetricsLog> metrics = new ArrayList<>(); // worker 0 has one, others none

  private Tensors parameters;
  private long step;
  private long tokens;
  private double loss;
  private List<BestLoss> best = List.of();
  private boolean askedToStop;

  TrainingLoop(
      TrainingRun run,
      RunFolder folder,
      Worker worker,
      Llama model,
      ModelUpdate update,
      TrainingBatches batches,
      SlotGradients slots,
      HeldOutLoss heldOut,
      Mixing mixing,
      SpikeWatch spikes,
      Progress progress) {
    this.run = run;
    this.folder = folder;
    this.worker = worker;
    this.group = worker.group();
    this.model = model;
    this.batches = batches;
    this.slots = slots;
    this.heldOut = heldOut;
    this.mixing = mixing;
    this.spikes = spikes;
    this.progress = progress;
    this.update = update;
    this.state = new WorkerState(group, update.files());
    this.agreement = new Agreement(group, model.kernels(), folder);
  }

  TrainingResult run(long steps, long tokensPerStep) throws IOException {
    begin(steps);
    if (step == 0 && run.initial().given()) {
      validate(); // what training on changes is counted from here
    }
    tell(mixing.begin(step, folder));
    Schedule schedule = run.schedule().schedule(steps, tokensPerStep);
    var clock = new StepClock(steps);
    while (step < steps) {
      StepOutcome outcome = train(schedule, clock, steps);
      boolean last = step == steps;
      askedToStop |= outcome.askedToStop(); // after the last too: what follows can wait
      boolean leaves = askedToStop && update.agreesAfter(step);
      if (last || due(run.trainer().validationInterval())) {
        validate();
      }
      tell(mixing.after(step, parameters));
      if (last || leaves || step == folder.stableEnd() || due(run.trainer().checkpointInterval())) {
        save(last || leaves);
      }
      if (leaves) {
        throw new TrainingPaused(paused(step, steps, folder.checkpoint(step)));
      }
    }
    if (worker.isFirst()) {
      note(mixing.finish(folder));
    }
    group.barrier(step);
    return new TrainingResult(step, tokens, loss, best, folder.checkpoint(step).toString());
  }

  /** What a run says that was asked to stop. */
  static String paused(long step, long steps, Path checkpoint) {
    return "stopped after step %d of %d, as asked; %s is written, and the same command goes on from there"
        .formatted(step, steps, checkpoint);
  }

  private boolean due(long interval) {
    return interval > 0 && step % interval == 0;
  }

  /** Worker 0 looks for the last good checkpoint, and all begin from it. */
  private void begin(long steps) throws IOException {
    List<String> notes = new ArrayList<>();
    long found = worker.isFirst() ? folder.lastGood(notes::add) : 0;
    byte[] message = ByteBuffer.allocate(Long.BYTES).putLong(found).array();
    step = ByteBuffer.wrap(group.broadcast(message, 0)).getLong();
    boolean resumed = step > 0;
    if (resumed) {
      spikes.resume(takeOver(folder.state(step)));
      parameters = folder.weights(step);
      state.read(folder.files(), folder.checkpoint(step));
    } else {
      parameters = folder.initialParameters(model);
      if (run.initial().branches()) {
        branch(steps);
      }
    }
    agreement.requireSameParameters(parameters, step);
    agreement.requireSameInstructions(step);
    update.begin(parameters);
    List<String> slow = agreement.slowWorkers(step);
    if (worker.isFirst()) {
      metrics.add(folder.metrics(step));
      log(
          MetricsLog.line(resumed ? "resume" : "start", step)
              .put("attempt", worker.fence().attempt())
              .put("steps", steps)
              .put("workers", group.size())
              .put("threads", worker.threads())
              .put("kernels", model.kernels().description())
              .put("from", resumed ? "checkpoint" : run.initial().description())
              .put("parameters", model.layout().size()));
      progress.event(
          resumed
              ? "resuming from " + folder.checkpoint(step)
              : "starting from " + run.initial().description());
      if (group.refusals().count() > 0) {
        notes.add(
            "refused %d connections: %s"
                .formatted(
                    group.refusals().count(), String.join("; ", group.refusals().reasons())));
      }
      notes.addAll(slow);
      note(notes);
    }
  }

  private void note(List<String> notes) throws IOException {
    for (String note : notes) {
      log(MetricsLog.line("note", step).put("message", note));
      progress.warning(note);
    }
  }

  /** Takes over all else that the checkpoint of the other run holds. */
  private void branch(long steps) throws IOException {
    Path checkpoint = new Path(run.initial().folder());
    FileSystem files = folder.files(checkpoint);
    spikes.resume(takeOver(folder.branch(files, checkpoint, steps)));
    state.read(files, checkpoint);
  }

  /** Stands where a checkpoint does; what it remembers of spikes. */
  private SpikeMemory takeOver(TrainerState saved) {
    step = saved.step();
    tokens = saved.tokens();
    loss = saved.loss();
    best = saved.best();
    return saved.spikes();
  }

  /** Goes on from the last checkpoint by the settings, as a resume would, with other batches. */
  private void goBack() throws IOException {
    long back = folder.rollbackPoint(step);
    if (worker.isFirst()) {
      tellPublished(folder.awaitPublished());
      folder.rollBack(back, worker.fence());
    }
    spikes.goBack(takeOver(folder.state(back)));
    folder.read(back, parameters);
    state.read(folder.files(), folder.checkpoint(back));
    agreement.requireSameParameters(parameters, step);
  }

  /** The gradients of the batch that the next step takes, and what they come to. */
  private record Computed(Tensors gradients, StepOutcome outcome) {}

  private Computed compute(StepClock clock) throws IOException {
    double begun = clock.elapsedSeconds();
    SlotLosses losses = SlotLosses.of(run.trainer().slots() / group.size());
    Tensors gradients = slots.sum(parameters, step, spikes.batch(step + 1), losses);
    var own =
        new WorkerStep(
            clock.elapsedSeconds() - begun,
            worker.isFirst() && worker.askedToStop().getAsBoolean());
    return new Computed(gradients, update.reduce(gradients, losses, own, step + 1));
  }

  private StepOutcome train(Schedule schedule, StepClock clock, long steps) throws IOException {
    clock.begin();
    tellReplaced();
    Computed computed = compute(clock);
    SpikeWatch.Verdict verdict = judge(computed.outcome());
    while (verdict == SpikeWatch.Verdict.REPLACE || verdict == SpikeWatch.Verdict.ROLL_BACK) {
      slots.release(computed.gradients());
      if (verdict == SpikeWatch.Verdict.ROLL_BACK) {
        goBack();
        tellReplaced();
      }
      computed = compute(clock);
      verdict = judge(computed.outcome());
    }
    StepOutcome outcome = computed.outcome();
    long next = step + 1;
    boolean skipped = verdict == SpikeWatch.Verdict.SKIP;
    if (!skipped && !outcome.isFinite()) {
      throw new TrainingStopped(
          "loss is %s and gradient norm %s at step %d; %s. Lower schedule.peak, lengthen the warm-up, or look at the documents of this step%s"
              .formatted(
                  outcome.loss(),
                  outcome.gradientNorm(),
                  next,
                  folder.lastGood(),
                  documents(outcome)));
    }
    double rate = schedule.rate(next);
    if (!skipped) {
      update.apply(parameters, computed.gradients(), outcome, rate, next, spikes.updates(next));
      tokens += outcome.tokens();
      loss = outcome.loss();
    }
    slots.release(computed.gradients());
    step = next;
    if (worker.isFirst()) {
      tellPublished(folder.published());
      clock.step(outcome.tokens());
      tell(outcome, rate, skipped, clock, steps);
    }
    return outcome;
  }

  private void tell(StepOutcome outcome, double rate, boolean skipped, StepClock clock, long steps)
      throws IOException {
    List<Double> seconds = outcome.workers().stream().map(WorkerStep::seconds).toList();
    ObjectNode line =
        MetricsLog.line("step", step)
            .put("tokens", tokens)
            .put("loss", outcome.loss())
            .put("learning_rate", rate)
            .put("gradient_norm", outcome.gradientNorm())
            .put("tokens_per_second", clock.tokensPerSecond())
            .put("seconds", clock.seconds());
    ArrayNode parts = line.putArray("worker_seconds");
    seconds.forEach(part -> parts.add(Math.rint(part * 1e6) / 1e6));
    if (skipped) {
      line.put("skipped", true);
    }
    log(line);
    progress.step(
        new Progress.Report(
            step,
            steps,
            tokens,
            outcome.loss(),
            rate,
            outcome.gradientNorm(),
            clock.recentTokensPerSecond(),
            clock.left(step)));
    Optional<Straggler> straggler = stragglers.step(seconds);
    if (straggler.isPresent()) {
      note(List.of(slow(straggler.get())));
    }
  }

  /** What becomes of the batch; a spike is told of. */
  private SpikeWatch.Verdict judge(StepOutcome outcome) throws IOException {
    SpikeWatch.Verdict verdict = spikes.judge(step + 1, outcome.loss(), outcome.gradientNorm());
    switch (verdict) {
      case TAKE -> {}
      case TAKE_ANEW -> {
        if (worker.isFirst()) {
          note(
              List.of(
                  "%d steps in a row were skipped as spikes, so this is where loss or gradient norm now are: step %d is taken, and compared with nothing before it"
                      .formatted(SpikeWatch.SKIPS_IN_A_ROW, step + 1)));
        }
      }
      case SKIP, REPLACE, ROLL_BACK -> {
        if (worker.isFirst()) {
          progress.warning(SpikeEvent.description(tell(SpikeEvent.NAME, spikes.lastRefused())));
        }
      }
    }
    return verdict;
  }

  /** Tells which batches others take the place of, where the step is taken again. */
  private void tellReplaced() throws IOException {
    if (worker.isFirst()) {
      for (Refusal refusal : spikes.refused(step + 1)) {
        tell(SpikeEvent.REPLACED, refusal);
      }
    }
  }

  private ObjectNode tell(String event, Refusal refusal) throws IOException {
    ObjectNode line =
        SpikeEvent.of(event, refusal, batches.documents(refusal.observation().batch()));
    log(line);
    return line;
  }

  private String slow(Straggler straggler) {
    return "%s is slow: %s, which all wait for; look what else runs on its machine, or train without it"
        .formatted(group.name(straggler.rank()), straggler.description());
  }

  /** The documents of the slots whose loss is not finite; of all where only a gradient is not. */
  private String documents(StepOutcome outcome) throws IOException {
    List<Integer> broken = outcome.brokenSlots();
    Set<String> ids = new LinkedHashSet<>();
    for (int slot = 0; slot < run.trainer().slots(); slot++) {
      if (broken.isEmpty() || broken.contains(slot)) {
        ids.addAll(batches.documents(spikes.batch(step + 1), slot));
      }
    }
    String told = String.join(", ", ids.stream().limit(MOST_DOCUMENTS).toList());
    String where =
        broken.isEmpty()
            ? ""
            : " whose loss is no number (%d of %d slots)"
                .formatted(broken.size(), run.trainer().slots());
    return ids.size() > MOST_DOCUMENTS
        ? "%s: %s and %d more".formatted(where, told, ids.size() - MOST_DOCUMENTS)
        : "%s: %s".formatted(where, told);
  }

  private void validate() throws IOException {
    long start = System.nanoTime();
    Validation validation = heldOut.measure(parameters, step);
    List<BestLoss> before = best;
    best = validation.best(before);
    if (worker.isFirst()) {
      for (GroupLoss group : validation.groups()) {
        log(
            MetricsLog.line("validation", step)
                .put("domain", group.domain())
                .put("language", group.language())
                .put("nats_per_token", group.natsPerToken())
                .put("bits_per_byte", group.bitsPerByte())
                .put("tokens", group.tokens()));
      }
      for (BestLoss loss : best) {
        if (loss.step() == step) {
          log(
              MetricsLog.line("best", step)
                  .put("language", loss.language())
                  .put("nats_per_token", loss.natsPerToken())
                  .put("bits_per_byte", loss.bitsPerByte()));
        }
      }
      log(MetricsLog.line("validated", step).put("seconds", (System.nanoTime() - start) / 1e9));
      progress.validation(validation);
    }
  }

  /**
   * @param leaves whether nothing follows
   */
  private void save(boolean leaves) throws IOException {
    agreement.requireSameParameters(parameters, step);
    if (worker.isFirst()) {
      tellPublished(folder.awaitPublished());
      flush(); // before a resume can need the lines
      folder.save(
          step, tokens, loss, parameters, state, worker.fence(), best, spikes.memory(), mixing);
      tellPublished(leaves ? folder.awaitPublished() : folder.published());
    } else {
      state.deliver(step);
    }
    group.barrier(step);
  }

  private void tellPublished(Optional<Long> checkpoint) throws IOException {
    if (checkpoint.isPresent()) {
      String path = folder.checkpoint(checkpoint.get()).toString();
      log(MetricsLog.line("checkpoint", checkpoint.get()).put("path", path));
      flush();
      progress.event("wrote " + path);
    }
  }

  private void flush() throws IOException {
    for (MetricsLog open : metrics) {
      open.flush();
    }
  }

  private void tell(List<ObjectNode> mixtures) throws IOException {
    for (ObjectNode line : mixtures) {
      log(line);
      if (worker.isFirst()) {
        progress.event(MixtureEvent.description(line));
      }
    }
  }

  private void log(ObjectNode line) throws IOException {
    for (MetricsLog open : metrics) {
      open.append(line);
    }
  }

  @Override
  public void close() throws IOException {
    for (MetricsLog open : metrics) {
      open.close();
    }
  }
}
