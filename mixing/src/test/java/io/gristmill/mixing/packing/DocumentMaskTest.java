package io.gristmill.mixing.packing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentMaskTest {
  @Test
  void aDocumentBeginsAfterTheEndOfText() {
    int[] tokens = {5, 0, 7, 8, 0, 0, 9, 3};
    int[] starts = {-1, -1, -1, -1, -1, -1, -1, -1};
    DocumentMask.starts(tokens, 7, 0, starts);
    assertThat(starts).containsExactly(0, 0, 2, 2, 2, 5, 6, -1);
  }
}
