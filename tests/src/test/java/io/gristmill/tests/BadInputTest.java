package io.gristmill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is said on one screen: what, where, and how to mend it. */
class BadInputTest {
  private static final int LINES_OF_A_SCREEN = 30;
  private static final String PROSE = "磨坊主在下雨之前搬运沉重的麻袋，他的弟弟静静地听着河水的声音，村里的面包师等待着清晨的到来。".repeat(8);

  @TempDir private Path folder;

  @Test
  void aMissingPathIsNamed() throws Exception {
    refused(2, curate("missing", "nowhere", "html"))
        .contains("nowhere: there is no such file or folder")
        .contains("correct the path");
  }

  @Test
  void anEmptyFolderIsNamed() throws Exception {
    Files.createDirectory(folder.resolve("empty"));
    refused(2, curate("empty", "empty", "html")).contains("empty: no files in it");
  }

  @Test
  void threeMistakesAreToldAtOnceWithTheirLines() throws Exception {
    Path config = folder.resolve("three.yaml");
    Files.writeString(
        config,
        """
        name: bad
        output: %s
        curate:
          sources:
            - {path: pages, format: htlm}
          profil: web
        model:
          layers: minus one
        """
            .formatted(folder.resolve("out")));
    var output = refused(2, Command.brief("run", config.toString()));
    output
        .contains("three.yaml:5: curate.sources.0.format is htlm, must be one of auto, warc")
        .contains("three.yaml:6: unknown key curate.profil; known here:")
        .contains("three.yaml:8: model.layers is 'minus one', must be a whole number")
        .doesNotContain("curate.sources is empty");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aRunOfWhichNothingIsLeftStopsBeforeTheTokenizer() throws Exception {
    Files.createDirectory(folder.resolve("french"));
    Files.writeString(
        folder.resolve("french/page.html"),
        "<p>" + "Le vieux meunier portait les sacs de farine avant la pluie. ".repeat(9));
    Path config = config("nothing", "french", "html");
    refused(1, Command.brief("run", config.toString()))
        .contains("WARNING: nothing was kept of 1 records: 1 language; choose another profile")
        .contains("holds no kept document")
        .contains("nothing/ledger/ledger.json counts the reasons");
    assertThat(folder.resolve("nothing/tokenizer/_MANIFEST.json")).doesNotExist();
  }

  @Test
  void aDamagedMemberOfAnArchiveIsCountedAndTheRestIsRead() throws Exception {
    Files.createDirectory(folder.resolve("crawl"));
    byte[] first = member(record("https://mill.example/1", page("UTF-8", PROSE)));
    byte[] second = member(record("https://mill.example/2", page("UTF-8", PROSE + "一")));
    byte[] third = member(record("https://mill.example/3", page("UTF-8", PROSE + "二")));
    for (int i = second.length / 2; i < second.length / 2 + 20; i++) {
      second[i] ^= 0x5a;
    }
    var archive = new ByteArrayOutputStream();
    archive.write(first);
    archive.write(second);
    archive.write(third);
    Files.write(folder.resolve("crawl/part.warc.gz"), archive.toByteArray());

    Command.Result result = curate("damaged", "crawl", "warc");

    assertThat(result.status()).as(result.output()).isZero();
    JsonNode ledger = ledger("damaged");
    assertThat(ledger.path("bytes").path("read").asLong()).isEqualTo(archive.size());
    assertThat(ledger.path("bytes").path("skipped").asLong()).isPositive();
    assertThat(ledger.path("records").path("failed").path("gzip_damaged").asInt()).isEqualTo(1);
  }

  @Test
  void aPageThatLiesAboutItsCharsetIsReadAsWhatItIs() throws Exception {
    Files.createDirectory(folder.resolve("lying"));
    byte[] page = page("UTF-8", PROSE).getBytes(Charset.forName("GB18030"));
    Files.write(folder.resolve("lying/page.html"), page);

    Command.Result result = curate("charset", "lying", "html");

    assertThat(result.status()).as(result.output()).isZero();
    JsonNode ledger = ledger("charset");
    assertThat(ledger.path("records").path("kept").asInt()).as(ledger.toString()).isEqualTo(1);
    assertThat(ledger.toString()).contains("zh-Hans");
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Command.Result result =
          Command.script(
              "cluster",
              Map.of("GRISTMILL_CLUSTER", folder.resolve("cluster").toString()),
              List.of("start", "1", "--port", socket.getLocalPort() + ""));
      refused(1, result)
          .contains(
              "port %d is in use; choose another with --port".formatted(socket.getLocalPort()));
    }
  }

