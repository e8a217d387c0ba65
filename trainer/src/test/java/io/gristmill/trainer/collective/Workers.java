package io.gristmill.trainer.collective;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one function per worker, each on a thread of its own, over real loopback sockets. */
public final class Workers {
  private static final String LOOPBACK = "127.0.0.1";

  private Workers() {}

  /** What one worker does with its group. */
  public interface Work<R> {
    R run(Group group) throws Exception;
  }

  /** Results by rank; an exception of any worker is thrown after all have ended. */
  public static <R> List<R> run(int size, Work<R> work) throws Exception {
    return run(size, Patience.ofSilence(20), work);
  }

  public static <R> List<R> run(int size, Patience patience, Work<R> work) throws Exception {
    List<Listener> listeners = listeners(size);
    List<WorkerAddress> addresses = listeners.stream().map(Listener::address).toList();
    Secret secret = Secret.random();
    List<Callable<R>> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int rank = i;
      tasks.add(
          () -> {
            try (Group group =
                Group.connect(
                    rank, addresses, listeners.get(rank), secret, patience, () -> false)) {
              return work.run(group);
            }
          });
    }
    return all(tasks);
  }

  static List<Listener> listeners(int size) throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      listeners.add(Listener.bind(LOOPBACK));
    }
    return listeners;
  }

  static <R> List<R> all(List<Callable<R>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> futures = threads.invokeAll(tasks);
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
      return results;
    }
  }
}
