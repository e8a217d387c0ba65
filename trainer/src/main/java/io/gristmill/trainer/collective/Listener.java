package io.gristmill.trainer.collective;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Where a worker waits for its peers: a socket bound to one address, open only until the group is
 * complete. Strangers are refused, counted and named; later ones meet a closed port.
 */
public final class Listener implements Closeable {
  private static final int HALF_OPEN = 64;
  private static final int NAMED = 20;

  private final ServerSocketChannel server;
  private final String host;
  private final Semaphore halfOpen = new Semaphore(HALF_OPEN);
  private final List<String> refused = new ArrayList<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private int refusals;
  private boolean closed;

  private Listener(ServerSocketChannel server, String host) {
    this.server = server;
    this.host = host;
  }

  /** A peer that has proved its rank. */
  record Arrival(int rank, SocketChannel channel) {}

  /**
   * Binds to {@code host} only, on a port that the system picks.
   *
   * @throws IOException naming the host, when it is no address of this machine
   */
  public static Listener bind(String host) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      return new Listener(server, host);
    } catch (IOException e) {
      server.close();
      throw new IOException(
          "cannot listen on %s: %s; the address the workers use must belong to their machine (set SPARK_LOCAL_IP there)"
              .formatted(host, e.getMessage()),
          e);
    }
  }

  /** Host and port to tell the peers. */
  public WorkerAddress address() {
    return new WorkerAddress(host, server.socket().getLocalPort());
  }

  /** Begins to answer, until {@link #close}. */
  void start(Handshake handshake) {
    Thread.ofVirtual().name("listener").start(() -> answerAll(handshake));
  }

  BlockingQueue<Arrival> arrivals() {
    return arrivals;
  }

  /** How many connections were refused, and why the first of them were. */
  synchronized Refusals refusals() {
    return new Refusals(refusals, List.copyOf(refused));
  }

  private void answerAll(Handshake handshake) {
    while (server.isOpen()) {
      try {
        Socket socket = server.socket().accept();
        if (halfOpen.tryAcquire()) {
          Thread.ofVirtual().name("handshake").start(() -> answer(socket, handshake));
        } else {
          refuse(
              socket, "more than %d connections have not proved themselves".formatted(HALF_OPEN));
        }
      } catch (IOException e) {
        // The port was closed, which ends the loop, or one connection broke before it was taken.
      }
    }
  }

  private void answer(Socket socket, Handshake handshake) {
    try {
      int rank = handshake.accept(socket);
      welcome(new Arrival(rank, socket.getChannel()));
    } catch (SocketTimeoutException e) {
      refuse(socket, "handshake took too long");
    } catch (IOException e) {
      refuse(socket, e.getMessage());
    } finally {
      halfOpen.release();
    }
  }

  private synchronized void welcome(Arrival arrival) {
    if (closed) {
      refuse(arrival.channel().socket(), "late: the group is complete");
    } else {
      arrivals.add(arrival);
    }
  }

  private void refuse(Socket socket, String reason) {
    synchronized (this) {
      refusals++;
      if (refused.size() < NAMED) {
        refused.add(socket.getRemoteSocketAddress() + ": " + reason);
      }
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done for a stranger.
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    server.close();
    for (Arrival arrival : arrivals) {
      arrival.channel().close();
    }
  }
}
