package io.gristmill.curation.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          邮箱zhang.san@example.com，谢谢          | 邮箱[EMAIL]，谢谢
          请联系邮箱zhangsan@example.com，谢谢大家  | 请联系邮箱[EMAIL]，谢谢大家
          发到a@b.com中国                         | 发到[EMAIL]中国
          mail a@b.com                            | mail [EMAIL]
          NAME@MYSITE.COM.                        | [EMAIL].
          zhang＠example.com                      | [EMAIL]
          Joe <first.last+tag@sub.example.co.jp>  | Joe <[EMAIL]>
          user@[8.8.8.8] and user@8.8.8.8         | [EMAIL] and [EMAIL]
          mailto:x_1@xn--fiqs8s.xn--fiqs8s        | mailto:[EMAIL]
          13812345678@163.com                     | [EMAIL]
          13812345678@ 163                        | [PHONE]@ 163
          """)
  void emailAddressesGoWhole(String text, String expected) {
    assertThat(Redaction.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "react@18.2.0",
        "logo@2x.png",
        "あいうえお@example.com",
        "a @ b.com",
        "@Override",
        "email@example",
        "email@-example.com",
        "email@example..com",
        "x@1264fg.45om"
      })
  void whatOnlyLooksLikeAnEmailAddressStays(String text) {
    assertThat(Redaction.redact(text)).isEqualTo(new Redacted(text, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          服务器8.8.4.4正常            | 服务器[IP]正常
          8.8.8.8:53/udp               | [IP]:53/udp
          http://163.36.107.25/x       | http://[IP]/x
          Bye 4.132.211.142.           | Bye [IP].
          at 2001:4860:4860::8888, ok  | at [IP], ok
          [2400:cb00:2048:1::c629:d7a2]:443 | [[IP]]:443
          地址240e:e9:6002:15c:0:ff:b015:146f。 | 地址[IP]。
          """)
  void publicIpAddressesGo(String text, String expected) {
    assertThat(Redaction.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "section 4.3.2.1.5",
        "1.2.3.4567",
        "1.2.3",
        "v1.2.3.4",
        "version 8.8.8.8",
        "版本8.8.8.8",
        "1.2.3.4-rc1",
        "1.2.3.4b2",
        "999.1.1.1",
        "108.0.0.01",
        "192.168.1.1",
        "10.0.0.1",
        "127.0.0.1",
        "172.31.254.254",
        "203.0.113.7",
        "0.0.0.0",
        "255.255.255.0",
        "12:34:56",
        "00:1a:2b:3c:4d:5e",
        "fe80::1",
        "2001:db8::1",
        "::1",
        "std::vector",
        "face::feed",
        "1:2:3:4:5:6:7:8",
        "aa:bb:cc:dd:ee:ff:00:11",
        "ab12:cd34:ef56:ab12:cd34:ef56:ab12:cd34:ef56"
      })
  void versionsTimesAndLocalAddressesStay(String text) {
    assertThat(Redaction.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          电话13812345678。           | 电话[PHONE]。
          手机：+86 138 1234 5678      | 手机：[PHONE]
          tel 138-1234-5678, x         | tel [PHONE], x
          8613812345678                | [PHONE]
          008613812345678转            | [PHONE]转
          +86-19912345678              | [PHONE]
          电话13812345678/13912345678  | 电话[PHONE]/[PHONE]
          """)
  void mobileNumbersGo(String text, String expected) {
    assertThat(Redaction.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1381234567",
        "138123456789",
        "0.13812345678",
        "13812345678.5",
        "12812345678",
        "A13812345678",
        "13812345678x",
        "1638123456789",
        "138 12345678",
        "138-1234 5678",
        "id_13812345678",
        "example.com/post/13812345678/x"
      })
  void otherNumbersStay(String text) {
    assertThat(Redaction.redact(text).text()).isEqualTo(text);
  }

  @Test
  void identityNumbersGoWhenTheCheckDigitIsRight() {
    assertThat(Redaction.redact("身份证11010519491231002X号").text())
        .isEqualTo("身份证[ID]号"); // GB 11643-1999
    assertThat(Redaction.redact("440524188001010014").text())
        .isEqualTo("440524188001010014"); // born 1880
    assertThat(Redaction.redact("11010519491231002x").counts())
        .isEqualTo(Map.of("identity_number", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "110105194912310021",
        "11010519491331002X",
        "99010519491231002X",
        "511010519491231002X",
        "11010519491231002X1"
      })
  void otherNumbersOfEighteenDigitsStay(String text) {
    assertThat(Redaction.redact(text).text()).isEqualTo(text);
  }

  @Test
  void countsAreByKind() {
    Redacted redacted = Redaction.redact("a@b.cn, c@d.cn, 8.8.8.8, 2400:3200::1, 13900001111");
    assertThat(redacted.text()).isEqualTo("[EMAIL], [EMAIL], [IP], [IP], [PHONE]");
    assertThat(redacted.counts()).isEqualTo(Map.of("email", 2, "ipv4", 1, "ipv6", 1, "phone", 1));
  }

  @Test
  void redactingTwiceChangesNothing() {
    String alphabet = "a@.1:8-+中 b9f0[]＠x";
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String once = Redaction.redact(text.toString()).text();
      assertThat(Redaction.redact(once).text()).as("text=%s seed=%d", text, SEED).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@", "1.", "@", "1:", "f:", "86", "1", "a.", "138-", "+", "::"})
  void hostileTextTakesLinearTime(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    assertThat(Redaction.redact(text).text()).isEqualTo(text); // minutes if it were quadratic
  }
}
