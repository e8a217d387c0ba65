package io.gristmill.trainer.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Products of bfloat16 matrices by oneDNN, called straight on arrays of the heap. Its function
 * {@code dnnl_gemm_bf16bf16f32} is exported and tested by oneDNN but not in its headers, so only
 * the version that this was written for is taken. Each call computes on the calling thread alone.
 *
 * @see <a href="https://github.com/uxlfoundation/oneDNN">oneDNN</a>
 */
final class OneDnn {
  /** Major and minor; another one may compute other bits. */
  static final String VERSION = "3.11";

  /** The jar for the class path, and what it is called in Maven repositories. */
  static final String JAR =
      "dnnl-3.11-1.5.13-linux-x86_64.jar (mvn dependency:copy -Dartifact=org.bytedeco:dnnl:3.11-1.5.13:jar:linux-x86_64 fetches it)";

  /** The instructions of {@code dnnl_cpu_isa_avx512_core_bf16} that lesser sets have not. */
  private static final int BF16 = 0x80;

  /**
   * A call on the heap keeps the garbage collector waiting, so none has more multiply-adds than
   * some hundredths of a second are enough for.
   */
  private static final long MOST_MULTIPLY_ADDS = 1L << 31;

  private static final int ROW_STEP = 48;

  private final MethodHandle gemm;
  private final MethodHandle setThreads;
  private final String version;
  private final String instructions;

  private OneDnn(MethodHandle gemm, MethodHandle setThreads, String version, String instructions) {
    this.gemm = gemm;
    this.setThreads = setThreads;
    this.version = version;
    this.instructions = instructions;
  }

  /** The outcome of the only attempt of this process. */
  private static final class Attempt {
    static final Attempt ONLY = new Attempt();

    private final OneDnn library;
    private final String refusal;

    private Attempt() {
      OneDnn loaded = null;
      String failure = "";
      try {
        Bf16Machine.require();
        loaded = open();
      } catch (IllegalArgumentException e) {
        failure = e.getMessage();
      } catch (IOException e) {
        failure = "oneDNN, which precision bf16 needs, could not be unpacked: " + e;
      }
      library = loaded;
      refusal = failure;
    }
  }

  /**
   * The library, loaded at the first call.
   *
   * @throws IllegalArgumentException if it is absent or of another version, or the machine lacks
   *     what it needs
   */
  static OneDnn load() {
    if (Attempt.ONLY.library == null) {
      throw new IllegalArgumentException(Attempt.ONLY.refusal);
    }
    return Attempt.ONLY.library;
  }

  private static OneDnn open() throws IOException {
    try (OneDnnFiles files = OneDnnFiles.unpack(OneDnn.class.getClassLoader())) {
      return of(lookup(files.library()));
    }
  }

  @SuppressWarnings("restricted") // native code is what the user asked for
  private static SymbolLookup lookup(Path library) {
    return SymbolLookup.libraryLookup(library, Arena.global());
  }

