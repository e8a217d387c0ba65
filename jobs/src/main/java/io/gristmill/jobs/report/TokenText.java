package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;

import io.gristmill.tokenization.quality.TokenKind;
import io.gristmill.tokenization.quality.TokenUse;

/** Tokens as the page shows them: white space made visible, parts of characters in hex. */
final class TokenText {
  private static final int MOST_CHARACTERS = 40;

  private TokenText() {}

  static Html.Node of(TokenUse use) {
    return use.kind() == TokenKind.PARTIAL ? tag("code.token.hex", use.shown()) : of(use.shown());
  }

  /** The text of a token, a long one cut. */
  static Html.Node of(String shown) {
    String language = shown.codePoints().anyMatch(Character::isIdeographic) ? "zh-Hans" : "und";
    String visible =
        shown
            .replace(' ', '␣')
            .replace('\n', '↵')
            .replace('\t', '⇥')
            .replace('\u3000', '□')
            .replace('\u00a0', '⍽');
    int characters = visible.codePointCount(0, visible.length());
    String cut =
        characters <= MOST_CHARACTERS
            ? visible
            : visible.substring(0, visible.offsetByCodePoints(0, MOST_CHARACTERS))
                + "… (%d characters)".formatted(characters);
    return tag("code.token", at("lang", language), Html.text(cut));
  }
}
