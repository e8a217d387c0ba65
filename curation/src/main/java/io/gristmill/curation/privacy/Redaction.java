package io.gristmill.curation.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Replaces personal data by tokens that do not depend on the data or on its place. The kinds are
 * found in one pass that looks at a bounded number of characters around each position, the patterns
 * of the user in one pass each; where two finds overlap, the one that begins first counts, and of
 * two that begin together the user's.
 */
public final class Redaction {
  private static final int LAST_ASCII = 0x7F;
  private static final int FIRST_FULL_WIDTH = 0xFF01;
  private static final int LONGEST_NUMBER = 20;
  private static final boolean[] BEGINS = new boolean[LAST_ASCII + 1];

  static {
    for (char c = 0; c <= LAST_ASCII; c++) {
      BEGINS[c] = Ascii.alphanumeric(c) || c == '@' || c == '+' || c == '(';
    }
  }

  private final EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final WorldPhone worldPhone = new WorldPhone();
  private final List<Named> patterns;

  public Redaction(RedactionConfig config) {
    config.kinds().forEach(kind -> kinds.add(Kind.named(kind).orElseThrow()));
    this.patterns =
        config.patterns().stream().map(user -> new Named(user, user.compiled())).toList();
  }

  private record Named(UserPattern user, Pattern pattern) {}

  /** The text with a token for each find, and how many there were of each kind. */
  public Redacted redact(String text) {
    List<Find> finds = new ArrayList<>();
    for (Named named : patterns) {
      Matcher matcher = named.pattern().matcher(text);
      while (matcher.find()) {
        finds.add(
            new Find(named.user().name(), named.user().token(), matcher.start(), matcher.end()));
      }
    }
    if (!kinds.isEmpty()) {
      addKinds(text, finds);
    }
    finds.sort(Comparator.comparingInt(Find::start)); // stable: the user's come first
    return replaced(text, finds);
  }

  private static Redacted replaced(String text, List<Find> finds) {
    var counts = new TreeMap<String, Integer>();
    if (finds.isEmpty()) {
      return new Redacted(text, counts);
    }
    var out = new StringBuilder(text.length());
    int copied = 0;
    for (Find find : finds) {
      if (find.start() >= copied) {
        out.append(text, copied, find.start()).append(find.token());
        counts.merge(find.kind(), 1, Integer::sum);
        copied = find.end();
      }
    }
    return new Redacted(out.append(text, copied, text.length()).toString(), counts);
  }

  private void addKinds(String text, List<Find> finds) {
    int floor = 0;
    int at = next(text, 0);
    while (at < text.length()) {
      char c = Ascii.narrow(text.charAt(at));
      Optional<Find> found = find(text, c, Ascii.at(text, at - 1), at, floor);
      if (found.isPresent()) {
        finds.add(found.get());
        floor = found.get().end();
        at = next(text, floor);
      } else {
        at = next(text, Ascii.letter(c) ? lettersEnd(text, at + 1) : at + 1);
      }
    }
  }

  /** The next position at which something can be found; most of a text is passed over here. */
  private static int next(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c <= LAST_ASCII ? BEGINS[c] : c >= FIRST_FULL_WIDTH) {
        return at;
      }
      at++;
    }
    return at;
  }

  private static int lettersEnd(String text, int from) {
    int at = from;
    while (at < text.length() && Ascii.letter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** What is found at a position; each search looks at a bounded number of characters. */
  private Optional<Find> find(String text, char c, char before, int at, int floor) {
    Optional<Find> found;
    if (Ascii.letter(c)) {
      found = Ascii.wordPart(before) ? Optional.empty() : atLetter(text, at, before);
    } else if (Ascii.digit(c)) {
      // QQ12345678 is the one number that may stand right behind a letter
      boolean inside = Ascii.wordPart(before) && (before | 0x20) != 'q';
      found = inside ? Optional.empty() : atDigit(text, at);
    } else if (c == '@') {
      return kinds.contains(Kind.EMAIL) ? EmailAddress.around(text, at, floor) : Optional.empty();
    } else if (c == '+' && kinds.contains(Kind.PHONE)) {
      found = ChinesePhone.mobile(text, at).or(() -> worldPhone.international(text, at));
    } else if (c == '(' && kinds.contains(Kind.PHONE)) {
      found = ChinesePhone.landline(text, at).or(() -> worldPhone.american(text, at));
    } else {
      return Optional.empty();
    }
    return found.isEmpty() ? found : found.filter(find -> stands(text, find, floor));
  }

  private Optional<Find> atLetter(String text, int at, char before) {
    Optional<Find> found = Optional.empty();
    if (kinds.contains(Kind.IPV6)) {
      found = IpAddress.v6(text, at);
    }
    if (found.isEmpty() && before > LAST_ASCII && kinds.contains(Kind.LICENCE_PLATE)) {
      found = LicencePlate.around(text, at);
    }
    if (found.isEmpty() && kinds.contains(Kind.WECHAT)) {
      found = MessengerId.wechat(text, at);
    }
    return found;
  }

  private Optional<Find> atDigit(String text, int at) {
    Optional<Find> found = Optional.empty();
    if (kinds.contains(Kind.IPV6)) {
      found = IpAddress.v6(text, at);
    }
    if (found.isEmpty() && kinds.contains(Kind.IPV4)) {
      found = IpAddress.v4(text, at);
    }
    int digits = Ascii.digitsEnd(text, at, LONGEST_NUMBER) - at;
    if (found.isPresent() || digits < 2) {
      return found;
    }
    if (kinds.contains(Kind.IDENTITY_NUMBER)) {
      found = IdentityNumber.at(text, at);
    }
    if (found.isEmpty() && kinds.contains(Kind.QQ)) {
      found = MessengerId.qq(text, at);
    }
    if (found.isEmpty() && kinds.contains(Kind.PHONE)) {
      found = phone(text, at);
    }
    if (found.isEmpty() && kinds.contains(Kind.BANK_CARD)) {
      found = BankCard.at(text, at);
    }
    return found;
  }

  private Optional<Find> phone(String text, int at) {
    return ChinesePhone.mobile(text, at)
        .or(() -> ChinesePhone.landline(text, at))
        .or(() -> worldPhone.american(text, at));
  }

  /**
   * False for the local part of an e-mail address, which is replaced as a whole when its at sign is
   * reached.
   */
  private boolean stands(String text, Find find, int floor) {
    boolean local =
        Ascii.at(text, find.end()) == '@'
            && kinds.contains(Kind.EMAIL)
            && EmailAddress.around(text, find.end(), floor).isPresent();
    return find.start() >= floor && !local;
  }
}