  private static OneDnn of(SymbolLookup library) {
    var ints = ValueLayout.JAVA_INT;
    var longs = ValueLayout.JAVA_LONG;
    var bytes = ValueLayout.JAVA_BYTE;
    var floats = ValueLayout.JAVA_FLOAT;
    var address = ValueLayout.ADDRESS;
    MethodHandle gemm =
        function(
            library,
            "dnnl_gemm_bf16bf16f32",
            FunctionDescriptor.of(
                ints, bytes, bytes, longs, longs, longs, floats, address, longs, address, longs,
                floats, address, longs),
            Linker.Option.critical(true));
    // Found by way of the library, it is that of the OpenMP that the library itself uses.
    MethodHandle setThreads =
        function(library, "omp_set_num_threads", FunctionDescriptor.ofVoid(ints));
    MethodHandle version = function(library, "dnnl_version", FunctionDescriptor.of(address));
    MethodHandle isa = function(library, "dnnl_get_effective_cpu_isa", FunctionDescriptor.of(ints));
    try {
      MemorySegment numbers = numbers((MemorySegment) version.invokeExact());
      String found =
          numbers.getAtIndex(ints, 0)
              + "."
              + numbers.getAtIndex(ints, 1)
              + "."
              + numbers.getAtIndex(ints, 2);
      if (!found.startsWith(VERSION + ".")) {
        throw new IllegalArgumentException(
            "oneDNN on the class path is %s, precision bf16 needs %s; replace its jar by %s"
                .formatted(found, VERSION, JAR));
      }
      int set = (int) isa.invokeExact();
      if ((set & BF16) == 0) {
        throw new IllegalArgumentException(
            "oneDNN sees no bf16 instructions on this machine (set 0x%x); unset ONEDNN_MAX_CPU_ISA if it is set, or set pretrain.precision to fp32"
                .formatted(set));
      }
      return new OneDnn(gemm, setThreads, found, instructions(set));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted") // dnnl_version_t begins with three ints
  private static MemorySegment numbers(MemorySegment version) {
    return version.reinterpret(3L * Integer.BYTES);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment address =
        library
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "oneDNN on the class path has no %s; replace its jar by %s"
                            .formatted(name, JAR)));
    return Linker.nativeLinker().downcallHandle(address, type, options);
  }

  /**
   * The sets that compute bf16 products in other orders, by the names of {@code dnnl_cpu_isa_t}.
   */
  static String instructions(int set) {
    String name = (set & 0xE00) == 0xE00 ? "avx512_core_amx" : "avx512_core_bf16";
    return "%s (0x%x)".formatted(name, set);
  }

  String description() {
    return "oneDNN %s, %s".formatted(version, instructions);
  }

  String instructions() {
    return instructions;
  }

  /**
   * c = op(a) op(b), or added to c.
   *
   * @param a bfloat16, without gaps: M x depth, or depth x M for {@link Form#TN}
   * @param b bfloat16, without gaps: depth x N, or N x depth for {@link Form#NT}
   */
  void multiply(Form form, short[] a, short[] b, Matrix c, int depth, boolean add) {
    long rowWork = (long) c.columns() * depth;
    int most = (int) Math.min(c.rows(), MOST_MULTIPLY_ADDS / rowWork);
    int step = Math.max(ROW_STEP, most / ROW_STEP * ROW_STEP);
    for (int row = 0; row < c.rows(); row += step) {
      Matrix part = c.rows(row, Math.min(step, c.rows() - row));
      int from = form == Form.TN ? row : row * depth;
      call(form, a, from, form == Form.TN ? c.rows() : depth, b, part, depth, add);
    }
  }

  private void call(
      Form form, short[] a, int from, int strideOfA, short[] b, Matrix c, int depth, boolean add) {
    int strideOfB = form == Form.NT ? depth : c.columns();
    int status;
    try {
      setThreads.invokeExact(1);
      status =
          (int)
              gemm.invokeExact(
                  (byte) (form == Form.TN ? 'T' : 'N'),
                  (byte) (form == Form.NT ? 'T' : 'N'),
                  (long) c.rows(),
                  (long) c.columns(),
                  (long) depth,
                  1f,
                  MemorySegment.ofArray(a).asSlice((long) from * Short.BYTES),
                  (long) strideOfA,
                  MemorySegment.ofArray(b),
                  (long) strideOfB,
                  add ? 1f : 0f,
                  MemorySegment.ofArray(c.data()).asSlice((long) c.offset() * Float.BYTES),
                  (long) c.stride());
    } catch (Throwable e) {
      throw unexpected(e);
    }
    if (status != 0) {
      throw new IllegalStateException(
          "oneDNN refused a product of %d x %d x %d with status %d"
              .formatted(c.rows(), c.columns(), depth, status));
    }
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException("oneDNN could not be called", thrown);
    };
  }
}
