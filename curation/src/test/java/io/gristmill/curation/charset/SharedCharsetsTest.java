package io.gristmill.curation.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of docs/reading.md: in how many real pages and texts the charset is found. */
@Tag("shared")
class SharedCharsetsTest {
  private static final Path DATA = Path.of(System.getProperty("tests.shared"), "data");
  private static final int SENTENCES = 5;

  @BeforeEach
  void data() {
    assumeTrue(Files.isDirectory(DATA), "charsets: no shared data at " + DATA + ", skipped");
  }

  @Test
  void pagesOfKnownCharsetsAreReadWhateverIsDeclared() {
    Map<String, String> found = new TreeMap<>();
    for (String http : List.of("", "iso-8859-1", "utf-8", "gb2312", "big5")) {
      Map<String, int[]> counts = new TreeMap<>();
      for (Path file : files("html/encodings")) {
        String name = file.getFileName().toString().replace("cchardet-", "");
        String truth =
            name.contains("GB2312")
                ? "GB18030"
                : name.startsWith("Big5") ? "Big5-HKSCS" : "x-EUC-TW";
        count(counts, truth, Decoding.decode(bytes(file), http));
      }
      counts.forEach(
          (truth, count) -> found.put(truth + " http=" + http, count[0] + "/" + count[1]));
    }
    assertThat(found.toString())
        .isEqualTo(
            "{Big5-HKSCS http==26/26, Big5-HKSCS http=big5=26/26, "
                + "Big5-HKSCS http=gb2312=26/26, Big5-HKSCS http=iso-8859-1=26/26, "
                + "Big5-HKSCS http=utf-8=26/26, GB18030 http==22/22, "
                + "GB18030 http=big5=22/22, GB18030 http=gb2312=22/22, "
                + "GB18030 http=iso-8859-1=22/22, GB18030 http=utf-8=22/22, "
                + "x-EUC-TW http==1/1, x-EUC-TW http=big5=1/1, x-EUC-TW http=gb2312=1/1, "
                + "x-EUC-TW http=iso-8859-1=1/1, x-EUC-TW http=utf-8=1/1}");
  }

  @Test
  void pagesThatLieAreRead() {
    Map<String, int[]> counts = new TreeMap<>();
    for (Path file : files("html/gbk-reencoded")) {
      count(counts, "GB18030", Decoding.decode(bytes(file), "utf-8"));
    }
    for (Path file : files("html/gne")) {
      count(counts, "UTF-8", Decoding.decode(bytes(file), "gb2312"));
    }
    for (String name : List.of("gmw", "youth", "qq")) {
      for (Path file : files("html/readability")) {
        if (file.toString().contains("/" + name + "/")
            || file.getFileName().toString().startsWith(name)) {
          count(counts, "UTF-8", Decoding.decode(bytes(file), ""));
        }
      }
    }
    Map<String, String> found = new TreeMap<>();
    counts.forEach((truth, count) -> found.put(truth, count[0] + "/" + count[1]));
    assertThat(found.toString()).isEqualTo("{GB18030=3/3, UTF-8=46/46}");
  }

  @Test
  void textsWithoutADeclarationAreRead() throws IOException {
    Map<String, List<String>> texts = sentences();
    Map<String, List<String>> languages =
        Map.of(
            "EUC-JP", List.of("ja"),
            "windows-31j", List.of("ja"),
            "ISO-2022-JP", List.of("ja"),
            "x-windows-949", List.of("ko"),
            "GB18030", List.of("zh"),
            "windows-1252", List.of("fr", "de"),
            "UTF-16LE", List.of("en", "ja", "ko", "ru", "zh"),
            "UTF-16BE", List.of("en", "ja", "ko", "ru", "zh"));
    Map<String, String> found = new TreeMap<>();
    languages.forEach(
        (charset, written) ->
            written.forEach(
                language ->
                    found.put(
                        charset + " " + language,
                        read(texts.get(language), Charset.forName(charset)))));
    assertThat(found.toString())
        .isEqualTo(
            "{EUC-JP ja=81/81, GB18030 zh=143/143, ISO-2022-JP ja=81/81, "
                + "UTF-16BE en=298/298, UTF-16BE ja=81/81, UTF-16BE ko=196/196, "
                + "UTF-16BE ru=17/17, UTF-16BE zh=143/143, "
                + "UTF-16LE en=298/298, UTF-16LE ja=81/81, UTF-16LE ko=196/196, "
                + "UTF-16LE ru=17/17, UTF-16LE zh=143/143, "
                + "windows-1252 de=21/21, windows-1252 fr=10/10, "
                + "windows-31j ja=76/76, x-windows-949 ko=194/194}");
  }

  /** Of the texts that the charset can write, how many are read back without a declaration. */
  private static String read(List<String> texts, Charset charset) {
    int right = 0;
    int all = 0;
    for (String text : texts) {
      byte[] bytes = text.getBytes(charset);
      if (new String(bytes, charset).equals(text)) {
        right += Decoding.decode(bytes, "").text().equals(text) ? 1 : 0;
        all++;
      }
    }
    return "%d/%d".formatted(right, all);
  }

  private static void count(Map<String, int[]> counts, String truth, Decoded decoded) {
    int[] count = counts.computeIfAbsent(truth, key -> new int[2]);
    count[0] += decoded.charset().equals(truth) && decoded.replacementRate() < 0.01 ? 1 : 0;
    count[1]++;
  }

  /** Runs of sentences by language. */
  private static Map<String, List<String>> sentences() throws IOException {
    Map<String, List<String>> single = new TreeMap<>();
    var json = new ObjectMapper();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(DATA.resolve("eval/langid-lingua.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        JsonNode row = json.readTree(line);
        if (row.path("text").asText().length() > 15) {
          single
              .computeIfAbsent(
                  row.path("label").asText(row.path("lang").asText()), key -> new ArrayList<>())
              .add(row.path("text").asText());
        }
      }
    }
    Map<String, List<String>> runs = new TreeMap<>();
    single.forEach(
        (language, texts) -> {
          List<String> joined = new ArrayList<>();
          for (int i = 0; i + SENTENCES <= texts.size(); i += SENTENCES) {
            joined.add(String.join("\n", texts.subList(i, i + SENTENCES)));
          }
          runs.put(language, joined);
        });
    return runs;
  }

  private static List<Path> files(String folder) {
    try (Stream<Path> files = Files.walk(DATA.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
