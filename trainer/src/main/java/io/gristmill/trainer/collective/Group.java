package io.gristmill.trainer.collective;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The workers of one training run, each connected to each. Every member calls the same operations
 * in the same order with the same step; a member that does not is noticed by the frames' headers.
 *
 * <p>A group belongs to one thread. Any lost peer breaks it for good: the caller gets a {@link
 * CollectiveException} that names the peer and the step, and the run begins anew from its last
 * checkpoint.
 */
public final class Group implements Closeable {
  private static final int LARGEST_MESSAGE = 64 << 20;
  private static final long RETRY_MILLIS = 100;

  private final int rank;
  private final int size;
  private final SortedMap<Integer, Link> links;
  private final List<WorkerAddress> addresses;
  private final Refusals refusals;

  private Group(
      int rank,
      int size,
      SortedMap<Integer, Link> links,
      List<WorkerAddress> addresses,
      Refusals refusals) {
    this.rank = rank;
    this.size = size;
    this.links = links;
    this.addresses = List.copyOf(addresses);
    this.refusals = refusals;
  }

  /** The group of one worker, without a socket. */
  public static Group alone() {
    return new Group(0, 1, new TreeMap<>(), List.of(), Refusals.NONE);
  }

  /**
   * Connects to every peer, then closes the listener.
   *
   * @param rank this worker, an index into {@code addresses}
   * @param addresses where each worker listens; their number is a power of two
   * @param cancelled asked while waiting; true ends the wait with an exception
   * @throws CollectiveException naming the peers that did not come in time
   */
  public static Group connect(
      int rank,
      List<WorkerAddress> addresses,
      Listener listener,
      Secret secret,
      Patience patience,
      BooleanSupplier cancelled)
      throws IOException {
    int size = new VectorShards(0, addresses.size()).workers();
    Handshake handshake = new Handshake(secret, size, rank, patience.handshake());
    SortedMap<Integer, SocketChannel> channels = new TreeMap<>();
    SortedMap<Integer, Link> links = new TreeMap<>();
    try (listener) {
      listener.start(handshake);
      long deadline = System.nanoTime() + patience.connect().toNanos();
      for (int peer = 0; peer < rank; peer++) {
        channels.put(
            peer, reach(peer, addresses.get(peer), listener, handshake, deadline, cancelled));
      }
      while (channels.size() < size - 1) {
        Listener.Arrival arrival =
            await(listener, channels, addresses, patience, deadline, cancelled);
        SocketChannel stale = channels.put(arrival.rank(), arrival.channel());
        if (stale != null) {
          stale.close(); // the peer gave up on it and came again
        }
      }
      for (var channel : channels.entrySet()) {
        channel.getValue().setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.getValue().setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        links.put(
            channel.getKey(),
            new Link(channel.getKey(), channel.getValue(), patience.silence(), cancelled));
      }
      return new Group(rank, size, links, addresses, listener.refusals());
    } catch (IOException | RuntimeException e) {
      for (SocketChannel channel : channels.values()) {
        channel.close();
      }
      throw e;
    }
  }

  private static Listener.Arrival await(
      Listener listener,
      SortedMap<Integer, SocketChannel> connected,
      List<WorkerAddress> addresses,
      Patience patience,
      long deadline,
      BooleanSupplier cancelled)
      throws IOException {
    while (System.nanoTime() < deadline && !cancelled.getAsBoolean()) {
      try {
        Listener.Arrival arrival = listener.arrivals().poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        if (arrival != null) {
          return arrival;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CollectiveException("interrupted while waiting for peers", e);
      }
    }
    List<String> missing = new ArrayList<>();
    for (int peer = 0; peer < addresses.size(); peer++) {
      if (addresses.get(peer).port() != listener.address().port() && !connected.containsKey(peer)) {
        missing.add("worker %d (%s)".formatted(peer, addresses.get(peer)));
      }
    }
    throw new CollectiveException(
        "%s did not connect within %d s at the start; refused so far: %s"
            .formatted(
                String.join(", ", missing), patience.connect().toSeconds(), listener.refusals()));
  }

  private static SocketChannel reach(
      int peer,
      WorkerAddress address,
      Listener listener,
      Handshake handshake,
      long deadline,
      BooleanSupplier cancelled)
      throws IOException {
    while (true) {
      SocketChannel channel = SocketChannel.open();
      try {
        Socket socket = channel.socket();
        // Leave by the address that the peers know us by.
        socket.bind(new InetSocketAddress(InetAddress.getByName(listener.address().host()), 0));
        long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        socket.connect(address.socketAddress(), (int) Math.min(left, Integer.MAX_VALUE));
        handshake.connect(socket, peer);
        return channel;
      } catch (IOException e) {
        channel.close();
        if (System.nanoTime() > deadline || cancelled.getAsBoolean()) {
          throw new CollectiveException(
              "cannot reach worker %d (%s) at the start: %s"
                  .formatted(peer, address, e.getMessage()),
              e);
        }
        pause();
      }
    }
  }

  private static void pause() throws CollectiveException {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollectiveException("interrupted while connecting", e);
    }
  }

  /** This worker's number, 0 to {@code size() - 1}. */
  public int rank() {
    return rank;
  }

  /** Number of workers, a power of two. */
  public int size() {
    return size;
  }

  /** A worker for people: {@code worker 2 (10.0.0.7:41234)}. */
  public String name(int worker) {
    return addresses.isEmpty()
        ? "worker %d".formatted(worker)
        : "worker %d (%s)".formatted(worker, addresses.get(worker));
  }

  /** What the listener refused before the group was complete. */
  public Refusals refusals() {
    return refusals;
  }

