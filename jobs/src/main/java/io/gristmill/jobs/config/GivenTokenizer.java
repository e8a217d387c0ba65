package io.gristmill.jobs.config;

/**
 * A tokenizer that exists already.
 *
 * @param path its file or folder, a Hadoop path; empty for none
 * @param use what to do with it
 */
public record GivenTokenizer(String path, Use use) {
  /** Every tokenizer is trained from the bytes. */
  public static final GivenTokenizer NONE = new GivenTokenizer("", Use.NONE);

  /** What to do with a tokenizer that is given. */
  public enum Use {
    NONE,
    /** Encode with it as it is. */
    ADOPT,
    /** Learn further merges on top of its own. */
    EXTEND
  }
}
