package io.gristmill.curation.warc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Archives written for tests. */
public final class Archives {
  private Archives() {}

  /** A WARC response record around an HTTP message. */
  public static byte[] response(String id, String url, String header, byte[] body) {
    var block = new ByteArrayOutputStream();
    block.writeBytes(ascii("HTTP/1.1 200 OK\r\n" + header + "\r\n"));
    block.writeBytes(body);
    return record("response", id, url, "application/http; msgtype=response", block.toByteArray());
  }

  public static byte[] record(
      String type, String id, String url, String contentType, byte[] block) {
    var record = new ByteArrayOutputStream();
    record.writeBytes(
        ascii(
            "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-01T12:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(type, id, url, contentType, block.length)));
    record.writeBytes(block);
    record.writeBytes(ascii("\r\n\r\n"));
    return record.toByteArray();
  }

  /** A page of some paragraphs that an extraction keeps. */
  public static byte[] page(String title, int paragraphs) {
    StringBuilder html =
        new StringBuilder(
            "<!DOCTYPE html><html><head><title>%s</title></head><body>".formatted(title));
    for (int i = 0; i < paragraphs; i++) {
      html.append(
          "<p>Paragraph %d of %s tells at some length, with commas and a full stop, what there is to tell.</p>"
              .formatted(i, title));
    }
    return html.append("</body></html>").toString().getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] gzip(byte[] bytes) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  public static byte[] join(List<byte[]> parts) {
    var bytes = new ByteArrayOutputStream();
    parts.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
