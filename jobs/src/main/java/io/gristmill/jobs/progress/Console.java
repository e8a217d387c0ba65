package io.gristmill.jobs.progress;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/** Standard error shared by lines that stay and one status line that moves. */
public final class Console {
  private static final long STATUS_NANOS_ON_TERMINAL = 500_000_000L;
  private static final long STATUS_NANOS_IN_LOG = 15_000_000_000L;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean statusShown;
  private long lastStatus;

  Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.lastStatus = System.nanoTime();
  }

  /** A terminal when input and output both are one, as the JDK sees it. */
  @SuppressWarnings("SystemConsoleNull") // no longer null, but isTerminal says what we ask
  public static Console standardError() {
    var console = System.console();
    return new Console(System.err, console != null && console.isTerminal());
  }

  /** A line that stays. */
  public void line(String text) {
    lock.lock();
    try {
      eraseStatus();
      out.println(text);
      out.flush();
      lastStatus = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /** How far the work is; shown at most twice a second, in a log every 15 seconds. */
  public void status(String text) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (now - lastStatus < (terminal ? STATUS_NANOS_ON_TERMINAL : STATUS_NANOS_IN_LOG)) {
        return;
      }
      lastStatus = now;
      if (terminal) {
        out.print(ERASE_LINE + "  " + text);
        statusShown = true;
      } else {
        out.println("  " + text);
      }
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private void eraseStatus() {
    if (statusShown) {
      out.print(ERASE_LINE);
      statusShown = false;
    }
  }
}
