package io.gristmill.tokenization.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The text form of {@code shards.json}: the same index gives the same bytes. */
final class ShardIndexJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ShardIndexJson() {}

  static String text(ShardIndex index) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", ShardIndex.VERSION);
    root.put("tokenizer_sha256", index.tokenizerSha256());
    root.put("vocabulary_size", index.vocabularySize());
    root.put("dtype", index.width().key());
    root.put("seed", index.seed());
    root.put("end_of_text", index.endOfText());
    root.put("domain_prefix", index.domainPrefix());
    root.putObject("holdout")
        .put("seed", index.holdout().seed())
        .put("fraction", index.holdout().fraction());
    ArrayNode groups = root.putArray("groups");
    index.groups().forEach(group -> write(group, groups.addObject()));
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
              .writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an index of shards has a text form", e);
    }
  }

  private static void write(ShardGroup group, ObjectNode node) {
    node.put("split", group.split().key());
    node.put("domain", group.domain());
    node.put("mixture_domain", group.mixtureDomain());
    node.put("language", group.language());
    node.put("documents", group.documents());
    node.put("tokens", group.tokens());
    node.put("bytes", group.bytes());
    if (!group.copies().equals(ShardGroup.Copies.NONE)) {
      node.putObject("copies")
          .put("documents", group.copies().documents())
          .put("tokens", group.copies().tokens());
    }
    ArrayNode files = node.putArray("files");
    for (ShardFile file : group.files()) {
      ObjectNode entry = files.addObject();
      entry.put("path", file.path());
      entry.put("length", file.length());
      entry.put("sha256", file.sha256());
      ArrayNode rowGroups = entry.putArray("row_groups");
      for (RowGroup rowGroup : file.rowGroups()) {
        rowGroups.addObject().put("rows", rowGroup.rows()).put("tokens", rowGroup.tokens());
      }
    }
  }

  /**
   * @param origin the path, for messages
   * @throws IllegalArgumentException naming the origin and the entry that is missing or wrong
   */
  static ShardIndex parse(String text, String origin) {
    try {
      return index(JSON.readTree(text));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: %s; tokenize again".formatted(origin, e.getMessage()), e);
    }
  }

  private static ShardIndex index(JsonNode root) {
    long version = number(root, "version");
    if (version != ShardIndex.VERSION) {
      throw new IllegalArgumentException(
          "version is %d, must be %d".formatted(version, ShardIndex.VERSION));
    }
    JsonNode holdout = entry(root, "holdout");
    int vocabularySize = whole(root, "vocabulary_size");
    TokenWidth width = TokenWidth.named(word(root, "dtype"));
    if (width != TokenWidth.of(vocabularySize)) {
      throw new IllegalArgumentException(
          "dtype is %s, ids of vocabulary_size %d are stored as %s"
              .formatted(width.key(), vocabularySize, TokenWidth.of(vocabularySize).key()));
    }
    int endOfText = whole(root, "end_of_text");
    if (endOfText >= vocabularySize) {
      throw new IllegalArgumentException(
          "end_of_text is %d, must be below vocabulary_size %d"
              .formatted(endOfText, vocabularySize));
    }
    return new ShardIndex(
        word(root, "tokenizer_sha256"),
        vocabularySize,
        width,
        number(root, "seed"),
        endOfText,
        new Holdout(number(holdout, "seed"), entry(holdout, "fraction").asDouble()),
        flag(root, "domain_prefix"),
        groups(entry(root, "groups")));
  }

  private static List<ShardGroup> groups(JsonNode nodes) {
    List<ShardGroup> groups = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (int i = 0; i < nodes.size(); i++) {
      try {
        ShardGroup group = group(nodes.get(i));
        groups.add(group);
        if (!folders.add(ShardGroup.folder(group.split(), group.domain(), group.language()))) {
          throw new IllegalArgumentException(
              "%s of %s stands twice".formatted(group.label(), group.split().key()));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("groups[%d]: %s".formatted(i, e.getMessage()), e);
      }
    }
    return groups;
  }

  private static ShardGroup group(JsonNode node) {
    List<ShardFile> files = new ArrayList<>();
    for (JsonNode file : entry(node, "files")) {
      List<RowGroup> rowGroups = new ArrayList<>();
      for (JsonNode rowGroup : entry(file, "row_groups")) {
        rowGroups.add(new RowGroup(count(rowGroup, "rows"), count(rowGroup, "tokens")));
      }
      files.add(
          new ShardFile(
              word(file, "path"), count(file, "length"), word(file, "sha256"), rowGroups));
    }
    ShardGroup group =
        new ShardGroup(
            Split.named(word(node, "split")),
            word(node, "domain"),
            word(node, "mixture_domain"),
            word(node, "language"),
            count(node, "documents"),
            count(node, "tokens"),
            count(node, "bytes"),
            copies(node.path("copies")),
            files);
    if (group.copies().documents() >= Math.max(1, group.documents())
        || group.copies().tokens() >= Math.max(1, group.tokens())) {
      throw new IllegalArgumentException(
          "copies are %,d documents of %,d tokens, all are %,d of %,d"
              .formatted(
                  group.copies().documents(),
                  group.copies().tokens(),
                  group.documents(),
                  group.tokens()));
    }
    requireSum("documents", group.documents(), files.stream().mapToLong(ShardFile::rows).sum());
    requireSum("tokens", group.tokens(), files.stream().mapToLong(ShardFile::tokens).sum());
    return group;
  }

  private static ShardGroup.Copies copies(JsonNode node) {
    return node.isMissingNode()
        ? ShardGroup.Copies.NONE
        : new ShardGroup.Copies(count(node, "documents"), count(node, "tokens"));
  }

  private static void requireSum(String key, long said, long sum) {
    if (said != sum) {
      throw new IllegalArgumentException(
          "%s is %,d, the row groups of its files sum to %,d".formatted(key, said, sum));
    }
  }

  private static JsonNode entry(JsonNode node, String key) {
    JsonNode entry = node.path(key);
    if (entry.isMissingNode() || entry.isNull()) {
      throw new IllegalArgumentException("the entry %s is missing".formatted(key));
    }
    return entry;
  }

  private static long number(JsonNode node, String key) {
    JsonNode entry = entry(node, key);
    if (!entry.canConvertToLong() || !entry.isIntegralNumber()) {
      throw new IllegalArgumentException("%s is %s, must be a whole number".formatted(key, entry));
    }
    return entry.longValue();
  }

  private static long count(JsonNode node, String key) {
    long count = number(node, key);
    if (count < 0) {
      throw new IllegalArgumentException("%s is %d, must be at least 0".formatted(key, count));
    }
    return count;
  }

  private static int whole(JsonNode node, String key) {
    long count = count(node, key);
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s is %d, must be at most %d".formatted(key, count, Integer.MAX_VALUE));
    }
    return (int) count;
  }

  private static boolean flag(JsonNode node, String key) {
    JsonNode entry = entry(node, key);
    if (!entry.isBoolean()) {
      throw new IllegalArgumentException("%s is %s, must be true or false".formatted(key, entry));
    }
    return entry.booleanValue();
  }

  private static String word(JsonNode node, String key) {
    JsonNode entry = entry(node, key);
    if (!entry.isTextual()) {
      throw new IllegalArgumentException("%s is %s, must be a text".formatted(key, entry));
    }
    return entry.textValue();
  }
}
