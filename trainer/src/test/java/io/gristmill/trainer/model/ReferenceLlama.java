package io.gristmill.trainer.model;

import io.gristmill.trainer.kernel.DropoutMask;
import io.gristmill.trainer.model.ParameterLayout.Part;
import java.util.Arrays;

/** The forward pass in double, position by position, straight from the formulas. */
final class ReferenceLlama {
  private final ModelConfig config;
  private final ParameterLayout layout;
  private final Dropout dropout;

  ReferenceLlama(ModelConfig config) {
    this(config, Dropout.none());
  }

  ReferenceLlama(ModelConfig config, Dropout dropout) {
    this.config = config;
    this.dropout = dropout;
    this.layout = ParameterLayout.of(config);
  }

  /** The sum of -ln p over targets. */
  double loss(double[][] parameters, Batch batch) {
    double loss = 0;
    for (int sequence = 0; sequence < batch.sequences(); sequence++) {
      double[][] logits = logits(parameters, batch, sequence);
      for (int t = 0; t < batch.length(); t++) {
        int target = batch.targets()[sequence * batch.length() + t];
        if (target >= 0) {
          double sum = 0;
          for (double logit : logits[t]) {
            sum += Math.exp(logit);
          }
          loss += Math.log(sum) - logits[t][target];
        }
      }
    }
    return loss;
  }

  /** The sum over targets of (ln Z)^2. */
  double squaredLogZ(double[][] parameters, Batch batch) {
    double squares = 0;
    for (int sequence = 0; sequence < batch.sequences(); sequence++) {
      double[][] logits = logits(parameters, batch, sequence);
      for (int t = 0; t < batch.length(); t++) {
        if (batch.targets()[sequence * batch.length() + t] >= 0) {
          double sum = 0;
          for (double logit : logits[t]) {
            sum += Math.exp(logit);
          }
          squares += Math.log(sum) * Math.log(sum);
        }
      }
    }
    return squares;
  }

  double[][] logits(double[][] parameters, Batch batch, int sequence) {
    int length = batch.length();
    int hidden = config.hiddenSize();
    double[][] stream = new double[length][];
    int[] starts = new int[length];
    for (int t = 0; t < length; t++) {
      int at = sequence * length + t;
      starts[t] = batch.documentStart()[at];
      stream[t] = new double[hidden];
      System.arraycopy(
          parameters[layout.embedding()], batch.tokens()[at] * hidden, stream[t], 0, hidden);
      multiply(stream[t], config.parametrization().embeddingMultiplier());
      drop(stream[t], dropout.embedding(batch.size() * hidden), at);
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      DropoutMask attention = dropout.attention(layer, batch.size() * hidden);
      attention(parameters, layer, stream, starts, attention, sequence * length);
      DropoutMask feedForward = dropout.feedForward(layer, batch.size() * hidden);
      for (int t = 0; t < length; t++) {
        double[] x = norm(stream[t], parameters[layout.layer(layer, Part.POST_ATTENTION_NORM)]);
        double[] gate = product(parameters[layout.layer(layer, Part.GATE)], x);
        double[] up = product(parameters[layout.layer(layer, Part.UP)], x);
        for (int i = 0; i < gate.length; i++) {
          gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
        }
        double[] branch = product(parameters[layout.layer(layer, Part.DOWN)], gate);
        drop(branch, feedForward, sequence * length + t);
        addBranch(stream[t], branch);
      }
    }
    double[][] logits = new double[length][];
    for (int t = 0; t < length; t++) {
      double[] x = norm(stream[t], parameters[layout.finalNorm()]);
      logits[t] = product(parameters[layout.head()], x);
      multiply(logits[t], config.parametrization().logitsMultiplier(hidden));
    }
    return logits;
  }

