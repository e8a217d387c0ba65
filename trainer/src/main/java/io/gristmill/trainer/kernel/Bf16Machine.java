package io.gristmill.trainer.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a machine can compute products in bfloat16. */
final class Bf16Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Pattern FLAG = Pattern.compile("\\b(avx512_bf16|amx_bf16)\\b");

  private Bf16Machine() {}

  /**
   * Fails unless this machine can.
   *
   * @throws IllegalArgumentException saying what it lacks
   */
  static void require() throws IOException {
    List<String> cpus = Files.isReadable(CPUS) ? Files.readAllLines(CPUS) : List.of();
    Optional<String> refusal =
        refusal(System.getProperty("os.name"), System.getProperty("os.arch"), cpus);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException(refusal.get());
    }
  }

  /**
   * What a machine lacks.
   *
   * @param system as in the property {@code os.name}
   * @param architecture as in {@code os.arch}
   * @param cpus lines of {@code /proc/cpuinfo}
   */
  static Optional<String> refusal(String system, String architecture, List<String> cpus) {
    if (!system.toLowerCase(Locale.ROOT).contains("linux") || !architecture.equals("amd64")) {
      return Optional.of(
          "precision bf16 runs on Linux on x86-64, this is %s on %s; set pretrain.precision to fp32"
              .formatted(system, architecture));
    }
    boolean able =
        cpus.stream().anyMatch(line -> line.startsWith("flags") && FLAG.matcher(line).find());
    if (able) {
      return Optional.empty();
    }
    return Optional.of(
        "precision bf16 needs a CPU with the instructions avx512_bf16 or amx_bf16, %s has neither; set pretrain.precision to fp32"
            .formatted(model(cpus)));
  }

  private static String model(List<String> cpus) {
    return cpus.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("this one");
  }
}
