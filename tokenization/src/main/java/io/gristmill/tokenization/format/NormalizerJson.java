package io.gristmill.tokenization.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gristmill.tokenization.normalization.Normalizer;
import java.io.IOException;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The {@code normalizer} of {@code tokenizer.json}: the normal forms of Unicode. */
final class NormalizerJson {
  private NormalizerJson() {}

  static Normalizer read(Entry entry) {
    if (entry.isEmpty()) {
      return Normalizer.NONE;
    }
    var forms = new ArrayList<Form>();
    add(entry, forms);
    return new Normalizer(forms);
  }

  private static void add(Entry entry, List<Form> forms) {
    String type = entry.object().field("type").text();
    if (type.equals("Sequence")) {
      entry.only("type", "normalizers");
      entry.field("normalizers").elements().forEach(step -> add(step, forms));
      return;
    }
    forms.add(
        Arrays.stream(Form.values())
            .filter(form -> form.name().equals(type))
            .findFirst()
            .orElseThrow(
                () ->
                    entry.refused(
                        "is of type %s, only %s and a Sequence of them are supported"
                            .formatted(type, Arrays.toString(Form.values())))));
    entry.only("type");
  }

  static void write(Normalizer normalizer, JsonGenerator json) throws IOException {
    List<Form> forms = normalizer.forms();
    if (forms.isEmpty()) {
      json.writeNull();
    } else if (forms.size() == 1) {
      write(forms.getFirst(), json);
    } else {
      json.writeStartObject();
      json.writeStringField("type", "Sequence");
      json.writeArrayFieldStart("normalizers");
      for (Form form : forms) {
        write(form, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(Form form, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", form.name());
    json.writeEndObject();
  }
}