  private void attention(
      double[][] parameters,
      int layer,
      double[][] stream,
      int[] starts,
      DropoutMask mask,
      int firstRow) {
    int length = stream.length;
    int size = config.headSize();
    double[][] q = new double[length][];
    double[][] k = new double[length][];
    double[][] v = new double[length][];
    for (int t = 0; t < length; t++) {
      double[] x = norm(stream[t], parameters[layout.layer(layer, Part.INPUT_NORM)]);
      q[t] = product(parameters[layout.layer(layer, Part.QUERY)], x);
      k[t] = product(parameters[layout.layer(layer, Part.KEY)], x);
      if (config.queryKeyNorm()) {
        q[t] = normHeads(q[t], parameters[layout.layer(layer, Part.QUERY_NORM)]);
        k[t] = normHeads(k[t], parameters[layout.layer(layer, Part.KEY_NORM)]);
      }
      q[t] = rotate(q[t], t - starts[t]);
      k[t] = rotate(k[t], t - starts[t]);
      v[t] = product(parameters[layout.layer(layer, Part.VALUE)], x);
    }
    for (int t = 0; t < length; t++) {
      double[] out = new double[config.queryWidth()];
      for (int head = 0; head < config.heads(); head++) {
        int from = head * size;
        int shared = head / (config.heads() / config.keyValueHeads()) * size;
        double[] weights = new double[t + 1];
        double sum = 0;
        for (int s = starts[t]; s <= t; s++) {
          double score = 0;
          for (int d = 0; d < size; d++) {
            score += q[t][from + d] * k[s][shared + d];
          }
          weights[s] = Math.exp(score * config.parametrization().attentionMultiplier(size));
          sum += weights[s];
        }
        for (int s = starts[t]; s <= t; s++) {
          for (int d = 0; d < size; d++) {
            out[from + d] += weights[s] / sum * v[s][shared + d];
          }
        }
      }
      double[] branch = product(parameters[layout.layer(layer, Part.OUTPUT)], out);
      drop(branch, mask, firstRow + t);
      addBranch(stream[t], branch);
    }
  }

  private double[] rotate(double[] x, int position) {
    int size = config.headSize();
    double[] y = x.clone();
    for (int head = 0; head < x.length / size; head++) {
      for (int i = 0; i < size / 2; i++) {
        double angle = position * Math.pow(config.ropeTheta(), -2.0 * i / size);
        double left = x[head * size + i];
        double right = x[head * size + size / 2 + i];
        y[head * size + i] = left * Math.cos(angle) - right * Math.sin(angle);
        y[head * size + size / 2 + i] = right * Math.cos(angle) + left * Math.sin(angle);
      }
    }
    return y;
  }

  private double[] normHeads(double[] x, double[] gain) {
    double[] y = new double[x.length];
    for (int from = 0; from < x.length; from += gain.length) {
      double[] head = norm(Arrays.copyOfRange(x, from, from + gain.length), gain);
      System.arraycopy(head, 0, y, from, head.length);
    }
    return y;
  }

  private double[] norm(double[] x, double[] gain) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    double scale = 1 / Math.sqrt(sum / x.length + config.rmsNormEpsilon());
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = gain[i] * x[i] * scale;
    }
    return y;
  }

  private static double[] product(double[] weight, double[] x) {
    double[] y = new double[weight.length / x.length];
    for (int row = 0; row < y.length; row++) {
      for (int i = 0; i < x.length; i++) {
        y[row] += weight[row * x.length + i] * x[i];
      }
    }
    return y;
  }

  private void addBranch(double[] stream, double[] branch) {
    double multiplier = config.parametrization().residualMultiplier(config.layers());
    for (int i = 0; i < stream.length; i++) {
      stream[i] += multiplier * branch[i];
    }
  }

  private void drop(double[] x, DropoutMask mask, int row) {
    for (int i = 0; i < x.length; i++) {
      x[i] = mask.keeps(row * x.length + i) ? x[i] / (1 - dropout.rate()) : 0;
    }
  }

  private static void multiply(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
