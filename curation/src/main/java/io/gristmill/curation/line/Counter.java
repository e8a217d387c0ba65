package io.gristmill.curation.line;

import static io.gristmill.curation.text.Characters.ALPHABETIC;
import static io.gristmill.curation.text.Characters.DIGIT;

import io.gristmill.curation.text.Characters;
import java.util.Set;

/**
 * Lines such as {@code 3.1K likes}, {@code (12 comments)}, {@code 阅读 3.2万}, {@code 1024人点赞}: a
 * number and what it counts, in either order, and nothing else. RefinedWeb (arXiv 2306.01116, table
 * 7, "counter"); its words as DCLM has them, the Chinese ones are ours.
 */
final class Counter {
  /** Longer lines are not looked at. */
  private static final int LONGEST = 40;

  private static final Set<String> MULTIPLES =
      Set.of("", "k", "m", "b", "w", "+", "k+", "m+", "w+", "千", "万", "萬", "亿", "億", "万+", "萬+");

  /** Between the number and what it counts: 12人点赞, 3次阅读, 5条评论. */
  private static final Set<String> CLASSIFIERS =
      Set.of("", "人", "次", "条", "條", "个", "個", "则", "則", "位", "位用户", "人次", "万人", "万次", "萬人", "萬次");

  private static final Set<String> COUNTED =
      Set.of(
          "like",
          "likes",
          "share",
          "shares",
          "comment",
          "comments",
          "retweet",
          "retweets",
          "repost",
          "reposts",
          "quote",
          "quotes",
          "bookmark",
          "bookmarks",
          "upvote",
          "upvotes",
          "downvote",
          "downvotes",
          "download",
          "downloads",
          "view",
          "views",
          "follower",
          "followers",
          "阅读",
          "閱讀",
          "阅读量",
          "閱讀量",
          "阅读数",
          "浏览",
          "瀏覽",
          "浏览量",
          "浏览次数",
          "瀏覽次數",
          "评论",
          "評論",
          "评论数",
          "点赞",
          "點讚",
          "点赞数",
          "赞",
          "讚",
          "喜欢",
          "喜歡",
          "收藏",
          "转发",
          "轉發",
          "转载",
          "分享",
          "播放",
          "播放量",
          "观看",
          "觀看",
          "下载",
          "下載",
          "下载次数",
          "人气",
          "点击",
          "点击数",
          "点击量",
          "回复",
          "回覆",
          "回应",
          "关注",
          "關注",
          "粉丝",
          "粉絲",
          "人已读",
          "人阅读",
          "人浏览",
          "人参与",
          "人关注",
          "人评论",
          "人收藏",
          "人赞同",
          "赞同",
          "留言",
          "弹幕");

  private Counter() {}

  static boolean is(Line line) {
    if (line.length() > LONGEST) {
      return false;
    }
    int[] text = line.text();
    int digits = line.from();
    while (digits < line.to() && !digit(text[digits])) {
      digits++;
    }
    if (digits == line.to() || tabular(line)) {
      return false;
    }
    int end = digits;
    while (end < line.to() && (digit(text[end]) || text[end] == '.' || text[end] == ',')) {
      end++;
    }
    String before = words(text, line.from(), digits);
    String after = words(text, end, line.to());
    if (!before.isEmpty()) {
      return COUNTED.contains(before) && (MULTIPLES.contains(after) || CLASSIFIERS.contains(after));
    }
    return counted(after);
  }

  /** {@code k likes}, {@code 万次阅读}: multiple, classifier, word. */
  private static boolean counted(String after) {
    for (int at = 0; at <= Math.min(4, after.length()); at++) {
      String first = after.substring(0, at).strip();
      String rest = after.substring(at).strip();
      if (MULTIPLES.contains(first)) {
        if (COUNTED.contains(rest)) {
          return true;
        }
        for (int next = 1; next <= Math.min(3, rest.length()); next++) {
          if (CLASSIFIERS.contains(rest.substring(0, next))
              && COUNTED.contains(rest.substring(next).strip())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Letters, digits and plus signs of a part in lower case, runs of all others as one space. */
  private static String words(int[] text, int from, int to) {
    var words = new StringBuilder();
    for (int at = from; at < to; at++) {
      if ((Characters.of(text[at]) & (ALPHABETIC | DIGIT)) != 0 || text[at] == '+') {
        words.appendCodePoint(Character.toLowerCase(text[at]));
      } else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    return words.toString().strip();
  }

  /** Rows of tables, paths and assignments hold names and numbers of other things. */
  private static boolean tabular(Line line) {
    for (int at = line.from(); at < line.to(); at++) {
      if (line.text()[at] == '|' || line.text()[at] == '/' || line.text()[at] == '=') {
        return true;
      }
    }
    return false;
  }

  private static boolean digit(int codePoint) {
    return (Characters.of(codePoint) & DIGIT) != 0;
  }
}
