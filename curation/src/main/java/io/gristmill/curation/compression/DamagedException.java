package io.gristmill.curation.compression;

import java.io.IOException;

/** Bytes that are not what they should be: the data is damaged, the storage is not. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason short name to count by, such as {@code gzip_damaged}
   * @param detail what was found, for people
   */
  public DamagedException(String reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Short name to count by. */
  public String reason() {
    return reason;
  }
}
