package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The {@code post_processor} of {@code tokenizer.json}: TemplateProcessing, alone or beside
 * ByteLevel, which changes no ids. The template for pairs of texts is not read; it is written as
 * the single one twice.
 */
final class TemplateJson {
  private TemplateJson() {}

  /**
   * @param ids the id of every text in the file
   */
  static Template read(Entry entry, Map<String, Integer> ids) {
    if (entry.isEmpty()) {
      return Template.NONE;
    }
    String type = entry.object().field("type").text();
    return switch (type) {
      case "ByteLevel" -> Template.NONE;
      case "TemplateProcessing" -> template(entry, ids);
      case "Sequence" -> {
        Template template = Template.NONE;
        for (Entry step : entry.only("type", "processors").field("processors").elements()) {
          Template read = read(step, ids);
          if (!read.equals(Template.NONE) && !template.equals(Template.NONE)) {
            throw step.refused("is a second template, only one is supported");
          }
          template = read.equals(Template.NONE) ? template : read;
        }
        yield template;
      }
      default ->
          throw entry.refused(
              "is of type %s, only TemplateProcessing, ByteLevel, a Sequence of them, or null is supported"
                  .formatted(type));
    };
  }

  private static Template template(Entry entry, Map<String, Integer> ids) {
    entry.only("type", "single", "pair", "special_tokens");
    var before = new ArrayList<Integer>();
    var after = new ArrayList<Integer>();
    boolean text = false;
    for (Entry part : entry.field("single").elements()) {
      if (!part.object().field("Sequence").isEmpty()) {
        if (text || !part.field("Sequence").field("id").text().equals("A")) {
          throw part.refused("names a second text, a single template has one, A");
        }
        text = true;
      } else {
        Entry name = part.only("SpecialToken").field("SpecialToken").object().field("id");
        (text ? after : before).addAll(tokens(entry.field("special_tokens"), name, ids));
      }
    }
    if (!text) {
      throw entry.field("single").refused("has no place for the text, a Sequence with id A");
    }
    return new Template(before, after);
  }

  private static List<Integer> tokens(Entry specials, Entry name, Map<String, Integer> ids) {
    Entry special =
        new Entry(
            specials.source(),
            specials.path() + "." + name.text(),
            specials.object().node().path(name.text()));
    if (special.isEmpty()) {
      throw name.refused("is \"%s\", which special_tokens lacks".formatted(name.text()));
    }
    List<Entry> numbers = special.object().field("ids").elements();
    List<Entry> texts = special.field("tokens").elements();
    if (numbers.size() != texts.size()) {
      throw special.refused("has %d ids and %d tokens".formatted(numbers.size(), texts.size()));
    }
    var tokens = new ArrayList<Integer>();
    for (int i = 0; i < numbers.size(); i++) {
      Integer id = ids.get(texts.get(i).text());
      if (id == null || id != numbers.get(i).id()) {
        throw special.refused(
            "gives \"%s\" the id %d, the vocabulary %s"
                .formatted(
                    texts.get(i).text(),
                    numbers.get(i).id(),
                    id == null ? "lacks it" : "the id " + id));
      }
      tokens.add(id);
    }
    return tokens;
  }

  /**
   * @param texts the text of each id in the file
   */
  static void write(Template template, String[] texts, JsonGenerator json) throws IOException {
    if (template.equals(Template.NONE)) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("type", "TemplateProcessing");
    json.writeArrayFieldStart("single");
    around(template, "A", 0, texts, json);
    json.writeEndArray();
    json.writeArrayFieldStart("pair");
    around(template, "A", 0, texts, json);
    around(template, "B", 1, texts, json);
    json.writeEndArray();
    json.writeObjectFieldStart("special_tokens");
    var all = new TreeSet<>(template.before());
    all.addAll(template.after());
    for (int id : all) {
      json.writeObjectFieldStart(texts[id]);
      json.writeStringField("id", texts[id]);
      json.writeArrayFieldStart("ids");
      json.writeNumber(id);
      json.writeEndArray();
      json.writeArrayFieldStart("tokens");
      json.writeString(texts[id]);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void around(
      Template template, String text, int type, String[] texts, JsonGenerator json)
      throws IOException {
    for (int id : template.before()) {
      part("SpecialToken", texts[id], type, json);
    }
    part("Sequence", text, type, json);
    for (int id : template.after()) {
      part("SpecialToken", texts[id], type, json);
    }
  }

  private static void part(String kind, String id, int type, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(kind);
    json.writeStringField("id", id);
    json.writeNumberField("type_id", type);
    json.writeEndObject();
    json.writeEndObject();
  }
}
