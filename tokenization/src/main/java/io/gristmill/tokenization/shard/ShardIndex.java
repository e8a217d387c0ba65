package io.gristmill.tokenization.shard;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code shards.json} says: which tokenizer encoded the documents, which are held out, and the
 * groups with their files, counts and hashes.
 *
 * @param tokenizerSha256 of the canonical tokenizer.json
 * @param width how token ids are stored
 * @param seed of the order of the documents
 * @param endOfText the id that ends every document
 * @param domainPrefix whether every document begins with the name of its domain and a newline,
 *     encoded as a text of its own
 * @param groups sorted by split, domain and language
 */
public record ShardIndex(
    String tokenizerSha256,
    int vocabularySize,
    TokenWidth width,
    long seed,
    int endOfText,
    Holdout holdout,
    boolean domainPrefix,
    List<ShardGroup> groups) {
  /** The version of the format. */
  public static final int VERSION = 1;

  public ShardIndex {
    groups = groups.stream().sorted(ShardGroup.ORDER).toList();
  }

  /** The index of documents without a prefix. */
  public ShardIndex(
      String tokenizerSha256,
      int vocabularySize,
      TokenWidth width,
      long seed,
      int endOfText,
      Holdout holdout,
      List<ShardGroup> groups) {
    this(tokenizerSha256, vocabularySize, width, seed, endOfText, holdout, false, groups);
  }

  /**
   * The same groups under the names that mixtures shall call them by.
   *
   * @param names the new name of each domain of the documents; the others get theirs back
   * @throws IllegalArgumentException if there are no shards of a domain
   */
  public ShardIndex withMixtureDomains(Map<String, String> names) {
    requireDomains(
        names.keySet(), groups.stream().map(ShardGroup::domain).collect(Collectors.toSet()));
    List<ShardGroup> named =
        groups.stream()
            .map(g -> g.withMixtureDomain(names.getOrDefault(g.domain(), g.domain())))
            .toList();
    return new ShardIndex(
        tokenizerSha256, vocabularySize, width, seed, endOfText, holdout, domainPrefix, named);
  }

  static void requireDomains(Set<String> named, Set<String> there) {
    for (String domain : named) {
      if (!there.contains(domain)) {
        throw new IllegalArgumentException(
            "shards.domains renames %s, which no document has; the domains are %s"
                .formatted(domain, new TreeSet<>(there)));
      }
    }
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

  /** {@code domain/language} of every group of a split as mixtures call it, with its tokens. */
  public String labels(Split split) {
    return groups(split).stream().map(ShardIndex::label).collect(Collectors.joining(", "));
  }

  private static String label(ShardGroup group) {
    String renamed =
        group.mixtureDomain().equals(group.domain()) ? "" : "from %s, ".formatted(group.domain());
    return "%s/%s (%s%,d tokens)"
        .formatted(group.mixtureDomain(), group.language(), renamed, group.tokens());
  }
}
