package io.gristmill.trainer.evaluation;

/**
 * The loss on a group of held-out documents.
 *
 * @param domain of the documents, or {@code *} for all
 * @param language of the documents, or {@code *} for all
 * @param nats sum over tokens of -ln p
 * @param tokens predicted
 * @param bytes of UTF-8 text that the tokens stand for; the end of a document stands for none
 */
public record GroupLoss(String domain, String language, double nats, long tokens, long bytes) {
  /** Domain or language of a sum over several. */
  public static final String ALL = "*";

  /** Mean loss of a token, in nats. */
  public double natsPerToken() {
    return tokens == 0 ? 0 : nats / tokens;
  }

  /** Mean loss of a byte of text, in bits; independent of the tokenizer. */
  public double bitsPerByte() {
    return bytes == 0 ? 0 : nats / Math.log(2) / bytes;
  }

  GroupLoss plus(GroupLoss other) {
    return new GroupLoss(
        domain.equals(other.domain) ? domain : ALL,
        language.equals(other.language) ? language : ALL,
        nats + other.nats,
        tokens + other.tokens,
        bytes + other.bytes);
  }
}
