package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KernelSpeedTest {
  @Test
  void plainKernelsAreFoundSlowAndVectorKernelsAreMeasured() {
    assertThat(KernelSpeed.measure(new ScalarKernels()).isSlow()).isTrue();
    KernelSpeed vector = KernelSpeed.measure(new VectorKernels());
    assertThat(vector.product()).isPositive();
  }

  @Test
  void aTenthOfThePeakIsSlowAndHalfOfItIsNot() {
    assertThat(new KernelSpeed(9, 260).isSlow()).isTrue();
    assertThat(new KernelSpeed(130, 260).isSlow()).isFalse();
    assertThat(new KernelSpeed(9, 260).description()).isEqualTo("9 of 260 GFLOP/s a thread (3 %)");
  }

  @Test
  void aVirtualThreadIsMeasuredToo() throws InterruptedException {
    var speeds = new LinkedBlockingQueue<KernelSpeed>();
    Thread.ofVirtual().start(() -> speeds.add(KernelSpeed.measure(new VectorKernels())));
    assertThat(speeds.poll(1, TimeUnit.MINUTES)).isNotNull();
  }
}
