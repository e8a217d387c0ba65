package io.gristmill.trainer.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneDnnTest {
  private static final List<String> OLD =
      List.of("model name\t: Some Old CPU", "flags\t\t: fpu avx2 avx512f avx512bw");

  @Test
  void aCpuWithoutTheInstructionsIsRefusedByItsName() {
    assertThat(Bf16Machine.refusal("Linux", "amd64", OLD))
        .hasValue(
            "precision bf16 needs a CPU with the instructions avx512_bf16 or amx_bf16, Some Old CPU has neither; set pretrain.precision to fp32");
  }

  @Test
  void anotherSystemIsRefused() {
    assertThat(Bf16Machine.refusal("Mac OS X", "aarch64", List.of()))
        .hasValue(
            "precision bf16 runs on Linux on x86-64, this is Mac OS X on aarch64; set pretrain.precision to fp32");
  }

  @Test
  void aCpuWithTheInstructionsIsTaken() {
    for (String flag : List.of("avx512_bf16", "amx_bf16")) {
      assertThat(Bf16Machine.refusal("Linux", "amd64", List.of("flags\t: fpu " + flag + " xsave")))
          .isEmpty();
    }
    assertThat(Bf16Machine.refusal("Linux", "amd64", List.of("flags\t: fpu xavx512_bf16y")))
        .isPresent();
  }

  @Test
  void aClassPathWithoutTheLibraryIsRefusedWithWhereItIs() {
    assertThatThrownBy(() -> OneDnnFiles.unpack(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "precision bf16 needs oneDNN 3.11, which is not on the class path; add --jars %s, or set pretrain.precision to fp32"
                .formatted(OneDnn.JAR));
  }

  @Test
  void unpackedFilesAreRemoved() throws IOException {
    Path folder;
    try (OneDnnFiles files = OneDnnFiles.unpack(OneDnnTest.class.getClassLoader())) {
      folder = files.folder();
      assertThat(files.library()).exists();
    }
    assertThat(Files.exists(folder)).isFalse();
  }

  @Test
  void instructionSetsOfOtherOrdersHaveOtherNames() {
    assertThat(OneDnn.instructions(0xE7)).isEqualTo("avx512_core_bf16 (0xe7)");
    assertThat(OneDnn.instructions(0xFEF)).isEqualTo("avx512_core_amx (0xfef)");
  }

  @Test
  void theLibraryIsLoadedOnce() {
    assertThat(Bf16.library()).isSameAs(OneDnn.load());
  }
}
