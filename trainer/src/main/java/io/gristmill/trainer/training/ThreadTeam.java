package io.gristmill.trainer.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one worker. They take numbered items in order, each one the next that is left. */
final class ThreadTeam implements AutoCloseable {
  private final int size;
  private final ExecutorService threads;

  ThreadTeam(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "threads is %d, must be at least 1; the number of cores is usual".formatted(size));
    }
    this.size = size;
    this.threads =
        Executors.newFixedThreadPool(
            size, Thread.ofPlatform().daemon().name("trainer-", 0).factory());
  }

  /** What is done with one item by one thread. */
  interface Task {
    void run(int thread, int item) throws IOException;
  }

  int size() {
    return size;
  }

  /**
   * Runs all items and returns when every thread is idle again; after a failure no new item is
   * begun.
   */
  void run(int items, Task task) throws IOException {
    var next = new AtomicInteger();
    var failed = new AtomicBoolean();
    List<Future<Void>> running = new ArrayList<>();
    for (int i = 0; i < Math.min(size, items); i++) {
      int thread = i;
      running.add(
          threads.submit(
              () -> {
                try {
                  for (int item = next.getAndIncrement();
                      item < items && !failed.get();
                      item = next.getAndIncrement()) {
                    task.run(thread, item);
                  }
                  return null;
                } catch (IOException | RuntimeException | Error e) {
                  failed.set(true);
                  throw e;
                }
              }));
    }
    await(running);
  }

  private static void await(List<Future<Void>> running) throws IOException {
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Future<Void> future : running) {
      boolean ended = false;
      while (!ended) {
        try {
          future.get();
          ended = true;
        } catch (ExecutionException e) {
          failures.add(e.getCause());
          ended = true;
        } catch (InterruptedException e) {
          interrupted = true; // the threads share buffers with the caller, so they are waited for
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      switch (failures.getFirst()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failures.getFirst());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