  /** Returns when every worker has called it. */
  public void barrier(long step) throws IOException {
    for (int bit = 1; bit < size; bit <<= 1) {
      link(rank ^ bit).exchange(Operation.BARRIER, step, Payload.NOTHING, n -> Payload.NOTHING);
    }
  }

  /**
   * Sums the vectors of all workers; afterwards {@code vector} holds the sum in this worker's shard
   * and partial sums elsewhere. Additions happen in the order of {@link VectorShards}.
   */
  public void reduceScatter(FloatVector vector, long step) throws IOException {
    reduceScatter(
        vector,
        range -> Payload.Floats.of(vector, range),
        range -> Payload.Floats.added(vector, range),
        step);
  }

  /**
   * The same with what is sent rounded; additions are of 32-bit floats. Every partial sum is
   * rounded on its way, so the result depends on the number of workers.
   */
  public void reduceScatter(FloatVector vector, Compression compression, long step)
      throws IOException {
    BlockCode code = BlockCode.of(compression);
    reduceScatter(
        vector,
        range -> CompressedFloats.of(vector, range, code),
        range -> CompressedFloats.added(vector, range, code),
        step);
  }

  /**
   * The same with errors fed back.
   *
   * @param errors what rounding took away from what this worker sent last, of the size of the
   *     vector; zeros at first, and always in this worker's shard, which it never sends
   */
  public void reduceScatter(
      FloatVector vector, Compression compression, FloatVector errors, long step)
      throws IOException {
    BlockCode code = BlockCode.of(compression);
    reduceScatter(
        vector,
        range -> CompressedFloats.of(vector, range, code, errors),
        range -> CompressedFloats.added(vector, range, code),
        step);
  }

  private void reduceScatter(
      FloatVector vector,
      Function<VectorShards.Range, Payload> sent,
      Function<VectorShards.Range, Payload> added,
      long step)
      throws IOException {
    VectorShards shards = new VectorShards(vector.size(), size);
    for (int round = 0; round < shards.rounds(); round++) {
      int partner = rank ^ 1 << round;
      VectorShards.Range kept = shards.held(rank, round + 1);
      VectorShards.Range given = shards.held(partner, round + 1);
      link(partner)
          .exchange(Operation.REDUCE_SCATTER, step, sent.apply(given), length -> added.apply(kept));
    }
  }

  /** Copies every worker's shard of {@code vector} to all workers. */
  public void allGather(FloatVector vector, long step) throws IOException {
    allGather(
        vector,
        range -> Payload.Floats.of(vector, range),
        range -> Payload.Floats.of(vector, range),
        step);
  }

  /**
   * The same in half of the bytes, of a vector whose numbers have no more bits than {@link
   * Compression#bfloat16} leaves: others would not be the same on all workers.
   */
  public void allGatherBfloat16(FloatVector vector, long step) throws IOException {
    BlockCode code = new Bfloat16Code();
    allGather(
        vector,
        range -> CompressedFloats.of(vector, range, code),
        range -> CompressedFloats.placed(vector, range, code),
        step);
  }

  private void allGather(
      FloatVector vector,
      Function<VectorShards.Range, Payload> sent,
      Function<VectorShards.Range, Payload> placed,
      long step)
      throws IOException {
    VectorShards shards = new VectorShards(vector.size(), size);
    for (int round = shards.rounds() - 1; round >= 0; round--) {
      int partner = rank ^ 1 << round;
      VectorShards.Range mine = shards.held(rank, round + 1);
      VectorShards.Range theirs = shards.held(partner, round + 1);
      link(partner)
          .exchange(Operation.ALL_GATHER, step, sent.apply(mine), length -> placed.apply(theirs));
    }
  }

  /** The small messages of all workers, by rank. */
  public List<byte[]> allGather(byte[] message, long step) throws IOException {
    byte[][] all = new byte[size][];
    all[rank] = message;
    for (int distance = 1; distance < size; distance++) {
      int partner = rank ^ distance;
      byte[][] arrived = new byte[1][];
      link(partner)
          .exchange(Operation.BYTES, step, new Payload.Bytes(message), n -> message(n, arrived));
      all[partner] = arrived[0];
    }
    return List.of(all);
  }

  /** The message of worker 0, on every worker. Only worker 0's argument matters. */
  public byte[] broadcast(byte[] message, long step) throws IOException {
    byte[][] arrived = {message};
    for (int bit = size >> 1; bit > 0; bit >>= 1) {
      if ((rank & (2 * bit - 1)) == 0) {
        link(rank | bit).send(Operation.BROADCAST, step, new Payload.Bytes(arrived[0]));
      } else if ((rank & (bit - 1)) == 0) {
        link(rank ^ bit).receive(Operation.BROADCAST, step, n -> message(n, arrived));
      }
    }
    return arrived[0];
  }

  /** Sends {@code range} of {@code vector} to one peer, which calls {@link #receive}. */
  public void send(int peer, FloatVector vector, VectorShards.Range range, long step)
      throws IOException {
    link(peer).send(Operation.TRANSFER, step, Payload.Floats.of(vector, range));
  }

  /** Receives {@code range} of {@code vector} from a peer that calls {@link #send}. */
  public void receive(int peer, FloatVector vector, VectorShards.Range range, long step)
      throws IOException {
    link(peer).receive(Operation.TRANSFER, step, n -> Payload.Floats.of(vector, range));
  }

  private static Payload message(long length, byte[][] arrived) {
    if (length < 0 || length > LARGEST_MESSAGE) {
      return Payload.NOTHING; // whose length then differs from the one announced
    }
    arrived[0] = new byte[(int) length];
    return new Payload.Bytes(arrived[0]);
  }

  private Link link(int peer) {
    return links.get(peer);
  }

  @Override
  public void close() throws IOException {
    for (Link link : links.values()) {
      link.close();
    }
  }
}
