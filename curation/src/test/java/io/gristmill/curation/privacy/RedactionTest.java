package io.gristmill.curation.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);
  private static final Redaction REDACTION = new Redaction(RedactionConfig.all());

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
          user@[52.8.8.8] and user@52.8.8.8         | [EMAIL] and [EMAIL]
          mailto:x_1@xn--fiqs8s.xn--fiqs8s        | mailto:[EMAIL]
          13812345678@163.com                     | [EMAIL]
          13812345678@ 163                        | [PHONE]@ 163
          zhang@qq.com:0101                       | [EMAIL]:0101
          """)
  void emailAddressesGoWhole(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "react@18.2.0",
        "logo@2x.png",
        "あいうえお@example.com",
        "a @ b.com",
        "git clone git@github.com:OI-wiki/OI-wiki",
        "ssh://li@host.example.com/x",
        "mysql://root:secret@52.8.8.8x:4000/",
        "mysql://root:secret@db.example.com:4000/",
        "@Override",
        "email@example",
        "email@-example.com",
        "email@example..com",
        "x@1264fg.45om"
      })
  void whatOnlyLooksLikeAnEmailAddressStays(String text) {
    assertThat(REDACTION.redact(text)).isEqualTo(new Redacted(text, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          服务器52.8.4.4正常            | 服务器[IP]正常
          52.8.8.8:53/udp               | [IP]:53/udp
          http://163.36.107.25/x       | http://[IP]/x
          Bye 4.132.211.142.           | Bye [IP].
          at 2001:4860:4860::8888, ok  | at [IP], ok
          [2400:cb00:2048:1::c629:d7a2]:443 | [[IP]]:443
          地址240e:e9:6002:15c:0:ff:b015:146f。 | 地址[IP]。
          """)
  void publicIpAddressesGo(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "section 4.3.2.1.5",
        "1.2.3.4567",
        "1.2.3",
        "v1.2.3.4",
        "version 52.8.8.8",
        "版本52.8.8.8",
        "1.2.3.4-rc1",
        "resolver 8.8.8.8",
        "##### 2.3.4.3 Kernel",
        "Version=12.1.0.3",
        "fileVersion 13.12.0.0",
        "section-5.2.20.6",
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
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          电话13812345678。           | 电话[PHONE]。
          手机：+86 138 1234 5678      | 手机：[PHONE]
          tel 138-1234-5678, x         | tel [PHONE], x
          138-1234-5678                | [PHONE]
          {"phone": 13812345678}       | {"phone": [PHONE]}
          13812345678                  | [PHONE]
          手机１３８１２３４５６７８，谢谢 | 手机[PHONE]，谢谢
          手机＋８６－１３８－１２３４－５６７８ | 手机[PHONE]
          8613812345678                | [PHONE]
          008613812345678转            | [PHONE]转
          +86-19912345678              | [PHONE]
          电话13812345678/13912345678  | 电话[PHONE]/[PHONE]
          """)
  void mobileNumbersGo(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1381234567",
        "{\"capacity\": 13384966760}",
        "大小 16410021888 字节",
        "bytes-tickets-13365270885",
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
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          电话：010-64870663，传真        | 电话：[PHONE]，传真
          热线0731-88866120。             | 热线[PHONE]。
          (0571)87654321转3               | [PHONE]转3
          （０５７１）８７６５４３２１      | [PHONE]
          电话0351-3985088                | 电话[PHONE]
          010-8765 4321                   | [PHONE]
          """)
  void landlinesGoWithTheirAreaCode(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400-820-8820",
        "客服95588",
        "拨打110",
        "800-810-1234",
        "010-1234567",
        "026-12345678",
        "2010-20112012",
        "0-306-40615-2",
        "ISBN 978-7-111-54742-6",
        "9787111547426",
        "订单号20231105123456789012"
      })
  void numbersOfServicesBooksAndOrdersStay(String text) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Tel: +44 20 7946 0958, London    | Tel: [PHONE], London
          Tel.: +49 (0)69 380 795 200      | Tel.: [PHONE]
          +7(495) 633-56-33                | [PHONE]
          telephone: (+299) 384100 and     | telephone: [PHONE] and
          电话+852 2123 4567。              | 电话[PHONE]。
          +12124567890                     | [PHONE]
          Phone (212) 736-5000 ext         | Phone [PHONE] ext
          Call 212-736-5000.               | Call [PHONE].
          +86 10 6487 0663                 | [PHONE]
          """)
  void numbersOfTheWorldGo(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000",
        "a+12124567890",
        "x = y + 2124567890",
        "+++ 12345678",
        "(800) 876-7811",
        "111-222-3333",
        "425-123-6789",
        "212-736-5000-1",
        "A212-736-5000",
        "+0.5 +12.75"
      })
  void otherSignsAndNumbersStay(String text) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          卡号4111111111111111。             | 卡号[CARD]。
          5265 9251 6151 1412                | [CARD]
          3782-822463-10005                  | [CARD]
          银行卡6222021234567890128          | 银行卡[CARD]
          银行卡６２２２ ０２１２ ３４５６ ７８９０ １２８ | 银行卡[CARD]
          """)
  void bankCardsGo(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "1234567812345670",
        "41111111111111111",
        "4111 1111 1111 1111 1111",
        "0 4111 1111 1111 1111",
        "id=4111111111111111",
        "4111-1111 1111-1111",
        "3.4111111111111111",
        "9787111547426"
      })
  void otherLongNumbersStay(String text) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          车牌京A12345的车        | 车牌[PLATE]的车
          粤B·8Z6K3，            | [PLATE]，
          沪AD12345               | [PLATE]
          沪A12345D               | [PLATE]
          苏Ｅ１２３４挂           | [PLATE]
          """)
  void licencePlatesGo(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"京A股12345", "云ABCDE", "新A1234", "京A1234567", "更新B2B平台", "云API12345", "川I12345"})
  void whatOnlyLooksLikeAPlateStays(String text) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          QQ：907607222             | QQ：[QQ]
          加qq1010903229领取        | 加qq[QQ]领取
          QQ号码 12345678           | QQ号码 [QQ]
          12345678@qq.com           | [EMAIL]
          QQ:12345678@qq.com        | QQ:[EMAIL]
          微信号：li_2024x，        | 微信号：[WECHAT]，
          微信: wxid_8a7b6c         | 微信: [WECHAT]
          WeChat ID: lihua88        | WeChat ID: [WECHAT]
          加微信lihua88             | 加微信[WECHAT]
          微信：13812345678         | 微信：[PHONE]
          """)
  void messengersGoBehindTheirWord(String text, String expected) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QQ群：123456789",
        "微信公众号：JavaGuide",
        "微信：download",
        "微信 JSSDK2024",
        "WeChat OpenID2",
        "QQ2013",
        "907607222",
        "QQ 有 10000 人",
        "IQQ12345678"
      })
  void groupsAccountsAndBareNumbersStay(String text) {
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @Test
  void identityNumbersGoWhenTheCheckDigitIsRight() {
    assertThat(REDACTION.redact("身份证11010519491231002X号").text())
        .isEqualTo("身份证[ID]号"); // GB 11643-1999
    assertThat(REDACTION.redact("440524188001010014").text())
        .isEqualTo("440524188001010014"); // born 1880
    assertThat(REDACTION.redact("11010519491231002x").counts())
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
    assertThat(REDACTION.redact(text).text()).isEqualTo(text);
  }

  @Test
  void countsAreByKind() {
    Redacted redacted = REDACTION.redact("a@b.cn, c@d.cn, 52.8.8.8, 2400:3200::1, 13900001111");
    assertThat(redacted.text()).isEqualTo("[EMAIL], [EMAIL], [IP], [IP], [PHONE]");
    assertThat(redacted.counts()).isEqualTo(Map.of("email", 2, "ipv4", 1, "ipv6", 1, "phone", 1));
  }

  @Test
  void onlyTheKindsThatAreAskedForGo() {
    var phones = new Redaction(new RedactionConfig(List.of("phone"), List.of()));
    assertThat(phones.redact("a@b.cn 13812345678 52.8.8.8").text())
        .isEqualTo("a@b.cn [PHONE] 52.8.8.8");
    var none = new Redaction(RedactionConfig.none());
    assertThat(none.redact("a@b.cn").text()).isEqualTo("a@b.cn");
  }

  @Test
  void patternsOfTheUserGoBesideTheKinds() {
    var order = new UserPattern("order_number", "订单号?[:：]?\\d{6,}", "[ORDER]");
    var member = new UserPattern("member", "M-[0-9]{4}", UserPattern.token("member"));
    var redaction = new Redaction(new RedactionConfig(Kind.keys(), List.of(order, member)));
    Redacted redacted = redaction.redact("😀订单号：13812345678，M-0815给a@b.cn");
    assertThat(redacted.text()).isEqualTo("😀[ORDER]，[MEMBER]给[EMAIL]");
    assertThat(redacted.counts()).isEqualTo(Map.of("order_number", 1, "member", 1, "email", 1));
  }

  @Test
  void patternsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> new UserPattern("a", "(?=x)y", "[A]"))
        .hasMessageStartingWith("pattern is (?=x)y, which is no regular expression of RE2");
    assertThatThrownBy(() -> new UserPattern("a", "x*", "[A]"))
        .hasMessageStartingWith("pattern is x*, which matches the empty text");
    assertThatThrownBy(() -> new UserPattern("a", "\\w+", "[A]"))
        .hasMessageStartingWith("token is [A], which the pattern itself matches");
    assertThatThrownBy(() -> new UserPattern("email", "x", "[A]"))
        .hasMessageStartingWith("name is email, which is that of a kind");
    assertThatThrownBy(() -> new RedactionConfig(List.of("fax"), List.of()))
        .hasMessageStartingWith("kinds is fax, must be of email, ipv4");
  }

  @Test
  void redactingTwiceChangesNothing() {
    String alphabet = "a@.1:8-+中 b9f0[]＠x(6京Aq";
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String once = REDACTION.redact(text.toString()).text();
      assertThat(REDACTION.redact(once).text()).as("text=%s seed=%d", text, SEED).isEqualTo(once);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@",
        "1.",
        "@",
        "1:",
        "f:",
        "86",
        "1",
        "a.",
        "138-",
        "+",
        "::",
        "+1 ",
        "(010)",
        "微信:a",
        "qq",
        "京A1",
        "4111 ",
        "//:",
        "13812345678 "
      })
  void hostileTextTakesLinearTime(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());
    assertThat(REDACTION.redact(text).text())
        .as(unit)
        .isEqualTo(text); // minutes if it were quadratic
  }
}
