package io.gristmill.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cuts TCP connections between two other processes, as a broken network does: neither of them is
 * asked. Linux from 5.6, for processes of one's own.
 */
final class Connections {
  private static final long PIDFD_OPEN = 434;
  private static final long PIDFD_GETFD = 438;
  private static final long NO_FLAGS = 0;
  private static final int SHUT_RDWR = 2;
  private static final String ESTABLISHED = "01";

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructureOfErrors ERRORS = new StructureOfErrors();
  private static final MethodHandle SYSCALL =
      handle(
          "syscall",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle SHUTDOWN =
      handle(
          "shutdown",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Connections() {}

  private record StructureOfErrors(MemoryLayout layout, VarHandle number) {
    StructureOfErrors() {
      this(
          Linker.Option.captureStateLayout(),
          Linker.Option.captureStateLayout()
              .varHandle(MemoryLayout.PathElement.groupElement("errno")));
    }
  }

  /** Both ends of a connection, as the kernel writes them, seen from one of them. */
  private record Ends(String local, String remote) {
    Ends turned() {
      return new Ends(/* local= */ remote, /* remote= */ local);
    }
  }

  /**
   * Cuts all connections between two processes.
   *
   * @return how many there were
   */
  static int cut(ProcessHandle one, ProcessHandle other) throws IOException {
    Map<Ends, Integer> ofOne = sockets(one);
    Map<Ends, Integer> ofOther = sockets(other);
    int cut = 0;
    for (Map.Entry<Ends, Integer> socket : ofOne.entrySet()) {
      if (ofOther.containsKey(socket.getKey().turned())) {
        shutDown(one, socket.getValue());
        cut++;
      }
    }
    return cut;
  }

  /** The file descriptors of a process's established connections. */
  private static Map<Ends, Integer> sockets(ProcessHandle process) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    Map<String, Integer> byInode = new HashMap<>();
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          byInode.put(
              target.substring("socket:[".length(), target.length() - 1),
              Integer.parseInt(descriptor.getFileName().toString()));
        }
      }
    }
    Map<Ends, Integer> sockets = new HashMap<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(folder.resolve(table))) {
        String[] fields = line.strip().split("\\s+");
        Integer descriptor = fields.length > 9 ? byInode.get(fields[9]) : null;
        if (descriptor != null && fields[3].equals(ESTABLISHED)) {
          sockets.put(new Ends(ipv4(fields[1]), ipv4(fields[2])), descriptor);
        }
      }
    }
    return sockets;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  /** An address that IPv6 maps is written with the IPv4 address at its end. */
  private static String ipv4(String address) {
    int colon = address.indexOf(':');
    return address.substring(colon - 8);
  }

  private static void shutDown(ProcessHandle process, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERRORS.layout());
      long pidfd = systemCall(error, PIDFD_OPEN, process.pid(), NO_FLAGS, NO_FLAGS);
      long copy = systemCall(error, PIDFD_GETFD, pidfd, descriptor, NO_FLAGS);
      check("shutdown", (int) SHUTDOWN.invokeExact(error, (int) copy, SHUT_RDWR), error);
      check("close", (int) CLOSE.invokeExact(error, (int) copy), error);
      check("close", (int) CLOSE.invokeExact(error, (int) pidfd), error);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long systemCall(
      MemorySegment error, long number, long first, long second, long third) throws Throwable {
    long result = (long) SYSCALL.invokeExact(error, number, first, second, third);
    check("system call " + number, result, error);
    return result;
  }

  private static void check(String call, long result, MemorySegment error) {
    if (result < 0) {
      int number = (int) ERRORS.number().get(error, 0L);
      throw new UncheckedIOException(
          new IOException(
              "%s failed with error %d; the test needs Linux 5.6 and processes of its own user"
                  .formatted(call, number)));
    }
  }

  @SuppressWarnings("restricted") // native code is what it is for
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }
}
