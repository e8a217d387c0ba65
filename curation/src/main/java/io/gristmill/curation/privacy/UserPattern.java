package io.gristmill.curation.privacy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;
import java.util.Locale;

/**
 * What the user wants replaced besides the kinds.
 *
 * @param name by which it is counted
 * @param pattern a regular expression of RE2, which matches in linear time whatever the text
 * @param token what takes its place
 */
public record UserPattern(String name, String pattern, String token) implements Serializable {
  public UserPattern {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "name is %s, must be lower-case letters, digits and _, such as order_number"
              .formatted(name));
    }
    if (Kind.named(name).isPresent()) {
      throw new IllegalArgumentException(
          "name is %s, which is that of a kind; choose another".formatted(name));
    }
    Pattern compiled = compiled(pattern);
    if (compiled.matcher("").find()) {
      throw new IllegalArgumentException(
          "pattern is %s, which matches the empty text; let it ask for at least one character"
              .formatted(pattern));
    }
    if (compiled.matcher(token).find()) {
      throw new IllegalArgumentException(
          "token is %s, which the pattern itself matches; choose one that it does not"
              .formatted(token));
    }
  }

  /** The usual token: the name in capitals. */
  public static String token(String name) {
    return "[%s]".formatted(name.toUpperCase(Locale.ROOT));
  }

  Pattern compiled() {
    return compiled(pattern);
  }

  private static Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern is %s, which is no regular expression of RE2: %s; look-around and back-references are not in it"
              .formatted(pattern, e.getDescription()),
          e);
    }
  }
}
