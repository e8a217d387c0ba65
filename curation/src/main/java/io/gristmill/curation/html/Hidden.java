package io.gristmill.curation.html;

import java.util.regex.Pattern;

/** Styles that hide an element. */
final class Hidden {
  private static final Pattern HIDING =
      Pattern.compile("(?i)display\\s*:\\s*none|visibility\\s*:\\s*hidden");

  private Hidden() {}

  static boolean byStyle(String style) {
    return HIDING.matcher(style).find();
  }
}
