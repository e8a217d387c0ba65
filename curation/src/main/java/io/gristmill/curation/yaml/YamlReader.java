package io.gristmill.curation.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads YAML text into nodes with lines; a syntax error or a repeated key is a problem with its
 * line.
 */
final class YamlReader {
  private static final YAMLFactory YAML = new YAMLFactory();

  private final String file;
  private final List<Problem> problems;

  private YamlReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  static YamlNode.Mapping read(String file, String text, List<Problem> problems) {
    return new YamlReader(file, problems).document(text);
  }

  private YamlNode.Mapping document(String text) {
    try (YAMLParser parser = YAML.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.add(new Problem(file, 0, "the file is empty; copy one from conf/ to begin with"));
        return new YamlNode.Mapping(0);
      }
      if (value(parser, first) instanceof YamlNode.Mapping mapping) {
        return mapping;
      }
      problems.add(new Problem(file, 1, "expected 'key: value' lines at the top level"));
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      problems.add(
          new Problem(file, line, "not valid YAML: " + inOneLine(malformed.getOriginalMessage())));
    } catch (IOException impossible) {
      throw new IllegalStateException("reading text in memory failed", impossible);
    }
    return new YamlNode.Mapping(0);
  }

  private YamlNode value(YAMLParser parser, JsonToken token) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (token) {
      case START_OBJECT -> mapping(parser, line);
      case START_ARRAY -> sequence(parser, line);
      case VALUE_NULL -> new YamlNode.Scalar("", line);
      default -> new YamlNode.Scalar(parser.getText(), line);
    };
  }

  private YamlNode.Mapping mapping(YAMLParser parser, int line) throws IOException {
    var mapping = new YamlNode.Mapping(line);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int keyLine = parser.currentTokenLocation().getLineNr();
      YamlNode value = value(parser, parser.nextToken());
      if (mapping.entries().put(key, at(keyLine, value)) != null) {
        problems.add(
            new Problem(file, keyLine, "key '%s' is there twice; remove one".formatted(key)));
      }
    }
    return mapping;
  }

  /** A problem with a value is shown at the line of its key. */
  private static YamlNode at(int keyLine, YamlNode value) {
    return switch (value) {
      case YamlNode.Scalar scalar -> new YamlNode.Scalar(scalar.text(), keyLine);
      case YamlNode.Sequence sequence -> new YamlNode.Sequence(sequence.items(), keyLine);
      case YamlNode.Mapping mapping -> new YamlNode.Mapping(mapping.entries(), keyLine);
    };
  }

  private YamlNode.Sequence sequence(YAMLParser parser, int line) throws IOException {
    var items = new ArrayList<YamlNode>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token));
    }
    return new YamlNode.Sequence(items, line);
  }

  /** The parser says in its lines what it was doing, what is wrong, and where, with the text. */
  private static String inOneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("in 'reader'") && !line.equals("^"))
        .collect(Collectors.joining("; "));
  }
}
