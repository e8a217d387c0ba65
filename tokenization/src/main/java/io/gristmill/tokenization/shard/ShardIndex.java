package io.gristmill.tokenization.shard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code shards.json} says: which tokenizer encoded the documents, which are held out, and the
 * groups with their files, counts and hashes.
 *
 * @param tokenizerSha256 of the canonical tokenizer.json
 * @param width how token ids are stored
 * @param seed of the order of the documents
 * @param endOfText the id that ends every document
 * @param groups sorted by split, domain and language
 */
public record ShardIndex(
    String tokenizerSha256,
    int vocabularySize,
    TokenWidth width,
    long seed,
    int endOfText,
    Holdout holdout,
    List<ShardGroup> groups) {
  /** The version of the format. */
  public static final int VERSION = 1;

  public ShardIndex {
    groups = groups.stream().sorted(ShardGroup.ORDER).toList();
  }

  /** The groups of one split. */
  public List<ShardGroup> groups(Split split) {
    return groups.stream().filter(group -> group.split() == split).toList();
  }

  /**
   * The group of this split, domain and language.
   *
   * @throws IllegalArgumentException if there is none; the message lists what is there
   */
  public ShardGroup group(Split split, String domain, String language) {
    return groups(split).stream()
        .filter(group -> group.domain().equals(domain) && group.language().equals(language))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no %s shards of domain %s and language %s; there are: %s"
                        .formatted(split.key(), domain, language, labels(split))));
  }

  /** {@code domain/language} of every group of a split, with its tokens. */
  public String labels(Split split) {
    return groups(split).stream()
        .map(group -> "%s (%,d tokens)".formatted(group.label(), group.tokens()))
        .collect(Collectors.joining(", "));
  }
}
