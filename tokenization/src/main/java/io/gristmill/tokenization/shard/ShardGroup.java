package io.gristmill.tokenization.shard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The encoded documents of one split, domain and language: a stream of tokens, each document ended
 * by the end-of-text token.
 *
 * @param domain of its documents when they were encoded; with split and language it names the group
 * @param mixtureDomain what mixtures call the domain; groups of one name are weighed together and
 *     stay apart otherwise, each with a shuffle of its own
 * @param documents how many there are
 * @param tokens how many, end-of-text tokens included
 * @param bytes UTF-8 bytes of their texts
 * @param copies of documents among those that rehydration has added
 * @param files in the order of the documents
 */
public record ShardGroup(
    Split split,
    String domain,
    String mixtureDomain,
    String language,
    long documents,
    long tokens,
    long bytes,
    Copies copies,
    List<ShardFile> files) {
  /** The order of the groups in shards.json. */
  public static final Comparator<ShardGroup> ORDER =
      Comparator.comparing(ShardGroup::split)
          .thenComparing(ShardGroup::domain)
          .thenComparing(ShardGroup::language);

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

  public ShardGroup {
    files = List.copyOf(files);
  }

  /**
   * What is there again because its cluster is large.
   *
   * @param documents beyond the first of each
   * @param tokens that they have
   */
  public record Copies(long documents, long tokens) {
    /** Every document is there once. */
    public static final Copies NONE = new Copies(0, 0);
  }

  /** A group of documents once each that mixtures call by their domain. */
  public ShardGroup(
      Split split,
      String domain,
      String language,
      long documents,
      long tokens,
      long bytes,
      List<ShardFile> files) {
    this(split, domain, domain, language, documents, tokens, bytes, Copies.NONE, files);
  }

  /** The same tokens under another name for mixtures. */
  public ShardGroup withMixtureDomain(String name) {
    return new ShardGroup(split, domain, name, language, documents, tokens, bytes, copies, files);
  }

  /** {@code domain/language}, for people. */
  public String label() {
    return domain + "/" + language;
  }

  /** A hash of the contents: of the hashes of the files in order. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ShardFile file : files) {
        digest.update((file.sha256() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The folder of a group within the folder of the shards, named as Hive names partitions. */
  public static String folder(Split split, String domain, String language) {
    return "split=" + split.key() + "/domain=" + escape(domain) + "/language=" + escape(language);
  }

  /**
   * Letters, digits, {@code . _ -} as they are, every other byte of the UTF-8 form as {@code %XX}.
   */
  public static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xff);
      boolean plain = PLAIN.indexOf(c) >= 0;
      escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return escaped.toString();
  }
}
