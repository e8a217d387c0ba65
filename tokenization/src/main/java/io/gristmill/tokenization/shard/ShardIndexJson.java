package io.gristmill.tokenization.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

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
    node.put("language", group.language());
    node.put("documents", group.documents());
    node.put("tokens", group.tokens());
    node.put("bytes", group.bytes());
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
    List<ShardGroup> groups = new ArrayList<>();
    entry(root, "groups").forEach(node -> groups.add(group(node)));
    return new ShardIndex(
        word(root, "tokenizer_sha256"),
        Math.toIntExact(number(root, "vocabulary_size")),
        TokenWidth.named(word(root, "dtype")),
        number(root, "seed"),
        Math.toIntExact(number(root, "end_of_text")),
        new Holdout(number(holdout, "seed"), entry(holdout, "fraction").asDouble()),
        groups);
  }

  private static ShardGroup group(JsonNode node) {
    List<ShardFile> files = new ArrayList<>();
    for (JsonNode file : entry(node, "files")) {
      List<RowGroup> rowGroups = new ArrayList<>();
      for (JsonNode rowGroup : entry(file, "row_groups")) {
        rowGroups.add(new RowGroup(number(rowGroup, "rows"), number(rowGroup, "tokens")));
      }
      files.add(
          new ShardFile(
              word(file, "path"), number(file, "length"), word(file, "sha256"), rowGroups));
    }
    return new ShardGroup(
        Split.named(word(node, "split")),
        word(node, "domain"),
        word(node, "language"),
        number(node, "documents"),
        number(node, "tokens"),
        number(node, "bytes"),
        files);
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

  private static String word(JsonNode node, String key) {
    JsonNode entry = entry(node, key);
    if (!entry.isTextual()) {
      throw new IllegalArgumentException("%s is %s, must be a text".formatted(key, entry));
    }
    return entry.textValue();
  }
}
