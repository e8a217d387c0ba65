package io.gristmill.curation.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.SourceRecord.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Documents of a file with one JSON object a line. */
final class JsonLines implements RecordFlow {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINE = 64 << 20;

  private final Split split;
  private final SourceFile file;
  private final Members members;
  private final Lines lines;
  private final ByteAccount account;
  private final Documents documents;
  private final long to;
  private long number;
  private boolean afterDamage;

  private JsonLines(
      Split split, long number, Members members, ByteAccount account, Documents documents) {
    this.split = split;
    this.file = split.file();
    this.number = number;
    this.to = members.compressed() ? Long.MAX_VALUE : split.to();
    this.members = members;
    this.lines = new Lines(members, LONGEST_LINE);
    this.account = account;
    this.documents = documents;
  }

  /** The lines that start in a split; those of a compressed file are all in the first split. */
  static RecordFlow open(Split split, Members members, ByteAccount account, Documents documents)
      throws IOException {
    if (split.first()) {
      return new JsonLines(split, 0, members, account, documents);
    }
    if (!members.compressed()) {
      Lines before = new Lines(members, 0);
      members.seek(split.from() - 1);
      if (before.next().isPresent() && before.offset() < split.to()) {
        long lines = split.linesBefore() + (before.offset() == split.from() ? 0 : 1);
        members.seek(before.offset());
        account.begin(before.offset());
        return new JsonLines(split, lines, members, account, documents);
      }
    }
    account.none();
    members.close();
    return RecordFlow.none();
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    if (lines.offset() >= to) {
      account.end(lines.offset());
      return false;
    }
    try {
      Optional<byte[]> line = lines.next();
      if (line.isEmpty()) {
        return false;
      }
      number++;
      read(line.get(), sink);
      afterDamage = false;
    } catch (DamagedException e) {
      long from = lines.safeOffset();
      long bytes = account.skip(from, lines.recover(), e.reason());
      sink.accept(
          new Failure(
              "%s@%d".formatted(file.relative(), number + 1), e.reason(), e.getMessage(), bytes));
      afterDamage = true;
    }
    return true;
  }

  private void read(byte[] line, Consumer<SourceRecord> sink) {
    String source = "%s@%d".formatted(file.relative(), number);
    if (lines.overlong()) {
      sink.accept(
          new Failure(
              source,
              "record_too_long",
              "line %d is longer than %d bytes".formatted(number, LONGEST_LINE),
              0));
      return;
    }
    if (isBlank(line)) {
      return;
    }
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (IOException e) {
      if (!afterDamage) { // the rest of a line that began in the damage was counted with it
        sink.accept(
            new Failure(
                source, "record_malformed", "line %d: %s".formatted(number, message(e)), 0));
      }
      return;
    }
    SourceConfig config = file.config();
    JsonNode text = object.path(config.textKey());
    if (!text.isTextual()) {
      String detail =
          "line %d: no string under key \"%s\"; set text-key to the key of the text"
              .formatted(number, config.textKey());
      sink.accept(new Failure(source, "record_malformed", detail, 0));
      return;
    }
    String own = config.idKey().isEmpty() ? "" : object.path(config.idKey()).asText("");
    String id =
        own.isEmpty() ? PageIds.of(file.relative(), "", Long.toString(number)) : PageIds.of(own);
    if (!split.takes(id)) {
      return;
    }
    String url = config.urlKey().isEmpty() ? "" : object.path(config.urlKey()).asText("");
    sink.accept(documents.text(new Documents.Origin(id, url, source), text.textValue(), ""));
  }

  private static String message(IOException e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
  }

  private static boolean isBlank(byte[] line) {
    return line.length < 1 << 10 && new String(line, StandardCharsets.ISO_8859_1).isBlank();
  }

  @Override
  public void close() {
    members.close();
  }
}
