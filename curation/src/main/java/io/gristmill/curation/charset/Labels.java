package io.gristmill.curation.charset;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets by the labels that pages use. As in browsers (WHATWG Encoding, section 4.2), a label
 * means the superset that its users write: GB18030 for the GB family, Windows code pages for ISO
 * ones.
 */
final class Labels {
  static final Charset GB18030 = Charset.forName("GB18030");
  static final Charset BIG5 = Charset.forName("Big5-HKSCS");
  static final Charset EUC_TW = Charset.forName("x-EUC-TW");
  static final Charset EUC_JP = Charset.forName("EUC-JP");
  static final Charset EUC_KR = Charset.forName("x-windows-949");
  static final Charset SHIFT_JIS = Charset.forName("windows-31j");
  static final Charset ISO_2022_JP = Charset.forName("ISO-2022-JP");
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Map<String, Charset> SUPERSETS =
      Map.ofEntries(
          Map.entry("utf8", StandardCharsets.UTF_8),
          Map.entry("unicode-1-1-utf-8", StandardCharsets.UTF_8),
          Map.entry("gb2312", GB18030),
          Map.entry("gb_2312", GB18030),
          Map.entry("gb_2312-80", GB18030),
          Map.entry("gb-2312", GB18030),
          Map.entry("gb2312-80", GB18030),
          Map.entry("gbk", GB18030),
          Map.entry("x-gbk", GB18030),
          Map.entry("gb18030", GB18030),
          Map.entry("euc-cn", GB18030),
          Map.entry("cp936", GB18030),
          Map.entry("ms936", GB18030),
          Map.entry("windows-936", GB18030),
          Map.entry("chinese", GB18030),
          Map.entry("csgb2312", GB18030),
          Map.entry("big5", BIG5),
          Map.entry("big-5", BIG5),
          Map.entry("big5-hkscs", BIG5),
          Map.entry("cn-big5", BIG5),
          Map.entry("csbig5", BIG5),
          Map.entry("x-x-big5", BIG5),
          Map.entry("cp950", BIG5),
          Map.entry("euc-tw", EUC_TW),
          Map.entry("x-euc-tw", EUC_TW),
          Map.entry("euc-jp", EUC_JP),
          Map.entry("x-euc-jp", EUC_JP),
          Map.entry("shift_jis", SHIFT_JIS),
          Map.entry("shift-jis", SHIFT_JIS),
          Map.entry("sjis", SHIFT_JIS),
          Map.entry("x-sjis", SHIFT_JIS),
          Map.entry("ms_kanji", SHIFT_JIS),
          Map.entry("euc-kr", EUC_KR),
          Map.entry("euckr", EUC_KR),
          Map.entry("korean", EUC_KR),
          Map.entry("ks_c_5601-1987", EUC_KR),
          Map.entry("ksc5601", EUC_KR),
          Map.entry("cp949", EUC_KR),
          Map.entry("us-ascii", WINDOWS_1252),
          Map.entry("ascii", WINDOWS_1252),
          Map.entry("latin1", WINDOWS_1252),
          Map.entry("iso-8859-1", WINDOWS_1252),
          Map.entry("iso8859-1", WINDOWS_1252),
          Map.entry("iso_8859-1", WINDOWS_1252),
          Map.entry("iso-8859-9", Charset.forName("windows-1254")),
          Map.entry("tis-620", Charset.forName("x-windows-874")));

  private Labels() {}

  /** The charset of a label; empty for one that no one knows. */
  static Optional<Charset> charset(String label) {
    String name = label.strip().toLowerCase(Locale.ROOT);
    Charset superset = SUPERSETS.get(name);
    if (superset != null || name.isEmpty()) {
      return Optional.ofNullable(superset);
    }
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
