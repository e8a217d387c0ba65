package io.gristmill.trainer.collective;

import java.util.Locale;

/** What a frame belongs to. */
enum Operation {
  BARRIER(1),
  BROADCAST(2),
  BYTES(3),
  REDUCE_SCATTER(4),
  ALL_GATHER(5),
  TRANSFER(6);

  /** The number that travels on the wire. */
  final int code;

  Operation(int code) {
    this.code = code;
  }

  static String name(int code) {
    for (Operation operation : values()) {
      if (operation.code == code) {
        return operation.toString();
      }
    }
    return "operation " + code;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
