package io.gristmill.curation.quality.classifier;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Finds the minimum of a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5)
 * with steps halved until Armijo's condition holds. The same function gives the same steps, bit for
 * bit.
 */
final class Lbfgs {
  private static final int MEMORY = 8;
  private static final double DECREASE = 1e-4;
  private static final int HALVINGS = 30;

  /** A function's value and gradient at a point. */
  record Value(double loss, double[] gradient) {}

  /** The function. */
  @FunctionalInterface
  interface Objective {
    Value at(double[] point);
  }

  private record Change(double[] step, double[] gradient, double inverse) {}

  private Lbfgs() {}

  /**
   * Goes down from a point until the loss falls by less than a part, or for so many steps.
   *
   * @param tolerance relative fall of the loss at which to stop
   */
  static double[] minimum(Objective objective, double[] start, int mostSteps, double tolerance) {
    double[] point = start.clone();
    Value value = objective.at(point);
    var changes = new ArrayDeque<Change>();
    for (int step = 0; step < mostSteps; step++) {
      double[] direction = direction(value.gradient(), changes);
      double slope = dot(direction, value.gradient());
      double length = changes.isEmpty() ? 1 / Math.max(1, norm(value.gradient())) : 1;
      double[] next = moved(point, direction, length);
      Value there = objective.at(next);
      for (int i = 0;
          i < HALVINGS && !(there.loss() <= value.loss() + DECREASE * length * slope);
          i++) {
        length /= 2;
        next = moved(point, direction, length);
        there = objective.at(next);
      }
      if (!(there.loss() < value.loss())) {
        return point;
      }
      remember(changes, point, next, value, there);
      boolean flat = value.loss() - there.loss() < tolerance * Math.abs(value.loss());
      point = next;
      value = there;
      if (flat) {
        return point;
      }
    }
    return point;
  }

  private static void remember(
      ArrayDeque<Change> changes, double[] point, double[] next, Value value, Value there) {
    double[] step = moved(next, point, -1);
    double[] gradient = moved(there.gradient(), value.gradient(), -1);
    double curvature = dot(step, gradient);
    if (curvature > 0) {
      if (changes.size() == MEMORY) {
        changes.removeFirst();
      }
      changes.addLast(new Change(step, gradient, 1 / curvature));
    }
  }

  /** Minus the inverse Hessian, as far as it is known, times the gradient. */
  private static double[] direction(double[] gradient, ArrayDeque<Change> changes) {
    double[] q = gradient.clone();
    double[] alphas = new double[changes.size()];
    int at = changes.size();
    for (Iterator<Change> latest = changes.descendingIterator(); latest.hasNext(); ) {
      Change change = latest.next();
      alphas[--at] = change.inverse() * dot(change.step(), q);
      add(q, change.gradient(), -alphas[at]);
    }
    if (!changes.isEmpty()) {
      Change last = changes.getLast();
      double scale = 1 / (last.inverse() * dot(last.gradient(), last.gradient()));
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (Change change : changes) {
      double beta = change.inverse() * dot(change.gradient(), q);
      add(q, change.step(), alphas[at++] - beta);
    }
    for (int i = 0; i < q.length; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    add(to, direction, length);
    return to;
  }

  private static void add(double[] to, double[] what, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
