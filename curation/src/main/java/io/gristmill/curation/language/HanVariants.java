package io.gristmill.curation.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;

/**
 * What a Han character says about the writing it stands in: only simplified, only traditional, or
 * Cantonese. The simplified and the traditional characters come from ICU4J's conversion (see the
 * resource); those that real text uses in both writings are taken out.
 */
final class HanVariants {
  /** Only in simplified writing. */
  static final int SIMPLIFIED = 1;

  /** Only in traditional writing. */
  static final int TRADITIONAL = 2;

  /** Written Cantonese; written Mandarin hardly ever has it. */
  static final int CANTONESE = 4;

  /** Often Cantonese, but also formal, classical or in foreign names. */
  static final int OFTEN_CANTONESE = 8;

  /** Second character of a pair of characters that is a word of Cantonese. */
  static final int ENDS_PAIR = 16;

  private static final int FIRST = 0x3400;
  private static final int LAST = 0x9FFF;
  private static final String RESOURCE = "han-variants.properties";

  /** Characters common in both writings (measured on 13 and 1 million Han characters). */
  private static final String BOTH = "坂膻虬征厘彷挽沉棱咤栖衮葱涌荆占斗杆兹舍筑迹脉恒采朴丑杰烟云却凭尸泄后范叶挂脚姊俱夥乾藉著苎苧綝";

  private static final String CANTONESE_ONLY =
      "嘅咗唔喺嚟啲佢冇嗰咁哋噉嘢咩㗎攞瞓諗谂啱嘥搵揾嚿黐喎嗱噏嗮揸孭掟囖嚹㷫諗冧嬲嚡𡃉𠺢𠸏𠿪𠻺𡁵𠹌";

  private static final String CANTONESE_OFTEN = "係乜囉喇啫吖咋晒睇畀俾唞嗌氹蚊啩瞓";

  private static final Set<String> CANTONESE_PAIRS =
      Set.of(
          "而家", "邊個", "邊度", "邊間", "邊位", "邊有", "點樣", "點解", "點呀", "點啊", "幾多", "幾時", "同埋", "屋企", "即係",
          "係咪", "真係", "但係", "就係", "都係", "係呀", "係啊", "頭先", "成日", "若果", "呢個", "呢度", "呢間", "呢位", "返嚟",
          "返屋", "返學", "中意", "鍾意", "傾偈", "靚仔", "靚女", "梗係", "仲有", "仲係", "仲要", "重有", "哩個", "哩度", "好彩",
          "有冇", "聽日", "琴日", "尋日", "噚日", "細佬", "老豆", "都幾", "先至", "跟住", "做緊", "食緊", "睇緊");

  /** What stands before 係 in words of Mandarin: 關係, 聯係, 干係, 體係, … */
  private static final String BEFORE_XI = "關聯干體派譜維";

  /** Both characters of each pair in one number; all are in the Basic Multilingual Plane. */
  private static final int[] SORTED_PAIRS =
      CANTONESE_PAIRS.stream()
          .mapToInt(pair -> (pair.charAt(0) << Character.SIZE) | pair.charAt(1))
          .sorted()
          .toArray();

  private static final byte[] TABLE = table();

  private HanVariants() {}

  /** The bits of a character; 0 when it says nothing. */
  static int of(int codePoint) {
    if (codePoint >= FIRST && codePoint <= LAST) {
      return TABLE[codePoint - FIRST];
    }
    return codePoint > 0x1FFFF && CANTONESE_ONLY.indexOf(codePoint) >= 0 ? CANTONESE : 0;
  }

  /** How Cantonese a character is after another one: 0 not at all, 2 surely. */
  static int cantonese(int before, int codePoint, int variants) {
    if ((variants & CANTONESE) != 0 || ((variants & ENDS_PAIR) != 0 && pair(before, codePoint))) {
      return 2;
    }
    boolean mandarin = codePoint == '係' && BEFORE_XI.indexOf(before) >= 0;
    return (variants & OFTEN_CANTONESE) != 0 && !mandarin ? 1 : 0;
  }

  private static boolean pair(int before, int codePoint) {
    return Arrays.binarySearch(SORTED_PAIRS, (before << Character.SIZE) | codePoint) >= 0;
  }

  private static byte[] table() {
    byte[] table = new byte[LAST - FIRST + 1];
    Properties characters = characters();
    set(table, characters.getProperty("simplified"), SIMPLIFIED);
    set(table, characters.getProperty("traditional"), TRADITIONAL);
    BOTH.codePoints().forEach(codePoint -> table[codePoint - FIRST] = 0);
    set(table, CANTONESE_OFTEN, OFTEN_CANTONESE);
    set(table, CANTONESE_ONLY, CANTONESE);
    CANTONESE_PAIRS.forEach(pair -> set(table, pair.substring(1), ENDS_PAIR));
    return table;
  }

  private static void set(byte[] table, String characters, int bit) {
    characters
        .codePoints()
        .filter(codePoint -> codePoint <= LAST)
        .forEach(codePoint -> table[codePoint - FIRST] |= (byte) bit);
  }

  private static Properties characters() {
    var characters = new Properties();
    try (InputStream in = HanVariants.class.getResourceAsStream(RESOURCE);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      characters.load(reader);
      return characters;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
