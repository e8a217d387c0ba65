package io.gristmill.curation.source;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.compression.StorageInput;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Skip;
import io.gristmill.curation.warc.ArchiveItem;
import io.gristmill.curation.warc.ArchiveItem.ArchiveRecord;
import io.gristmill.curation.warc.ArchiveItem.Damage;
import io.gristmill.curation.warc.ArchiveReader;
import io.gristmill.curation.warc.HttpResponse;
import io.gristmill.curation.warc.RecordStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Documents of a WARC, WET or ARC file. */
final class ArchiveRecords implements RecordFlow {
  private final Split split;
  private final SourceFile file;
  private final Members members;
  private final ArchiveReader reader;
  private final ByteAccount account;
  private final Documents documents;

  /** The records of members from where they are on, until they end. */
  ArchiveRecords(Split split, Members members, ByteAccount account, Documents documents) {
    this.split = split;
    this.file = split.file();
    this.members = members;
    this.reader = new ArchiveReader(members, Documents.LONGEST);
    this.account = account;
    this.documents = documents;
  }

  /** The records of a split, which goes from one boundary of the members to another. */
  static RecordFlow open(
      Split split, StorageInput input, ByteAccount account, Documents documents) {
    Optional<Members> members =
        Members.openPart(input, split.from(), split.to(), RecordStart::test);
    if (members.isEmpty()) {
      account.none();
      input.close();
      return RecordFlow.none();
    }
    account.begin(members.get().position());
    return new Part(new ArchiveRecords(split, members.get(), account, documents));
  }

  /** A part of a file ends where its members do. */
  private record Part(ArchiveRecords records) implements RecordFlow {
    @Override
    public boolean advance(Consumer<SourceRecord> sink) throws IOException {
      boolean more = records.advance(sink);
      if (!more) {
        records.account.end(records.members.position());
      }
      return more;
    }

    @Override
    public void close() {
      records.close();
    }
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    Optional<ArchiveItem> item = reader.next();
    item.flatMap(this::record).ifPresent(sink);
    return item.isPresent();
  }

  /** Offset behind the record that was read last. */
  long position() {
    return reader.position();
  }

  private Optional<SourceRecord> record(ArchiveItem item) {
    String source = "%s@%s".formatted(file.relative(), item.position());
    return switch (item) {
      case Damage damage -> {
        long bytes = account.skip(damage.from(), damage.to(), damage.reason());
        yield Optional.of(new Failure(source, damage.reason(), damage.detail(), bytes));
      }
      case ArchiveRecord record -> record(record, source);
    };
  }

  /** The record, if it is taken. */
  private Optional<SourceRecord> record(ArchiveRecord record, String source) {
    String id =
        record.id().isEmpty()
            ? PageIds.of(
                record.uri(),
                record.date().map(Object::toString).orElse(""),
                PageIds.digest(record.block()))
            : PageIds.of(record.id(), PageIds.digest(record.block()));
    if (!split.takes(id)) {
      return Optional.empty();
    }
    var origin =
        new Documents.Origin(
            id, record.uri(), source, record.date(), record.language(), "", record.flaws());
    return Optional.of(document(record, origin));
  }

  private SourceRecord document(ArchiveRecord record, Documents.Origin origin) {
    if (!documents.wanted(record.uri())) {
      return Documents.notSelected(origin);
    }
    return switch (record.type()) {
      case "response" -> response(record, origin);
      case "resource", "conversion" ->
          document(
              origin,
              HttpResponse.mediaType(record.contentType()),
              HttpResponse.charset(record.contentType()),
              record.block(),
              record.overlong());
      default -> skip(origin, "warc_" + (record.type().isEmpty() ? "untyped" : record.type()), "");
    };
  }

  private SourceRecord response(ArchiveRecord record, Documents.Origin origin) {
    if (!HttpResponse.mediaType(record.contentType()).equals("application/http")
        && !startsWithHttp(record.block())) {
      return document(
          origin,
          HttpResponse.mediaType(record.contentType()),
          HttpResponse.charset(record.contentType()),
          record.block(),
          record.overlong());
    }
    Optional<HttpResponse> parsed = HttpResponse.parse(record.block());
    if (parsed.isEmpty()) {
      return new Failure(
          origin.source(), "http_header_malformed", "the block has no HTTP header", 0);
    }
    HttpResponse response = parsed.get();
    if (response.status() < 200 || response.status() >= 300) {
      return skip(origin, "http_status", Integer.toString(response.status()));
    }
    if (!response.mediaType().isEmpty() && !Documents.isText(response.mediaType())) {
      return skip(origin, "media_type", response.mediaType());
    }
    try {
      byte[] body =
          response.body(Documents.LONGEST, record.overlong() || !record.truncated().isEmpty());
      return document(
          origin.with(response.robots()),
          response.mediaType(),
          response.charset(),
          body,
          record.overlong());
    } catch (DamagedException e) {
      return new Failure(origin.source(), e.reason(), e.getMessage(), 0);
    }
  }

  private SourceRecord document(
      Documents.Origin origin, String mediaType, String charset, byte[] bytes, boolean overlong) {
    if (!mediaType.isEmpty() && !Documents.isText(mediaType)) {
      return skip(origin, "media_type", mediaType);
    }
    if (overlong) {
      return new Failure(
          origin.source(),
          "record_too_long",
          "the record is longer than %d bytes".formatted(Documents.LONGEST),
          0);
    }
    if (bytes.length == 0) {
      return skip(origin, "no_text", "the body is empty");
    }
    boolean markup = Documents.isMarkup(mediaType) || Formats.looksLikeMarkup(bytes);
    if (mediaType.isEmpty() && !markup) {
      return skip(origin, "media_type", "none declared, and not HTML");
    }
    return markup ? documents.page(origin, bytes, charset) : documents.text(origin, bytes, charset);
  }

  private static boolean startsWithHttp(byte[] block) {
    return block.length > 5 && new String(block, 0, 5, StandardCharsets.ISO_8859_1).equals("HTTP/");
  }

  private static Skip skip(Documents.Origin origin, String reason, String detail) {
    return new Skip(origin.id(), origin.url(), origin.source(), reason, detail);
  }

  @Override
  public void close() {
    reader.close();
  }
}
