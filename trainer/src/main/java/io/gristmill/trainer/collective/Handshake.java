package io.gristmill.trainer.collective;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * How two workers prove to each other that they know the secret of the job, without sending it.
 *
 * <pre>
 * connector: hello = "GMH1", W, own rank, peer's rank (big-endian ints), 32 random bytes
 * acceptor:  32 random bytes
 * connector: HMAC(secret, "connect" hello challenge)
 * acceptor:  HMAC(secret, "accept" hello challenge)
 * </pre>
 *
 * The two labels keep an answer from being sent back as the other's. Every message has a fixed
 * size, so a stranger can make the acceptor hold {@value #HELLO_BYTES} bytes and no more, and the
 * whole handshake has one deadline.
 */
final class Handshake {
  static final int HELLO_BYTES = 4 * Integer.BYTES + Secret.BYTES;
  private static final int MAGIC = 0x474D4831; // "GMH1"
  private static final byte[] CONNECT = "connect".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPT = "accept".getBytes(StandardCharsets.US_ASCII);

  private final Secret secret;
  private final int workers;
  private final int rank;
  private final Duration limit;

  Handshake(Secret secret, int workers, int rank, Duration limit) {
    this.secret = secret;
    this.workers = workers;
    this.rank = rank;
    this.limit = limit;
  }

  /** Speaks first. Throws if the other side does not prove to be {@code peer}. */
  void connect(Socket socket, int peer) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    byte[] hello =
        ByteBuffer.allocate(HELLO_BYTES)
            .putInt(MAGIC)
            .putInt(workers)
            .putInt(rank)
            .putInt(peer)
            .put(Secret.randomBytes())
            .array();
    socket.getOutputStream().write(hello);
    byte[] challenge = read(socket, Secret.BYTES, deadline);
    socket.getOutputStream().write(secret.answer(CONNECT, hello, challenge));
    byte[] proof = read(socket, Secret.BYTES, deadline);
    if (!MessageDigest.isEqual(proof, secret.answer(ACCEPT, hello, challenge))) {
      throw new CollectiveException(
          "%s does not know the secret of this job".formatted(socket.getRemoteSocketAddress()));
    }
  }

  /** Answers a stranger and returns the rank that it has proved to be. */
  int accept(Socket socket) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    byte[] hello = read(socket, HELLO_BYTES, deadline);
    ByteBuffer fields = ByteBuffer.wrap(hello);
    if (fields.getInt() != MAGIC) {
      throw new CollectiveException("not a worker of this program");
    }
    int theirWorkers = fields.getInt();
    int from = fields.getInt();
    int to = fields.getInt();
    if (theirWorkers != workers || to != rank || from <= rank || from >= workers) {
      throw new CollectiveException(
          "worker %d of %d asks for worker %d, this is worker %d of %d"
              .formatted(from, theirWorkers, to, rank, workers));
    }
    byte[] challenge = Secret.randomBytes();
    socket.getOutputStream().write(challenge);
    byte[] proof = read(socket, Secret.BYTES, deadline);
    if (!MessageDigest.isEqual(proof, secret.answer(CONNECT, hello, challenge))) {
      throw new CollectiveException("wrong secret");
    }
    socket.getOutputStream().write(secret.answer(ACCEPT, hello, challenge));
    return from;
  }

  /** Reads exactly {@code length} bytes before {@code deadline}, however slowly they drip. */
  private static byte[] read(Socket socket, int length, long deadline) throws IOException {
    byte[] bytes = new byte[length];
    InputStream in = socket.getInputStream();
    int position = 0;
    while (position < length) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("handshake took too long");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
      int count = in.read(bytes, position, length - position);
      if (count < 0) {
        throw new CollectiveException(
            "closed after %d of %d bytes of the handshake".formatted(position, length));
      }
      position += count;
    }
    return bytes;
  }
}
