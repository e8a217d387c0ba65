package io.gristmill.curation.source;

import io.gristmill.curation.compression.StorageInput;
import io.gristmill.curation.source.SourceRecord.Failure;
import io.gristmill.curation.source.SourceRecord.Skip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The HTML pages of a zip or jar, in the order in which they lie in it. */
final class ZipPages implements RecordFlow {
  private final Split split;
  private final SourceFile file;
  private final StorageInput input;
  private final ByteAccount account;
  private final Documents documents;
  private ZipFile zip;
  private Iterator<ZipArchiveEntry> entries;

  ZipPages(Split split, StorageInput input, ByteAccount account, Documents documents) {
    this.split = split;
    this.file = split.file();
    this.input = input;
    this.account = account;
    this.documents = documents;
  }

  @Override
  public boolean advance(Consumer<SourceRecord> sink) throws IOException {
    if (zip == null && !open(sink)) {
      return false;
    }
    if (!entries.hasNext()) {
      return false;
    }
    ZipArchiveEntry entry = entries.next();
    if (!entry.isDirectory() && split.takes(PageIds.of(file.relative(), entry.getName(), "1"))) {
      sink.accept(read(entry));
    }
    return true;
  }

  private boolean open(Consumer<SourceRecord> sink) {
    try {
      zip = ZipFile.builder().setSeekableByteChannel(new StorageChannel(input)).get();
      entries = zip.getEntriesInPhysicalOrder().asIterator();
      return true;
    } catch (IOException | RuntimeException e) {
      sink.accept(failure(file.relative(), e, account.skipAll("zip_damaged")));
      return false;
    }
  }

  private SourceRecord read(ZipArchiveEntry entry) {
    String source = "%s!%s".formatted(file.relative(), entry.getName());
    String id = PageIds.of(file.relative(), entry.getName(), "1");
    if (!Formats.isPage(entry.getName())) {
      return new Skip(id, "", source, "not_html", "");
    }
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = bytes(stream);
      if (bytes.length > Documents.LONGEST) {
        String detail = "the page is longer than %d bytes".formatted(Documents.LONGEST);
        return new Failure(source, "record_too_long", detail, 0);
      }
      return documents.page(new Documents.Origin(id, "", source), bytes, "");
    } catch (IOException | RuntimeException e) {
      long from = entry.getDataOffset();
      return failure(
          source, e, account.skip(from, from + entry.getCompressedSize(), "zip_damaged"));
    }
  }

  private static byte[] bytes(InputStream stream) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 14];
    int read;
    while (bytes.size() <= Documents.LONGEST && (read = stream.read(chunk)) >= 0) {
      bytes.write(chunk, 0, read);
    }
    return bytes.toByteArray();
  }

  private static Failure failure(String source, Exception e, long bytes) {
    if (e instanceof UncheckedIOException storage) {
      throw storage;
    }
    return new Failure(source, "zip_damaged", String.valueOf(e.getMessage()), bytes);
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
    input.close();
  }
}
