package io.gristmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.trainer.kernel.VectorKernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final ModelConfig CONFIG =
      new ModelConfig(37, 20, 2, 4, 2, 8, 33, 100, 500, 1e-5, false);

  private final Llama model = new Llama(CONFIG, new VectorKernels());
  private final Tensors parameters = LivelyParameters.of(model, SEED);

  static Stream<ModelConfig> variants() {
    return Stream.of(
        CONFIG,
        CONFIG.withQueryKeyNorm(),
        new ModelConfig(37, 20, 2, 4, 2, 6, 33, 100, 500, 1e-5, false)
            .with(new PowerParametrization(7, 0.1, 1.5, 0.6, 0.2, 1.7)),
        new ModelConfig(37, 24, 2, 4, 2, 6, 33, 100, 500, 1e-5, true)
            .with(new MiniCpmParametrization(8, 0.1, 3, 1.4)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void logitsAreThoseOfTheWholeSequence(ModelConfig config) {
    var model = new Llama(config, new VectorKernels());
    Tensors parameters = LivelyParameters.of(model, SEED);
    int length = 100; // beyond one attention block of 64 keys
    int[] tokens = IntStream.range(0, length).map(i -> (i * 7 + 3) % 37).toArray();
    int[] ignored = new int[length];
    Arrays.fill(ignored, -1);
    var batch = new Batch(1, length, tokens, ignored, new int[length]);
    float[] whole = model.logits(parameters, batch, model.workspace(1, length));
    var decoder = new Decoder(model, parameters, length);
    for (int position = 0; position < length; position++) {
      float[] next = decoder.next(tokens[position]);
      float[] expected = Arrays.copyOfRange(whole, position * 37, (position + 1) * 37);
      assertThat(next)
          .as("position %d, seed %d", position, SEED)
          .containsExactly(expected, within(2e-5f));
    }
  }

  @Test
  void refusesStrangeTokensAndOneTokenTooMany() {
    var decoder = new Decoder(model, parameters, 2);
    assertThatThrownBy(() -> decoder.next(37)).hasMessageContaining("outside the vocabulary of 37");
    decoder.next(1);
    decoder.next(2);
    assertThatThrownBy(() -> decoder.next(3)).hasMessageContaining("all 2 positions are taken");
    assertThatThrownBy(() -> new Decoder(model, parameters, 101))
        .hasMessageContaining("must be 1 to the model's 100");
  }
}
