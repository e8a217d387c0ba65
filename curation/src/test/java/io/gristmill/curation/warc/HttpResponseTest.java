package io.gristmill.curation.warc;

import static io.gristmill.curation.warc.Archives.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.gristmill.curation.compression.DamagedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class HttpResponseTest {
  private static final int LONGEST = 1 << 20;

  @Test
  void headersAreReadWhateverTheirLineEnds() {
    for (String end : new String[] {"\r\n", "\n", "\r\r\n"}) {
      String message =
          "HTTP/1.0 302 %sContent-Type: Text/HTML; charset=\"GB2312\"%s%sbody"
              .formatted(end, end, end);
      HttpResponse response = HttpResponse.parse(ascii(message)).orElseThrow();
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.mediaType()).isEqualTo("text/html");
      assertThat(response.charset()).isEqualTo("GB2312");
      assertThat(response.encodedBody()).isEqualTo(ascii("body"));
    }
  }

  @Test
  void whatHasNoHeaderIsNoResponse() {
    assertThat(HttpResponse.parse(ascii("<html>"))).isEmpty();
    assertThat(HttpResponse.parse(new byte[0])).isEmpty();
  }

  @Test
  void chunksAreJoined() throws DamagedException {
    assertThat(
            body(
                "Transfer-Encoding: chunked\r\n",
                ascii("4;x=y\r\nWiki\r\n6 \r\npedia \r\n0\r\n\r\n")))
        .isEqualTo(ascii("Wikipedia "));
  }

  @Test
  void aBodyThatIsDeclaredChunkedAndIsNotStaysAsItIs() throws DamagedException {
    assertThat(body("Transfer-Encoding: chunked\r\n", ascii("<html>...")))
        .isEqualTo(ascii("<html>..."));
  }

  @Test
  void aBrokenChunkIsDamageUnlessTheCrawlerCutTheBodyOff() throws DamagedException {
    byte[] broken = ascii("4\r\nWiki\r\nzz\r\n");
    assertThatThrownBy(() -> body("Transfer-Encoding: chunked\r\n", broken))
        .isInstanceOf(DamagedException.class)
        .hasMessage("byte 9 of the body is not the size of a chunk");
    assertThat(Chunks.join(broken, true)).isEqualTo(ascii("Wiki"));
    assertThatThrownBy(() -> Chunks.join(ascii("5\r\nWiki"), false))
        .hasMessage("1 bytes of the chunk at byte 0 of the body are missing");
  }

  @Test
  void contentCodingsAreUndone() throws IOException {
    byte[] text = ascii("hello hello hello hello");
    assertThat(body("Content-Encoding: gzip\r\n", Archives.gzip(text))).isEqualTo(text);
    assertThat(body("Content-Encoding: x-gzip, identity\r\n", Archives.gzip(text))).isEqualTo(text);
    assertThat(body("Content-Encoding: zstd\r\n", Zstd.compress(text))).isEqualTo(text);
    var deflated = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(text);
    }
    assertThat(body("Content-Encoding: deflate\r\n", deflated.toByteArray())).isEqualTo(text);
    byte[] brotli = HexFormat.of().parseHex("0b028068656c6c6f03");
    assertThat(body("Content-Encoding: br\r\n", brotli)).isEqualTo(ascii("hello"));
  }

  @Test
  void aBodyThatTheCrawlerDecodedStaysAsItIs() throws DamagedException {
    for (String coding : new String[] {"gzip", "br", "deflate", "zstd"}) {
      assertThat(body("Content-Encoding: " + coding + "\r\n", ascii(" <p>x</p>")))
          .isEqualTo(ascii(" <p>x</p>"));
    }
  }

  @Test
  void aBrokenCodingIsDamageUnlessTheCrawlerCutTheBodyOff() throws DamagedException {
    byte[] page = Archives.page("long", 2000);
    byte[] coded = Archives.gzip(page);
    byte[] cut = java.util.Arrays.copyOf(coded, coded.length / 2);
    assertThatThrownBy(() -> body("Content-Encoding: gzip\r\n", cut))
        .isInstanceOfSatisfying(
            DamagedException.class, e -> assertThat(e.reason()).isEqualTo("http_coding_damaged"));
    assertThat(ContentCoding.decode(cut, "gzip", LONGEST, true))
        .isEqualTo(
            java.util.Arrays.copyOf(page, ContentCoding.decode(cut, "gzip", LONGEST, true).length))
        .isNotEmpty();
  }

  @Test
  void aDecompressionBombIsStopped() {
    byte[] bomb = Archives.gzip(new byte[64 << 20]);
    assertThatThrownBy(() -> body("Content-Encoding: gzip\r\n", bomb))
        .isInstanceOfSatisfying(
            DamagedException.class, e -> assertThat(e.reason()).isEqualTo("record_too_long"));
  }

  private static byte[] body(String header, byte[] body) throws DamagedException {
    var message = new ByteArrayOutputStream();
    message.writeBytes(ascii("HTTP/1.1 200 OK\r\n" + header + "\r\n"));
    message.writeBytes(body);
    return HttpResponse.parse(message.toByteArray()).orElseThrow().body(LONGEST, false);
  }
}
