package io.gristmill.curation.privacy;

import java.util.List;
import java.util.Optional;

/**
 * Numbers of QQ and names of WeChat, only behind the word that says so. Groups (QQ群) and public
 * accounts (微信公众号) name nobody and stay.
 */
final class MessengerId {
  private static final List<String> QQ =
      List.of("QQ", "QQ号", "QQ号码", "QQ账号", "QQ帐号", "扣扣", "扣扣号", "加Q");

  /** Words that only a name follows. */
  private static final List<String> WECHAT_ID =
      List.of(
          "微信号",
          "微信id",
          "微信账号",
          "微信帐号",
          "威信号",
          "薇信号",
          "加微",
          "加微信",
          "加vx",
          "加v信",
          "WeChat ID",
          "WeChatID");

  /** Words that a name follows behind a colon. */
  private static final List<String> WECHAT = List.of("微信", "威信", "薇信", "WeChat");

  private static final int FEWEST_QQ = 5;
  private static final int MOST_QQ = 11;
  private static final int FEWEST_WECHAT = 6;
  private static final int MOST_WECHAT = 20;

  private MessengerId() {}

  /** The number of QQ that begins at a digit. */
  static Optional<Find> qq(CharSequence text, int start) {
    char before = Ascii.at(text, start - 1);
    boolean may = before == ' ' || before == ':' || before == '：' || before > 0x7F;
    boolean glued = (before | 0x20) == 'q'; // QQ12345678
    if ((!may && !glued) || Ascii.at(text, start) == '0') {
      return Optional.empty();
    }
    int end = Ascii.digitsEnd(text, start, MOST_QQ + 1);
    int digits = end - start;
    return digits >= FEWEST_QQ
            && digits <= MOST_QQ
            && Ascii.ends(text, end)
            && WordBefore.any(QQ, text, start)
        ? Optional.of(Find.of(Kind.QQ, start, end))
        : Optional.empty();
  }

  /** The name of WeChat that begins at a letter. */
  static Optional<Find> wechat(CharSequence text, int start) {
    if (!mayFollow(Ascii.at(text, start - 1), Ascii.at(text, start - 2))) {
      return Optional.empty();
    }
    int end = start;
    boolean odd = false; // no word of a language
    while (end <= start + MOST_WECHAT && name(Ascii.at(text, end))) {
      odd |= !Ascii.letter(Ascii.at(text, end));
      end++;
    }
    int length = end - start;
    char after = Ascii.at(text, end);
    boolean ends =
        length >= FEWEST_WECHAT
            && length <= MOST_WECHAT
            && after != '@'
            && !(after == '.' && Ascii.alphanumeric(Ascii.at(text, end + 1)));
    boolean named =
        ends
            && (WordBefore.any(WECHAT_ID, text, start)
                || (odd && WordBefore.colon(text, start) && WordBefore.any(WECHAT, text, start)));
    return named ? Optional.of(Find.of(Kind.WECHAT, start, end)) : Optional.empty();
  }

  /** Whether these two characters can end one of the words; most places in a text fail here. */
  private static boolean mayFollow(char before, char ahead) {
    boolean space = before == ' ';
    char last = space ? ahead : before;
    return last == ':' || last > 0x7F || (space && (last == 'D' || last == 'd'));
  }

  private static boolean name(char c) {
    return Ascii.wordPart(c) || c == '-';
  }
}
