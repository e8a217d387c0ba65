package io.gristmill.jobs.ablation;

import io.gristmill.jobs.progress.Console;
import io.gristmill.trainer.evaluation.Validation;
import io.gristmill.trainer.training.Progress;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows how many trainings together go: what runs, how far all are, and the time left. */
final class AblationProgress {
  private final Console console;
  private final int trainings;
  private final double work;
  private final SortedMap<String, Double> running = new TreeMap<>();
  private final SortedMap<String, Double> percents = new TreeMap<>();
  private final long start = System.nanoTime();
  private int done;
  private double doneWork;
  private double foundWork;

  /**
   * @param trainings that there are
   * @param work of all, in any unit
   */
  AblationProgress(Console console, int trainings, double work) {
    this.console = console;
    this.trainings = trainings;
    this.work = work;
  }

  /** A training was finished before. */
  synchronized void found(double itsWork) {
    done++;
    doneWork += itsWork;
    foundWork += itsWork;
  }

  /** A training begins; hears how it goes. */
  synchronized Progress begin(String label, double itsWork) {
    running.put(label, 0.0);
    percents.put(label, 0.0);
    return new Progress() {
      @Override
      public void step(Report report) {
        step(label, itsWork, report.percent());
      }

      private void step(String label, double itsWork, double percent) {
        AblationProgress.this.step(label, itsWork * percent / 100, percent);
      }

      @Override
      public void validation(Validation validation) {}

      @Override
      public void event(String message) {}

      @Override
      public void warning(String message) {
        console.line("  %s: %s".formatted(label, message));
      }
    };
  }

  private synchronized void step(String label, double workDone, double percent) {
    if (!running.containsKey(label)) {
      return;
    }
    running.put(label, workDone);
    percents.put(label, percent);
    double sum = doneWork + running.values().stream().mapToDouble(own -> own).sum();
    double here = sum - foundWork;
    double seconds = (System.nanoTime() - start) / 1e9;
    long left = here > 0 ? Math.round(seconds / here * (work - sum)) : 0;
    var now = new StringBuilder();
    percents.forEach((name, own) -> now.append("; %s at %.0f %%".formatted(name, own)));
    console.status(
        "%d of %d trainings, %.0f %%, about %d:%02d left%s"
            .formatted(done, trainings, 100 * sum / work, left / 60, left % 60, now));
  }

  /**
   * A training has ended.
   *
   * @param outcome in one line
   */
  synchronized void finished(String label, double itsWork, String outcome) {
    running.remove(label);
    percents.remove(label);
    done++;
    doneWork += itsWork;
    console.line("  [%d/%d] %s: %s".formatted(done, trainings, label, outcome));
  }
}
