package io.gristmill.trainer.collective;

import java.net.InetSocketAddress;

/** Where a worker listens, written {@code host:port}; an IPv6 host may stand in brackets. */
public record WorkerAddress(String host, int port) {
  public WorkerAddress {
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "worker address is \"%s:%d\", must be host:port".formatted(host, port));
    }
  }

  /** Reads what {@link #toString} writes. */
  public static WorkerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "worker address is \"%s\", must be host:port".formatted(text));
    }
    return new WorkerAddress(host(text), Integer.parseInt(text, colon + 1, text.length(), 10));
  }

  /** The host of {@code host:port} without the brackets of IPv6. */
  public static String host(String hostAndPort) {
    String host = hostAndPort.substring(0, hostAndPort.lastIndexOf(':'));
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
