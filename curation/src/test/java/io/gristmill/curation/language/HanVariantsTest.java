package io.gristmill.curation.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class HanVariantsTest {
  @Test
  void tableIsWhatIcuConverts() throws IOException {
    Transliterator toTraditional = Transliterator.getInstance("Simplified-Traditional");
    Transliterator toSimplified = Transliterator.getInstance("Traditional-Simplified");
    var simplified = new StringBuilder();
    var traditional = new StringBuilder();
    for (int codePoint = 0x3400; codePoint <= 0x9FFF; codePoint++) {
      if (UScript.getScript(codePoint) != UScript.HAN) {
        continue;
      }
      String character = Character.toString(codePoint);
      boolean toward = !toTraditional.transliterate(character).equals(character);
      boolean back = !toSimplified.transliterate(character).equals(character);
      if (toward && !back) {
        simplified.append(character);
      } else if (back && !toward) {
        traditional.append(character);
      }
    }
    var table = new Properties();
    try (var in = HanVariants.class.getResourceAsStream("han-variants.properties")) {
      table.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    assertThat(table.getProperty("simplified")).isEqualTo(simplified.toString());
    assertThat(table.getProperty("traditional")).isEqualTo(traditional.toString());
  }

  @Test
  void charactersOfOneWritingSaySo() {
    assertThat(HanVariants.of('这')).isEqualTo(HanVariants.SIMPLIFIED);
    assertThat(HanVariants.of('這')).isEqualTo(HanVariants.TRADITIONAL);
    assertThat(HanVariants.of('的')).isZero();
    assertThat(HanVariants.of('后')).as("empress in traditional writing").isZero();
    assertThat(HanVariants.of('a')).isZero();
  }

  @Test
  void cantoneseCharactersPairsAndContext() {
    assertThat(weight("我嘅")).isEqualTo(2);
    assertThat(weight("而家")).isEqualTo(2);
    assertThat(weight("大家")).isZero();
    assertThat(weight("我係")).isEqualTo(1);
    assertThat(weight("關係")).isZero();
    assertThat(HanVariants.of(0x210C9)).as("𡃉").isEqualTo(HanVariants.CANTONESE);
  }

  private static int weight(String pair) {
    return HanVariants.cantonese(pair.charAt(0), pair.charAt(1), HanVariants.of(pair.charAt(1)));
  }
}