  @Test
  void tooFewSlotsAreToldBeforeTraining() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    SmallCorpus.write(corpus);
    Path config = SmallRun.write(folder, corpus);
    refused(2, Command.brief("run", config.toString(), "--set", "workers.workers=8"))
        .contains("training needs 8 slots")
        .contains("workers.workers");
    assertThat(folder.resolve("out/training/_MANIFEST.json")).doesNotExist();
  }

  @Test
  void aMixtureThatCannotBeSaysWhatWouldDo() throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    SmallCorpus.write(corpus);
    Path config = SmallRun.write(folder, corpus);
    Command.Result shards = Command.brief("run", config.toString(), "--to", "tokenize");
    assertThat(shards.status()).as(shards.output()).isZero();

    refused(2, mix(config, "mixture.weights.0.weight=0.3"))
        .contains(
            "mixture.weights sum to 0.9, must sum to 1; multiplied by 1.111111 they would: 0.333333, 0.666667");
    refused(2, mix(config, "mixture.weights.0.domain=books"))
        .contains("books/zh* takes no training shards; there are: stories/en (")
        .contains("web/zh-Hans (");
    refused(2, mix(config, "mixture.sequence-length=1000000"))
        .containsPattern(
            "web/zh\\* has [0-9,]+ training tokens in web/zh-Hans, a sequence needs 1,000,001 of one group; shorten mixture.sequence-length to [0-9,]+ or add documents");
    String tooMany = "mixture.total-tokens=100M";
    String stop = "mixture.when-capped=stop";
    Command.Result capped = mix(config, tooMany, stop);
    refused(2, capped).contains("mixture.total-tokens is 100,000,000: web/zh* has ");
    Matcher enough =
        Pattern.compile("ask for at most ([0-9,]+) tokens, raise max-epochs to ([0-9.]+), add")
            .matcher(capped.output());
    assertThat(enough.find()).as(capped.output()).isTrue();
    assertThat(folder.resolve("out/mixture")).doesNotExist();

    String most = "mixture.total-tokens=" + enough.group(1).replace(",", "");
    Command.Result fits = mix(config, most, stop);
    assertThat(fits.status()).as(fits.output()).isZero();
    assertThat(fits.output()).contains("mix: done in").contains(enough.group(1) + " tokens");
  }

  private static Command.Result mix(Path config, String... overrides) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("mix", config.toString()));
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return Command.brief(arguments.toArray(String[]::new));
  }

  private static AbstractStringAssert<?> refused(int status, Command.Result result) {
    assertThat(result.status()).as(result.output()).isEqualTo(status);
    assertThat(result.output().lines().count()).as(result.output()).isLessThan(LINES_OF_A_SCREEN);
    return assertThat(result.output()).doesNotContain("\tat ");
  }

  private Command.Result curate(String name, String path, String format)
      throws IOException, InterruptedException {
    return Command.brief("curate", config(name, path, format).toString());
  }

  private Path config(String name, String path, String format) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        name: bad
        output: %s
        curate:
          sources:
            - {path: %s, format: %s, mode: full-text}
          languages: [en, zh-Hans]
          profile: none
        """
            .formatted(folder.resolve(name), folder.resolve(path), format));
    return config;
  }

  private JsonNode ledger(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("ledger/ledger.json").toFile());
  }

  private static String page(String charset, String text) {
    return "<html><head><meta charset=\"%s\"></head><body><p>%s</p></body></html>"
        .formatted(charset, text);
  }

  private static byte[] record(String url, String page) {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    String http =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length, page);
    byte[] block = http.getBytes(StandardCharsets.UTF_8);
    String header =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:%s>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                url, UUID.nameUUIDFromBytes(url.getBytes(StandardCharsets.UTF_8)), block.length);
    return (header + http + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] member(byte[] record) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(record);
    }
    return bytes.toByteArray();
  }
}
