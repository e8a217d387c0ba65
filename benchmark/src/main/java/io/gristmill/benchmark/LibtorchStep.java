package io.gristmill.benchmark;

import io.gristmill.trainer.model.Batch;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One update in libtorch: gradients of all micro-batches, clipping to norm 1, its own AdamW with
 * the constants of {@link io.gristmill.trainer.optimizer.AdamWConfig#defaults}.
 */
final class LibtorchStep {
  private static final double CLIP = 1;

  private final LibtorchLlama model;
  private final TensorVector parameters;
  private final AdamW optimizer;

  LibtorchStep(LibtorchLlama model) {
    this.model = model;
    parameters = vector(model.parameters());
    List<Tensor> matrices = model.parameters().stream().filter(LibtorchStep::isMatrix).toList();
    List<Tensor> gains = model.parameters().stream().filter(tensor -> !isMatrix(tensor)).toList();
    optimizer = new AdamW(vector(matrices), options(0.1));
    optimizer.add_param_group(new OptimizerParamGroup(vector(gains), options(0)));
  }

  /**
   * One update by the mean loss of all micro-batches.
   *
   * @return that loss, in nats per token
   */
  double run(List<Batch> batches, double learningRate) {
    int targets = batches.stream().mapToInt(Batch::targetCount).sum();
    optimizer.zero_grad();
    double nats = 0;
    for (Batch batch : batches) {
      nats += model.lossAndGradient(batch, 1.0 / targets);
    }
    torch.clip_grad_norm_(parameters, CLIP);
    for (int group = 0; group < optimizer.param_groups().size(); group++) {
      optimizer.param_groups().get(group).options().set_lr(learningRate);
    }
    optimizer.step();
    return nats / targets;
  }

  private static boolean isMatrix(Tensor tensor) {
    return tensor.dim() > 1;
  }

  private static AdamWOptions options(double weightDecay) {
    var options = new AdamWOptions(1e-3);
    // The pair is a std::tuple, which libstdc++ stores from its last element to its first.
    DoublePointer betas = options.betas();
    betas.put(0, 0.95);
    betas.put(1, 0.9);
    options.eps().put(1e-8);
    options.weight_decay().put(weightDecay);
    return options;
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(Tensor[]::new));
  }
}
