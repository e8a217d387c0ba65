package io.gristmill.curation.charset;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a document declares its charset to be, in a meta element or an XML declaration. */
final class Declaration {
  private static final int SEARCHED = 16 << 10;
  private static final Pattern META =
      Pattern.compile(
          "<meta\\b[^>]{0,300}?\\bcharset\\s*=\\s*[\"']?\\s*([A-Za-z0-9_.:+-]+)|<\\?xml\\b[^>]{0,100}?\\bencoding\\s*=\\s*[\"']([A-Za-z0-9_.:+-]+)",
          Pattern.CASE_INSENSITIVE);

  private Declaration() {}

  /** The label declared; empty where there is none. */
  static String label(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, SEARCHED), StandardCharsets.ISO_8859_1);
    Matcher meta = META.matcher(head);
    if (!meta.find()) {
      return "";
    }
    return meta.group(1) == null ? meta.group(2) : meta.group(1);
  }
}
