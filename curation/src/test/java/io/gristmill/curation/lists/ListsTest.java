package io.gristmill.curation.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "https://bad.example.org/page, bad.example.org",
    "http://deep.bad.example.org:8080/, bad.example.org",
    "https://user:word@BAD.example.org./x, bad.example.org",
    "https://example.org/, ''",
    "https://notbad.example.org/, ''",
    "https://www.exact.example.co.uk, exact.example.co.uk",
    "https://someone.github.io/page, ''",
    "https://github.io/about, github.io",
    "http://192.0.2.7/x, 192.0.2.7",
    "https://xn--fiqs8s.example.com/, xn--fiqs8s.example.com",
    "https://中国.example.com/, xn--fiqs8s.example.com",
    "bare.bad.example.org, bad.example.org",
    "not a url at all, ''"
  })
  void hostsCoverTheirSubdomainsButPublicSuffixesDoNot(String url, String entry)
      throws IOException {
    Lists lists =
        lists(
            ListKind.URL,
            """
            # a comment
            bad.example.org
            *.exact.example.co.uk   # subdomains
            github.io
            192.0.2.7
            中国.example.com
            """);
    assertThat(lists.of(url, "", "en").getFirst().entry()).isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.example.com/adult/?utm_source=x#top, 1",
    "http://example.com/adult/more, 0",
    "http://example.com/Adult, 0",
    "http://example.com/, 0",
    "http://example.com/page?id=7, 1",
    "http://example.com/page?id=8, 0"
  })
  void pagesAreThosePagesAlone(String url, int matches) throws IOException {
    Lists lists = lists(ListKind.URL, "example.com/adult\nhttps://www.example.com/page?id=7\n");
    assertThat(lists.of(url, "", "en").getFirst().matches()).isEqualTo(matches);
  }

  @Test
  void linesOfHostsFilesAndOfAdBlockersAreHosts() throws IOException {
    Lists lists =
        lists(ListKind.URL, "0.0.0.0 ads.example\n::1 more.example # x\n||third.example^\n");
    for (String host : List.of("ads.example", "more.example", "third.example")) {
      assertThat(lists.of("https://" + host + "/", "", "en").getFirst().matches()).isEqualTo(1);
    }
  }

  @Test
  void lineThatIsNoEntryIsNamed() {
    assertThatThrownBy(() -> lists(ListKind.URL, "good.example\n\ntwo words here\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list.txt line 3 is no host, no page and no line of a hosts file")
        .hasMessageContaining("two words here");
    assertThatThrownBy(() -> lists(ListKind.URL_WORDS, "free-casino\n"))
        .hasMessageContaining("line 1 is not one word as addresses have them")
        .hasMessageContaining("kind url-parts");
  }

  @Test
  void foldersAreReadAsUt1HasThemCompressedOrNot() throws IOException {
    Path adult = Files.createDirectories(folder.resolve("ut1/adult"));
    Files.writeString(adult.resolve("domains"), "plain.example\n");
    Files.writeString(adult.resolve("usage"), "black here goes prose that is no list\n");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(adult.resolve("urls.gz")))) {
      out.write("example.com/zipped\n".getBytes(StandardCharsets.UTF_8));
    }
    Lists lists = read(ListKind.URL, folder.resolve("ut1/{adult,gambling}").toString());
    assertThat(lists.of("https://plain.example", "", "en").getFirst().matches()).isEqualTo(1);
    assertThat(lists.of("https://example.com/zipped/", "", "en").getFirst().matches()).isEqualTo(1);
    assertThatThrownBy(() -> read(ListKind.URL, folder.resolve("nowhere").toString()))
        .hasMessageContaining("list test: ")
        .hasMessageContaining("names no file (looked at file:/");
  }

  @Test
  void wordsInAddressesAreWholeWordsAndChineseIsCut() throws IOException {
    Lists lists = lists(ListKind.URL_WORDS, "Casino\npoker\n彩票\n");
    assertThat(lists.of("http://x.example/best-CASINO_poker.html", "", "en").getFirst())
        .isEqualTo(new Listed("test", ListKind.URL_WORDS, 2, 0, "casino"));
    assertThat(lists.of("http://casinos.example/", "", "en").getFirst().matches()).isZero();
    assertThat(lists.of("http://x.example/%E5%BD%A9%E7%A5%A8%E7%BD%91", "", "zh").getFirst())
        .isEqualTo(new Listed("test", ListKind.URL_WORDS, 1, 0, "彩票"));
    assertThat(lists.of("http://x.example/100%", "", "zh").getFirst().matches()).isZero();
  }

  @Test
  void partsOfAddressesAreFoundThroughHyphens() throws IOException {
    Lists lists = lists(ListKind.URL_PARTS, "badword\n");
    assertThat(lists.of("https://www.ba-dwo.rd.com", "", "en").getFirst().entry())
        .isEqualTo("badword");
    assertThat(lists.of("https://www.baword.com", "", "en").getFirst().matches()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"早餐喝了一杯牛奶。", "公司生产乳制品和奶粉。", "他是一名干部，能干的人。", "逼近终点", "彩票"})
  void singleCharactersAreNeverFoundInChineseWords(String text) throws IOException {
    Lists lists = lists(ListKind.WORDS, "奶\n乳\n干\n逼\n色情\n");
    assertThat(lists.of("", text, "zh-Hans").getFirst().matches()).isZero();
  }

  @Test
  void chineseWordsAreFoundInBothWritingsWithTheirShare() throws IOException {
    Lists lists = lists(ListKind.WORDS, "色情\n毒品\n妓女\n");
    Listed simplified = lists.of("", "网站上有色情和毒品，色情。", "zh-Hans").getFirst();
    assertThat(simplified.matches()).isEqualTo(3);
    assertThat(simplified.entry()).isEqualTo("色情");
    assertThat(simplified.share()).isBetween(0.3, 0.6);
    Lists traditional = lists(ListKind.WORDS, "賣淫\n");
    assertThat(traditional.of("", "警方打击卖淫活动。", "zh-Hans").getFirst().matches()).isEqualTo(1);
    assertThat(traditional.of("", "警方打擊賣淫活動。", "zh-Hant").getFirst().matches()).isEqualTo(1);
  }

  @Test
  void phrasesAreFoundAcrossPunctuationAndCaseAndWidthButNotInsideWords() throws IOException {
    Lists lists = lists(ListKind.WORDS, "ass\nstrap on\n");
    assertThat(lists.of("", "An ASS, a STRAP\nON, a ｓｔｒａｐ　ｏｎ.", "en").getFirst())
        .isEqualTo(new Listed("test", ListKind.WORDS, 3, 5.0 / 8, "ass"));
    assertThat(lists.of("", "The class passed an assessment; strap-on.", "en").getFirst().matches())
        .isZero();
  }

  @Test
  void listOfWordsIsForItsLanguages() throws IOException {
    Path file = Files.writeString(folder.resolve("list.txt"), "色情\n");
    Lists lists =
        Lists.read(
            List.of(new ListConfig("bad", ListKind.WORDS, List.of(file.toString()), List.of("zh"))),
            new Configuration());
    assertThat(lists.of("", "色情", "zh-Hant")).hasSize(1);
    assertThat(lists.of("", "色情", "ja")).isEmpty();
  }

  @Test
  void configurationSaysWhatIsWrong() {
    assertThatThrownBy(() -> new ListConfig("Bad Name", ListKind.URL, List.of("x"), List.of()))
        .hasMessageContaining("name is 'Bad Name', must be lower-case letters");
    assertThatThrownBy(() -> new ListConfig("a", ListKind.URL, List.of(), List.of()))
        .hasMessageContaining("files of the list a must name");
    assertThatThrownBy(() -> new ListConfig("a", ListKind.URL, List.of("x"), List.of("zh")))
        .hasMessageContaining("an address has no language");
    assertThatThrownBy(() -> ListKind.named("domains"))
        .hasMessageContaining("kind is domains, must be one of url, url-words, url-parts, words");
  }

  private Lists lists(ListKind kind, String entries) throws IOException {
    return read(kind, Files.writeString(folder.resolve("list.txt"), entries).toString());
  }

  private static Lists read(ListKind kind, String path) {
    return Lists.read(
        List.of(new ListConfig("test", kind, List.of(path), List.of())), new Configuration());
  }
}
