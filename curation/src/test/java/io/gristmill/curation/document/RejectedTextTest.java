package io.gristmill.curation.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RejectedTextTest {
  @Test
  void aSampleIsAboutOneInAHundredAndAlwaysTheSame() {
    var random = new SplittableRandom(1);
    var ids =
        Stream.generate(() -> "%016x%016x".formatted(random.nextLong(), random.nextLong()))
            .limit(10_000)
            .toList();
    var kept = ids.stream().filter(RejectedText.SAMPLE::keeps).toList();
    assertThat(kept).hasSizeBetween(60, 140);
    assertThat(ids.stream().filter(RejectedText.SAMPLE::keeps).toList()).isEqualTo(kept);
    assertThat(ids).allMatch(RejectedText.ALL::keeps).noneMatch(RejectedText.NONE::keeps);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> RejectedText.named("some"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rejected-text is some, must be one of all, sample, none; sample is usual");
  }
}
