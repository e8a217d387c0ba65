package io.gristmill.mixing.law.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchByLossTest {
  @ParameterizedTest
  @CsvSource({"4.0, 0.21e6", "3.5, 0.49e6", "3.0, 1.28e6", "2.5, 3.98e6"})
  void aLowerLossWantsALargerBatch(double loss, double tokens) {
    assertThat(BatchByLoss.published().tokens(loss) / tokens).isCloseTo(1, within(0.02));
  }

  @Test
  void aLossOfNothingIsRefused() {
    assertThatThrownBy(() -> BatchByLoss.published().tokens(0))
        .hasMessage("the loss is 0.0, must be above 0; 3 is usual");
  }
}
