package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A value inside a JSON file together with where it stands, so that every complaint names both. */
record Entry(String source, String path, JsonNode node) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The value that a whole file is; {@code source} is what messages call the file. */
  static Entry parse(String json, String source) {
    try {
      return new Entry(source, "", MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: not well-formed JSON at line %d, column %d (%s); copy the file again"
              .formatted(
                  source,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  /** The field of that name; a missing one is complained about when it is read. */
  Entry field(String name) {
    return new Entry(source, path.isEmpty() ? name : path + "." + name, node.path(name));
  }

  Entry element(int index) {
    return new Entry(source, path + "[" + index + "]", node.path(index));
  }

  List<Entry> elements() {
    if (!node.isArray()) {
      throw wrong("a list");
    }
    return IntStream.range(0, node.size()).mapToObj(this::element).toList();
  }

  /** Whether it is absent or null. */
  boolean isEmpty() {
    return node.isMissingNode() || node.isNull();
  }

  Entry object() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    return this;
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("a text");
    }
    return node.textValue();
  }

  int id() {
    if (!node.isInt() || node.intValue() < 0) {
      throw wrong("a token id");
    }
    return node.intValue();
  }

  /** True or false; absent is false. */
  boolean flag() {
    if (isEmpty()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  /** Refuses fields other than {@code names}. */
  Entry only(String... names) {
    object();
    Set<String> known = Set.of(names);
    for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
      String name = fields.next();
      if (!known.contains(name)) {
        throw field(name).refused("is not known here");
      }
    }
    return this;
  }

  /** Refuses anything but null, an empty text, false or absence. */
  void unused() {
    boolean unused =
        isEmpty()
            || (node.isTextual() && node.textValue().isEmpty())
            || (node.isBoolean() && !node.booleanValue());
    if (!unused) {
      throw refused("is %s, which is not supported".formatted(shortened()));
    }
  }

  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        path.isEmpty()
            ? "%s: %s".formatted(source, why)
            : "%s: %s %s".formatted(source, path, why));
  }

  private IllegalArgumentException wrong(String expected) {
    return node.isMissingNode()
        ? refused("is missing, must be " + expected)
        : refused("is %s, must be %s".formatted(shortened(), expected));
  }

  private String shortened() {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
