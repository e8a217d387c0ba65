package io.gristmill.benchmark;

import io.gristmill.trainer.kernel.Precision;
import io.gristmill.trainer.model.Batch;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The model of {@link io.gristmill.trainer.model.Llama} in libtorch's operations and automatic
 * differentiation, in fp32 or with the operands of its linear layers in bf16. Written from Hugging
 * Face's Llama, not from our kernels, so that it checks them. Every sequence is one document:
 * libtorch's fast attention takes no other mask than causal.
 */
final class LibtorchLlama {
  private static final long SUM = 2;
  private static final long NO_TARGET = -1;

  private final ModelConfig config;
  private final Precision precision;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Tensor cosine;
  private final Tensor sine;

  /** In fp32; {@code values} are copied. */
  LibtorchLlama(ModelConfig config, Tensors values) {
    this(config, values, Precision.FP32);
  }

  /**
   * As its automatic mixed precision has it, parameters are fp32, and with {@code BF16} each linear
   * layer rounds input and weight and gives back bf16, of which all else is computed in fp32.
   *
   * @param values copied
   */
  LibtorchLlama(ModelConfig config, Tensors values, Precision precision) {
    this.config = config;
    this.precision = precision;
    List<TensorSpec> specs = values.layout().tensors();
    for (int i = 0; i < specs.size(); i++) {
      long[] shape = specs.get(i).shape().stream().mapToLong(Integer::longValue).toArray();
      Tensor parameter = torch.tensor(values.of(i)).view(shape);
      parameters.put(specs.get(i).name(), parameter.set_requires_grad(true));
    }
    cosine = rotary(Math::cos);
    sine = rotary(Math::sin);
  }

  private interface Wave {
    double of(double angle);
  }

  /** Hugging Face's tables, float[T, headSize]: the second half of the channels is the first. */
  private Tensor rotary(Wave wave) {
    int size = config.headSize();
    float[] table = new float[config.maxSequenceLength() * size];
    for (int i = 0; i < table.length; i++) {
      int pair = i % size % (size / 2);
      float frequency = (float) (1 / Math.pow(config.ropeTheta(), 2.0 * pair / size));
      int position = i / size;
      float angle = position * frequency;
      table[i] = (float) wave.of(angle);
    }
    return torch.tensor(table).view(config.maxSequenceLength(), size);
  }

  /** All parameters in the order of their layout. */
  List<Tensor> parameters() {
    return List.copyOf(parameters.values());
  }

  /**
   * Adds to the gradients that of the summed loss times {@code gradientScale}.
   *
   * @return the sum over targets of -ln p, in nats
   */
  double lossAndGradient(Batch batch, double gradientScale) {
    try (var _ = new PointerScope()) {
      Tensor loss = scoped(() -> loss(batch));
      loss.mul(new Scalar(gradientScale)).backward();
      return loss.item_double();
    }
  }

  /** Copies of the values, or of their gradients, in the order of the layout. */
  static float[] floats(Tensor tensor) {
    float[] floats = new float[Math.toIntExact(tensor.numel())];
    try (var _ = new PointerScope()) {
      tensor.contiguous().data_ptr_float().get(floats);
    }
    return floats;
  }

  private Tensor loss(Batch batch) {
    Tensor stream =
        torch
            .embedding(weight("model.embed_tokens"), indices(batch.tokens(), batch.size()))
            .view(batch.sequences(), batch.length(), config.hiddenSize());
    for (int i = 0; i < config.layers(); i++) {
      String layer = "model.layers." + i;
      Tensor input = stream;
      Tensor middle =
          scoped(() -> input.add(attention(layer, norm(layer + ".input_layernorm", input))));
      stream =
          scoped(
              () ->
                  middle.add(
                      feedForward(layer, norm(layer + ".post_attention_layernorm", middle))));
    }
    Tensor head = weight(config.tiedEmbeddings() ? "model.embed_tokens" : "lm_head");
    Tensor logits = linear(norm("model.norm", stream), head);
    return torch.cross_entropy_loss(
        logits.view(batch.size(), config.vocabularySize()),
        indices(batch.targets(), batch.size()),
        new TensorOptional(),
        SUM,
        NO_TARGET,
        0);
  }

  private Tensor attention(String layer, Tensor normed) {
    Tensor query = rotated(heads(layer + ".self_attn.q_proj", normed, config.heads()));
    Tensor key = rotated(heads(layer + ".self_attn.k_proj", normed, config.keyValueHeads()));
    Tensor value = heads(layer + ".self_attn.v_proj", normed, config.keyValueHeads());
    boolean grouped = config.heads() != config.keyValueHeads();
    Tensor mixed =
        torch.scaled_dot_product_attention(
            query, key, value, new TensorOptional(), 0, true, new DoubleOptional(), grouped);
    Tensor rows =
        mixed
            .transpose(1, 2)
            .contiguous()
            .view(normed.size(0), normed.size(1), config.queryWidth());
    return linear(rows, weight(layer + ".self_attn.o_proj"));
  }

  /** A projection as [B, heads, T, headSize]. */
  private Tensor heads(String name, Tensor x, int heads) {
    return linear(x, weight(name))
        .view(x.size(0), x.size(1), heads, config.headSize())
        .transpose(1, 2);
  }

  /** x cos + rotate-half(x) sin. */
  private Tensor rotated(Tensor x) {
    long length = x.size(2);
    long half = config.headSize() / 2;
    Tensor turned =
        torch.cat(new TensorVector(x.narrow(3, half, half).neg(), x.narrow(3, 0, half)), 3);
    return x.mul(cosine.narrow(0, 0, length)).add(turned.mul(sine.narrow(0, 0, length)));
  }

  private Tensor feedForward(String layer, Tensor normed) {
    Tensor gate = torch.silu(linear(normed, weight(layer + ".mlp.gate_proj")));
    Tensor up = linear(normed, weight(layer + ".mlp.up_proj"));
    return linear(gate.mul(up), weight(layer + ".mlp.down_proj"));
  }

  private Tensor linear(Tensor x, Tensor weight) {
    return switch (precision) {
      case FP32 -> torch.linear(x, weight);
      case BF16 ->
          torch
              .linear(x.to(torch.ScalarType.BFloat16), weight.to(torch.ScalarType.BFloat16))
              .to(torch.ScalarType.Float);
    };
  }

  private Tensor norm(String name, Tensor x) {
    return torch.rms_norm(
        x,
        new long[] {config.hiddenSize()},
        new TensorOptional(weight(name)),
        new DoubleOptional(config.rmsNormEpsilon()));
  }

  private Tensor weight(String path) {
    return parameters.get(path + ".weight");
  }

  private static Tensor indices(int[] values, int size) {
    return torch.tensor(IntStream.of(values).limit(size).asLongStream().toArray());
  }

  /**
   * The result of {@code operations}, whose other tensors are let go at once, as C++ would: what
   * backward does not need is freed before the next layer runs.
   */
  private static Tensor scoped(Supplier<Tensor> operations) {
    Tensor result;
    try (var _ = new PointerScope()) {
      result = operations.get();
      result.retainReference();
    }
    PointerScope.getInnerScope().attach(result);
    result.releaseReference();
    return result;
  }
}
