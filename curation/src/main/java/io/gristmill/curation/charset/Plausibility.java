package io.gristmill.curation.charset;

import java.util.BitSet;

/**
 * How much a decoded text looks like writing: the share of its letters beyond ASCII that are among
 * the most frequent ones of a language that is written with them. Text decoded in the wrong East
 * Asian charset is valid more often than not, but made of rare characters.
 */
final class Plausibility {
  /** The characters that make up some 40 % of running Chinese, both scripts, and Japanese kanji. */
  private static final String HAN =
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现"
          + "当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应"
          + "这個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應東車號電書話語體氣區新聞市年月日本人大中出入生分社行事会部"
          + "者地方見言自同回高合内場前後全体当理世界小的关于网站新闻信息资料公司产品服务中心技术管理系统内容版权所有请您我们联系电话地址";

  private static final String KANA_AND_MARKS = "、。，！？：；（）「」『』《》“”‘’—…·【】　・ー";

  /** The most frequent syllables of running Korean. */
  private static final String HANGUL =
      "이다는의에을가고하지한도로기사은를자어리아시나해인서대정부그들일스게수라과년있했보니만와여장제원전국상으주우적선공동미관구안오경신세조유당성문중비개위경화말할것었면된";

  private static final BitSet FREQUENT = new BitSet(0x10000);

  static {
    (HAN + KANA_AND_MARKS + HANGUL).chars().forEach(FREQUENT::set);
    FREQUENT.set(0x3041, 0x30ff); // kana
    FREQUENT.set(0x391, 0x3ca); // Greek
    FREQUENT.set(0x410, 0x450); // Cyrillic
    FREQUENT.set(0xe01, 0xe4f); // Thai
  }

  private Plausibility() {}

  /** 0 to 1; 1 for text without anything beyond ASCII. */
  static double of(CharSequence text) {
    int beyond = 0;
    int frequent = 0;
    int wrong = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      beyond++;
      if (isLatin(c)) {
        // Latin letters with marks stand among those without; in a row they are misread bytes.
        frequent += i == 0 || text.charAt(i - 1) < 0x80 ? 1 : 0;
      } else if (FREQUENT.get(c)) {
        frequent++;
      } else if (c == '\ufffd' || (c >= '\ue000' && c < '\uf900') || c < '\u00a0') {
        wrong++;
      }
    }
    return beyond == 0 ? 1 : Math.max(0, (frequent - 3.0 * wrong) / beyond);
  }

  /** Whether a character beyond ASCII makes up much of the writing of some language. */
  static boolean isFrequent(char c) {
    return isLatin(c) || FREQUENT.get(c);
  }

  private static boolean isLatin(char c) {
    return c >= '\u00a0' && c < '\u0250';
  }
}
