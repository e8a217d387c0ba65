package io.gristmill.curation.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lines of one index: CDXJ ({@code key time {"filename": …, "offset": …, "length": …}}, also the
 * JSON alone, as index servers answer) and CDX with fields that its first line names by letters, of
 * which g is the file, V the offset and S the length. Without such a line there are the usual 11
 * fields or, without a length, 9.
 */
final class Cdx {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ELEVEN = List.of("N b a m s k r M S V g".split(" "));
  private static final List<String> NINE = List.of("N b a m s k r V g".split(" "));

  private List<String> letters = List.of();
  private char delimiter = ' ';

  /**
   * Where a record is.
   *
   * @param file its name, or the end of its path
   * @param length in bytes, as stored; -1 where the index does not tell
   */
  record Entry(String file, long offset, long length) {}

  /**
   * The entry of the next line; empty for one that is none: blank, a header or a comment.
   *
   * @throws IllegalArgumentException if the line is damaged; the message goes on from file and line
   */
  Optional<Entry> entry(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("!") || text.startsWith("#")) {
      return Optional.empty();
    }
    int fields = line.startsWith("\uFEFF") ? 1 : 0;
    if (line.startsWith("CDX", fields + 1)) {
      delimiter = line.charAt(fields);
      letters = split(line.substring(fields + 5).strip());
      if (!letters.contains("g") || !(letters.contains("V") || letters.contains("v"))) {
        throw new IllegalArgumentException(
            "has no field g (file) or V (offset) among %s; make the index with both"
                .formatted(letters));
      }
      return Optional.empty();
    }
    int json = text.indexOf('{');
    return Optional.of(json < 0 ? classic(text) : ofJson(text.substring(json)));
  }

  private Entry classic(String line) {
    List<String> fields = split(line);
    List<String> named = letters.isEmpty() ? (fields.size() == 9 ? NINE : ELEVEN) : letters;
    if (fields.size() != named.size()) {
      throw new IllegalArgumentException(
          "has %d fields, must have %d (%s)"
              .formatted(fields.size(), named.size(), String.join(" ", named)));
    }
    String length = named.contains("S") ? fields.get(named.indexOf("S")) : "-";
    return new Entry(
        fields.get(named.indexOf("g")),
        number("offset", fields.get(named.indexOf(named.contains("V") ? "V" : "v"))),
        length.equals("-") ? -1 : number("length", length));
  }

  private List<String> split(String line) {
    return Arrays.asList(line.split(delimiter == ' ' ? "\\s+" : String.valueOf(delimiter)));
  }

  private static Entry ofJson(String json) {
    JsonNode fields;
    try {
      fields = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    }
    String file = fields.path("filename").asText("");
    if (file.isEmpty() || !fields.has("offset")) {
      throw new IllegalArgumentException("has no filename or no offset");
    }
    return new Entry(
        file,
        number("offset", fields.path("offset").asText()),
        fields.has("length") ? number("length", fields.path("length").asText()) : -1);
  }

  private static long number(String name, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          "has the %s '%s', which is no number".formatted(name, text));
    }
    return Long.parseLong(text);
  }
}
