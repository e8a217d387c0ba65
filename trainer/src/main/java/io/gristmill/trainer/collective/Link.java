package io.gristmill.trainer.collective;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * The connection to one peer. An exchange sends and receives at the same time on one thread, so two
 * workers that both send a gigabyte to each other never wait for the other to read first.
 */
final class Link implements Closeable {
  static final int BUFFER_BYTES = 1 << 20;
  private static final long POLL_MILLIS = 100;

  private final int peer;
  private final String name;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration silence;
  private final BooleanSupplier cancelled;
  private final ByteBuffer out = buffer();
  private final ByteBuffer in = buffer();
  private long sent;
  private long received;

  Link(int peer, SocketChannel channel, Duration silence, BooleanSupplier cancelled)
      throws IOException {
    this.peer = peer;
    this.name = "worker %d (%s)".formatted(peer, channel.getRemoteAddress());
    this.channel = channel;
    this.silence = silence;
    this.cancelled = cancelled;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, 0);
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  int peer() {
    return peer;
  }

  void send(Operation operation, long step, Payload payload) throws IOException {
    new Exchange(operation, step, payload, true, length -> Payload.NOTHING, false).run();
  }

  Payload receive(Operation operation, long step, LongFunction<Payload> target) throws IOException {
    return new Exchange(operation, step, Payload.NOTHING, false, target, true).run();
  }

  /**
   * Sends {@code payload} while receiving into what {@code target} opens for the length announced.
   */
  Payload exchange(Operation operation, long step, Payload payload, LongFunction<Payload> target)
      throws IOException {
    return new Exchange(operation, step, payload, true, target, true).run();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }

  /** One frame each way, or in one direction only. */
  private final class Exchange {
    private final Operation operation;
    private final long step;
    private final Payload payload;
    private final LongFunction<Payload> target;
    private long toSend;
    private long toReceive;
    private Payload arriving = Payload.NOTHING;
    private boolean headerPending;

    Exchange(
        Operation operation,
        long step,
        Payload payload,
        boolean sends,
        LongFunction<Payload> target,
        boolean receives) {
      this.operation = operation;
      this.step = step;
      this.payload = payload;
      this.target = target;
      this.headerPending = receives;
      in.clear().limit(Frame.BYTES);
      out.clear();
      if (sends) {
        toSend = Frame.BYTES + payload.bytes();
        new Frame(operation.code, step, sent++, payload.bytes()).put(out);
        payload.fill(out);
      }
      out.flip();
    }

    Payload run() throws IOException {
      long lastMoved = System.nanoTime();
      while (toSend > 0 || headerPending || toReceive > 0) {
        if (moved()) {
          lastMoved = System.nanoTime();
          continue;
        }
        if (cancelled.getAsBoolean()) {
          throw new CollectiveException(
              "asked to stop while waiting for %s in %s of step %d"
                  .formatted(name, operation, step));
        }
        if (System.nanoTime() - lastMoved > silence.toNanos()) {
          throw new CollectiveException(
              ("no byte from or to %s for %d s in %s of step %d; the worker is frozen, its machine"
                      + " is lost or the network is cut")
                  .formatted(name, silence.toSeconds(), operation, step));
        }
        key.interestOps(
            (toSend > 0 ? SelectionKey.OP_WRITE : 0)
                | (headerPending || toReceive > 0 ? SelectionKey.OP_READ : 0));
        selector.select(POLL_MILLIS);
        selector.selectedKeys().clear();
      }
      return arriving;
    }

    private boolean moved() throws IOException {
      try {
        boolean any = toSend > 0 && write();
        return ((headerPending || toReceive > 0) && read()) || any;
      } catch (CollectiveException e) {
        throw e;
      } catch (IOException e) {
        throw new CollectiveException(
            "lost %s in %s of step %d: %s".formatted(name, operation, step, e.getMessage()), e);
      }
    }

    private boolean write() throws IOException {
      int written = channel.write(out);
      toSend -= written;
      if (!out.hasRemaining() && toSend > 0) {
        out.clear();
        payload.fill(out);
        out.flip();
      }
      return written > 0;
    }

    private boolean read() throws IOException {
      int count = channel.read(in);
      if (count < 0) {
        throw new CollectiveException(
            "%s closed the connection in %s of step %d".formatted(name, operation, step));
      }
      if (in.hasRemaining()) {
        return count > 0;
      }
      in.flip();
      if (headerPending) {
        open(Frame.take(in));
      } else {
        toReceive -= in.remaining();
        arriving.drain(in);
      }
      in.clear().limit((int) Math.min(in.capacity(), toReceive));
      return true;
    }

    private void open(Frame frame) throws CollectiveException {
      if (frame.operation() != operation.code
          || frame.step() != step
          || frame.sequence() != received) {
        throw new CollectiveException(
            "%s is at %s of step %d (exchange %d), this worker at %s of step %d (exchange %d)"
                .formatted(
                    name,
                    Operation.name(frame.operation()),
                    frame.step(),
                    frame.sequence(),
                    operation,
                    step,
                    received));
      }
      received++;
      headerPending = false;
      arriving = target.apply(frame.length());
      if (arriving.bytes() != frame.length()) {
        throw new CollectiveException(
            "%s sends %d bytes in %s of step %d, %d were expected"
                .formatted(name, frame.length(), operation, step, arriving.bytes()));
      }
      toReceive = frame.length();
    }
  }
}
