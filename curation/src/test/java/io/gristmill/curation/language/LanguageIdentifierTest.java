package io.gristmill.curation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageIdentifierTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zh-Hans | 这个方法返回数组中元素的个数，如果数组为空则抛出异常。
          zh-Hant | 這個方法返回陣列中元素的個數，如果陣列為空則拋出例外。
          zh-Hant | 兩岸關係與臺灣的經濟發展
          yue     | 佢哋而家喺屋企食緊飯，唔使等佢哋喇。
          yue     | 呢個係我哋嘅問題，你話點解呀？
          ja      | このメソッドは配列の要素数を返します。
          ja      | 東京都は日本の首都である
          ko      | 이 메서드는 배열의 요소 수를 반환합니다.
          ko      | 대한민국(大韓民國)은 동아시아의 한반도 남부에 있는 나라이다.
          en      | This method returns the number of elements in the array.
          fr      | Cette méthode renvoie le nombre d'éléments du tableau et lève une exception.
          ru      | Этот метод возвращает количество элементов в массиве.
          el      | Αυτή η μέθοδος επιστρέφει τον αριθμό των στοιχείων.
          he      | שיטה זו מחזירה את מספר האיברים במערך
          th      | เมธอดนี้คืนค่าจำนวนสมาชิกในอาร์เรย์
          hi      | यह विधि सरणी में तत्वों की संख्या लौटाती है और अपवाद फेंकती है।
          """)
  void sentencesHaveTheirLanguage(String tag, String text) {
    assertThat(LanguageIdentifier.identify(text).tag()).isEqualTo(tag);
  }

  @Test
  void textWithoutLettersIsUndetermined() {
    assertThat(LanguageIdentifier.identify("")).isEqualTo(Language.undetermined());
    assertThat(LanguageIdentifier.identify("123, 456! ——😀").tag()).isEqualTo("und");
  }

  @Test
  void translationSideBySideIsMultiple() {
    Language language =
        LanguageIdentifier.identify(
            "将集合中的元素复制到新的列表中，并返回该列表。\n"
                + "Copies the elements of the collection to a new list and returns that list.");
    assertThat(language.tag()).isEqualTo("mul");
    assertThat(language.shares()).containsOnlyKeys("en", "zh-Hans");
    assertThat(language.share("en")).isBetween(0.4, 0.6);
  }

  @Test
  void sharesOfLettersAddUpToOne() {
    Language language = LanguageIdentifier.identify("Тест текст, test text, 测试文本, テスト");
    assertThat(language.shares().values().stream().mapToDouble(Double::doubleValue).sum())
        .isEqualTo(1, within(1e-12));
  }

  @Test
  void namesInLatinLettersDoNotHideTheLanguageAroundThem() {
    assertThat(
            LanguageIdentifier.identify("使用 ThreadPoolExecutor 提交任务时，需要设置 corePoolSize 参数。").tag())
        .isEqualTo("zh-Hans");
  }

  @Test
  void bothWritingsOfChineseInOneTextKeepTheirShares() {
    Language language = LanguageIdentifier.identify("这是简体中文的说明。\n這是繁體中文的說明。");
    assertThat(language.shares()).isEqualTo(Map.of("zh-Hans", 0.5, "zh-Hant", 0.5));
    assertThat(language.tag()).isEqualTo("mul");
  }

  @Test
  void charactersOfBothWritingsAreSimplifiedForWantOfEvidence() {
    Language language = LanguageIdentifier.identify("你好");
    assertThat(language.tag()).isEqualTo("zh-Hans");
    assertThat(language.score()).isEqualTo(0.5);
  }

  @Test
  void scoreGrowsWithTheEvidence() {
    double few = LanguageIdentifier.identify("说明").score();
    double many = LanguageIdentifier.identify("这个说明书对于业务专业词语进行讲解").score();
    assertThat(many).isGreaterThan(few).isLessThanOrEqualTo(1);
  }

  @Test
  void longTextIsReadInSeveralPlaces() {
    String menu = "Home About News Contact Login ".repeat(40);
    String body =
        "Die Methode gibt die Anzahl der Elemente zurück und wirft eine Ausnahme. ".repeat(100);
    assertThat(LanguageIdentifier.identify(menu + body).tag()).isEqualTo("de");
  }
}
