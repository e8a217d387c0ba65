package io.gristmill.trainer.collective;

import java.io.Serializable;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 random bytes that every worker of one job knows and nobody else does. They travel with the
 * job's own task description and never over the workers' sockets, where only answers to challenges
 * are seen (HMAC-SHA-256, RFC 2104).
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of a secret, of a challenge and of an answer. */
  static final int BYTES = 32;

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /** A new secret from the system's secure random source. */
  public static Secret random() {
    return new Secret(randomBytes());
  }

  static byte[] randomBytes() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** The answer to a challenge: the keyed hash of all {@code parts} one after the other. */
  byte[] answer(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
