package io.gristmill.curation.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingTest {
  private static final String SIMPLIFIED =
      "记者从有关部门获悉，今年以来我国经济运行总体平稳，各项主要指标都在合理区间。专家表示，要看到外部环境的变化，也要看到发展的有利条件没有改变。";
  private static final String TRADITIONAL =
      "記者從有關部門獲悉，今年以來經濟運行總體平穩，各項主要指標都在合理區間。專家表示，要看到外部環境的變化，也要看到發展的有利條件沒有改變。";
  private static final String JAPANESE = "日本の首都は東京です。これは文字コードの判定を確かめるための文章で、ひらがなとカタカナと漢字が混ざっています。";
  private static final String KOREAN =
      "대한민국의 수도는 서울이다. 이 문장은 문자 집합을 올바르게 가려내는지 확인하기 위한 것으로 여러 낱말이 들어 있다.";
  private static final String RUSSIAN =
      "Это предложение написано для того, чтобы проверить, верно ли определяется кодировка русского текста на странице.";

  @ParameterizedTest
  @CsvSource({
    "GB18030, GB18030, SIMPLIFIED",
    "GBK, GB18030, SIMPLIFIED",
    "Big5, Big5-HKSCS, TRADITIONAL",
    "x-EUC-TW, x-EUC-TW, TRADITIONAL",
    "EUC-JP, EUC-JP, JAPANESE",
    "Shift_JIS, windows-31j, JAPANESE",
    "ISO-2022-JP, ISO-2022-JP, JAPANESE",
    "EUC-KR, x-windows-949, KOREAN",
    "windows-1251, windows-1251, RUSSIAN",
    "KOI8-R, KOI8-R, RUSSIAN",
    "UTF-8, UTF-8, SIMPLIFIED",
    "UTF-16LE, UTF-16LE, RUSSIAN_PAGE",
    "UTF-16LE, UTF-16LE, SIMPLIFIED",
    "UTF-16BE, UTF-16BE, TRADITIONAL",
    "UTF-16BE, UTF-16BE, JAPANESE",
    "UTF-16LE, UTF-16LE, KOREAN",
    "UTF-16BE, UTF-16BE, CHINESE_PAGE"
  })
  void undeclaredCharsetsAreDetected(String encoded, String expected, String sample) {
    String text = sample(sample);
    Decoded decoded = Decoding.decode(text.getBytes(Charset.forName(encoded)), "");
    assertThat(decoded.charset()).isEqualTo(expected);
    assertThat(decoded.text()).isEqualTo(text);
    assertThat(decoded.replacementRate()).isZero();
  }

  @Test
  void aByteOrderMarkDecidesAndIsNotText() {
    byte[] bytes = ("\ufeff" + SIMPLIFIED).getBytes(StandardCharsets.UTF_16LE);
    Decoded decoded = Decoding.decode(bytes, "gbk");
    assertThat(decoded.text()).isEqualTo(SIMPLIFIED);
    assertThat(decoded.evidence()).isEqualTo("bom");
  }

  @Test
  void validUtf8WinsOverAGbDeclaration() {
    Decoded decoded =
        Decoding.decode(html(SIMPLIFIED, "gb2312").getBytes(StandardCharsets.UTF_8), "gbk");
    assertThat(decoded.charset()).isEqualTo("UTF-8");
    assertThat(decoded.text()).contains(SIMPLIFIED);
  }

  @Test
  void aGbkPageThatSaysItIsUtf8OrBig5OrLatin1IsReadAsGb() {
    for (String lie : new String[] {"utf-8", "big5", "iso-8859-1", "euc-kr", "nonsense"}) {
      byte[] bytes = html(SIMPLIFIED, lie).getBytes(Charset.forName("GBK"));
      Decoded decoded = Decoding.decode(bytes, lie);
      assertThat(decoded.charset()).as(lie).isEqualTo("GB18030");
      assertThat(decoded.text()).contains(SIMPLIFIED);
    }
  }

  @Test
  void whatServersSayOfEverythingIsHardlyBelieved() {
    byte[] big5 = TRADITIONAL.getBytes(Charset.forName("Big5"));
    assertThat(Decoding.decode(big5, "ISO-8859-1").text()).isEqualTo(TRADITIONAL);
    String french = "Le meunier a déjà rentré la moitié du blé « avant l’orage ».";
    byte[] latin = french.getBytes(Charset.forName("windows-1252"));
    assertThat(Decoding.decode(latin, "ISO-8859-1").text()).isEqualTo(french);
    assertThat(Decoding.decode(latin, "ISO-8859-1").evidence()).isEqualTo("http");
  }

  @Test
  void zerosInOtherTextDoNotMakeItUtf16() {
    for (String text : new String[] {"Bush hid the facts\0\0", SIMPLIFIED + "\0\u0002\u0003!"}) {
      assertThat(Decoding.decode(text.getBytes(StandardCharsets.UTF_8), "").text()).isEqualTo(text);
    }
    byte[] gbk = (SIMPLIFIED + "\0\0").getBytes(Charset.forName("GBK"));
    assertThat(Decoding.decode(gbk, "").text()).startsWith(SIMPLIFIED);
  }

  @Test
  void aTrueDeclarationIsBelieved() {
    byte[] bytes = html("Zażółć gęślą jaźń", "iso-8859-2").getBytes(Charset.forName("ISO-8859-2"));
    Decoded decoded = Decoding.decode(bytes, "");
    assertThat(decoded.evidence()).isEqualTo("meta");
    assertThat(decoded.text()).contains("Zażółć gęślą jaźń");
    assertThat(
            Decoding.decode(html(TRADITIONAL, "").getBytes(Charset.forName("Big5")), "big5")
                .evidence())
        .isEqualTo("http");
  }

  @Test
  void aFewBrokenBytesDoNotMakeUtf8AnythingElse() {
    byte[] bytes = SIMPLIFIED.repeat(3).getBytes(StandardCharsets.UTF_8);
    bytes[30] = (byte) 0xff;
    Decoded decoded = Decoding.decode(bytes, "");
    assertThat(decoded.charset()).isEqualTo("UTF-8");
    assertThat(decoded.replacementRate()).isBetween(0.001, 0.02);
  }

  @Test
  void asciiIsUtf8() {
    Decoded decoded = Decoding.decode("plain".getBytes(StandardCharsets.US_ASCII), "");
    assertThat(decoded.charset()).isEqualTo("UTF-8");
    assertThat(Decoding.decode(new byte[0], "").text()).isEmpty();
  }

  @Test
  void whateverTheBytesDecodingEnds() {
    var random = new SplittableRandom(Long.getLong("tests.seed", 20260501L));
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Decoding.decode(bytes, "").replacementRate()).isBetween(0.0, 1.0);
    }
  }

  private static String sample(String name) {
    return switch (name) {
      case "SIMPLIFIED" -> SIMPLIFIED;
      case "TRADITIONAL" -> TRADITIONAL;
      case "JAPANESE" -> JAPANESE;
      case "KOREAN" -> KOREAN;
      case "RUSSIAN" -> RUSSIAN;
      case "RUSSIAN_PAGE" -> html(RUSSIAN, "");
      case "CHINESE_PAGE" -> html(SIMPLIFIED, "");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String html(String text, String declared) {
    return "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\"><title>t</title></head><body><div class=\"content\"><p>%s</p></div></body></html>"
        .formatted(declared, text);
  }
}
