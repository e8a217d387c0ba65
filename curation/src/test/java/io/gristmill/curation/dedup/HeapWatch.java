package io.gristmill.curation.dedup;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** How much heap is left after garbage collections while it is open. */
final class HeapWatch implements AutoCloseable {
  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(pool -> pool.getName())
          .collect(Collectors.toSet());

  private final AtomicLong afterAny = new AtomicLong();
  private final AtomicLong afterFull = new AtomicLong();
  private final NotificationListener listener = (notification, handback) -> see(notification);
  private final Thread collector;

  /**
   * @param seconds from one full collection to the next, which slows what is watched down; 0 for
   *     none
   */
  HeapWatch(double seconds) {
    for (var bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean).addNotificationListener(listener, null, null);
    }
    collector = Thread.ofPlatform().daemon().unstarted(() -> collect(seconds));
    if (seconds > 0) {
      collector.start();
    }
  }

  /** The most bytes after a collection of any kind; garbage that is not young yet counts. */
  long afterAny() {
    return afterAny.get();
  }

  /** The most bytes after a full collection: what was really held, at those moments. */
  long afterFull() {
    return afterFull.get();
  }

  /** Bytes in use now, after a full collection. */
  static long now() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void collect(double seconds) {
    try {
      while (true) {
        Thread.sleep(Math.round(1000 * seconds));
        System.gc();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    collector.interrupt();
    for (var bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      try {
        ((NotificationEmitter) bean).removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void see(Notification notification) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    var collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    long left =
        collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(pool -> HEAP.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum();
    afterAny.accumulateAndGet(left, Math::max);
    if (collection.getGcCause().equals("System.gc()")) {
      afterFull.accumulateAndGet(left, Math::max);
    }
  }
}
