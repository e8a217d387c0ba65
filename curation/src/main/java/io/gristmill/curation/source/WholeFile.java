package io.gristmill.curation.source;

import io.gristmill.curation.compression.DamagedException;
import io.gristmill.curation.compression.Members;
import io.gristmill.curation.source.SourceRecord.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** A file that is one document: a page or a plain text. */
final class WholeFile implements RecordFlow {
  private final SourceFile file;
  private final Members members;
  private final ByteAccount account;
  private final Documents documents;

  WholeFile(SourceFile file, Members members, ByteAccount account, Documents documents) {
    this.file = file;
    this.documents = documents;
    this.members = members;
    this.account = account;
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    try {
      byte[] bytes = bytes();
      if (bytes.length > Documents.LONGEST) {
        account.skipAll("record_too_long");
        String detail = "the document is longer than %d bytes".formatted(Documents.LONGEST);
        sink.accept(new Failure(file.relative(), "record_too_long", detail, file.length()));
        return false;
      }
      String id = PageIds.of(file.relative(), "", "1");
      var origin = new Documents.Origin(id, "", file.relative());
      sink.accept(
          file.format() == SourceFormat.HTML
              ? documents.page(origin, bytes, "")
              : documents.text(origin, bytes, ""));
    } catch (DamagedException e) {
      account.skipAll(e.reason());
      sink.accept(new Failure(file.relative(), e.reason(), e.getMessage(), file.length()));
    }
    return false;
  }

  private byte[] bytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 14];
    while (bytes.size() <= Documents.LONGEST && members.next()) {
      int read;
      while (bytes.size() <= Documents.LONGEST
          && (read = members.read(chunk, 0, chunk.length)) >= 0) {
        bytes.write(chunk, 0, read);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    members.close();
  }
}
