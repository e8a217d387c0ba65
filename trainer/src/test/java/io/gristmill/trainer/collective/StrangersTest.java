package io.gristmill.trainer.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(20));

  @Test
  void strangersAreRefusedAndTheGroupIsUnharmed() throws Exception {
    List<Listener> listeners = Workers.listeners(2);
    List<WorkerAddress> addresses = listeners.stream().map(Listener::address).toList();
    Secret secret = Secret.random();
    List<Socket> strangers = new ArrayList<>();
    List<Callable<Refusals>> workers =
        List.of(
            () -> join(0, addresses, listeners, secret),
            () -> {
              strangers.add(
                  stranger(
                      addresses.getFirst(),
                      "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
              strangers.add(stranger(addresses.getFirst(), ByteBuffer.allocate(4096).array()));
              strangers.add(stranger(addresses.getFirst(), lengthPrefixOfFourGigabytes()));
              strangers.add(stranger(addresses.getFirst(), new byte[] {0x47})); // then silence
              wrongSecret(addresses.getFirst());
              Thread.sleep(800); // beyond the deadline of the silent one
              return join(1, addresses, listeners, secret);
            });

    Refusals refused = Workers.all(workers).getFirst();

    assertThat(refused.count()).as("%s", refused).isEqualTo(5);
    assertThat(String.join("\n", refused.reasons()))
        .contains("not a worker of this program")
        .contains("handshake took too long")
        .contains("wrong secret");
    for (Socket stranger : strangers) {
      stranger.setSoTimeout(5_000);
      assertThat(closedByPeer(stranger)).isTrue();
    }
    assertThatThrownBy(() -> stranger(addresses.getFirst(), new byte[1]))
        .as("late connections meet a closed port")
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aMissingPeerIsNamed() throws Exception {
    List<Listener> listeners = Workers.listeners(2);
    List<WorkerAddress> addresses = listeners.stream().map(Listener::address).toList();
    var impatient =
        new Patience(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                Group.connect(
                    0, addresses, listeners.get(0), Secret.random(), impatient, () -> false))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("worker 1 (%s) did not connect".formatted(addresses.get(1)));
    listeners.get(1).close();
  }

  @Test
  void anAddressOfAnotherMachineIsNotBound() {
    assertThatThrownBy(() -> Listener.bind("192.0.2.1"))
        .hasMessageContaining("cannot listen on 192.0.2.1");
  }

  private static Refusals join(
      int rank, List<WorkerAddress> addresses, List<Listener> listeners, Secret secret)
      throws IOException {
    try (Group group =
        Group.connect(rank, addresses, listeners.get(rank), secret, PATIENCE, () -> false)) {
      group.barrier(0);
      return group.refusals();
    }
  }

  private static void wrongSecret(WorkerAddress address) throws IOException {
    try (Socket socket = new Socket(address.host(), address.port())) {
      var handshake = new Handshake(Secret.random(), 2, 1, Duration.ofSeconds(5));
      assertThatThrownBy(() -> handshake.connect(socket, 0)).isInstanceOf(IOException.class);
    }
  }

  private static byte[] lengthPrefixOfFourGigabytes() {
    return ByteBuffer.allocate(64).putInt(-1).array();
  }

  private static Socket stranger(WorkerAddress address, byte[] bytes) throws IOException {
    Socket socket = new Socket(address.host(), address.port());
    socket.getOutputStream().write(bytes);
    return socket;
  }

  private static boolean closedByPeer(Socket socket) {
    try (socket) {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset, since unread bytes were left
    }
  }
}
