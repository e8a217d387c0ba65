package io.gristmill.curation.html;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Elements and lines that are about the site and not about the page's subject. */
final class Boilerplate {
  private static final Set<String> TAGS =
      Set.of("nav", "aside", "footer", "form", "menu", "search", "address");

  private static final Set<String> ROLES =
      Set.of(
          "navigation",
          "banner",
          "complementary",
          "contentinfo",
          "search",
          "dialog",
          "alert",
          "alertdialog",
          "menu",
          "menubar",
          "toolbar",
          "tooltip",
          "form");

  /** Words of class names and ids that say it surely. */
  private static final Pattern NAMES =
      named(
          "nav|navbar|navigation|menu|submenu|breadcrumbs?|crumbs?|pagination|pager|paging|prevnext|"
              + "toolbar|sidebar|aside|footer|masthead|topbar|toc|jump|"
              + "comment(?!ary)[a-z]*|disqus[a-z]*|respond|repl(?:y|ies)|feedback|livefyre|spotim|"
              + "related[a-z]*|recommend[a-z]*|recirc[a-z]*|trending|popular|mostread|mostpopular|"
              + "morestories|morefrom|outbrain[a-z]*|taboola[a-z]*|teasers?|upnext|"
              + "ad|ads|adv|advert[a-z]*|adsense|adslot|adunit|dfp|sponsor[a-z]*|promo[a-z]*|"
              + "commercial|newsletters?|subscri[a-z]*|signup|login|signin|register|registration|"
              + "donat(?:e|ion)[a-z]*|cookie[a-z]*|consent[a-z]*|gdpr|"
              + "popup|popover|modal|lightbox|overlay|dialog|tooltip|toast|"
              + "copyright|legal|disclaimer|visually-hidden|sr-only|screen-reader-text|noprint|"
              + "mw-editsection|reflist|navbox|catlinks|bdsharebuttonbox");

  /** Words that say it only of parts with little running text. */
  private static final Pattern DOUBTFUL_NAMES =
      named(
          "shar(?:e|es|ing)[a-z]*|social[a-z]*|follow[a-z]*|addthis[a-z]*|sns|"
              + "prev|next|skip|tools?|side|rail|foot|ft|header|"
              + "readmore|partner|affiliate[a-z]*|paywall|privacy|"
              + "bylines?|author|authors|authorbox|bio|meta|metadata|entrymeta|dateline|timestamp|"
              + "date|time|published|pubdate|tags|taglist|tagcloud|categories|caption|captions|credit|"
              + "copy|rights|widgets?|print|printfriendly|ratings?|votes?|"
              + "hidden|hide|invisible|player|gpt|slideshow|gallery");

  /** Lines that are boilerplate wherever they stand; short ones only. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?i)(?:<(?:img|iframe|script|a|div|style)\\b.*>|advertisement|ad|sponsored(?: content)?|share(?: this)?(?: article| story| page)?(?: on.*)?|"
              + "read more.*|read also.*|also read.*|see also:?|related(?: articles?| stories| posts?| content)?:?|"
              + "follow us.*|sign up.*|subscribe.*|click here.*|continue reading.*|story continues below.*|"
              + "(?:skip|back) to .*|print|e-?mail|comments?|\\d+ comments?|leave a (?:comment|reply)|tags?:.*|"
              + "filed under:?.*|posted in:?.*|photo(?: credit)?:.*|image(?: credit)?:.*|"
              + "copyright .*|\\(c\\) .*|©.*|all rights reserved.*|"
              + "(?:we|this (?:site|website)) uses? cookies.*|.*accept (?:all )?cookies.*|"
              + ".*版权所有.*|.*[ICP京沪粤浙苏]+[ICP]*备\\s*\\d+.*|.*公网安备.*|.*未经(?:书面)?(?:授权|许可|允许).*转载.*|"
              + "(?:上一篇|下一篇|上一页|下一页|上一條|下一條|上一条|下一条)\\s*[：:].*|上一篇|下一篇|上一页|下一页|返回(?:首页|顶部|列表)|"
              + "(?:分享|转发|收藏|打印|举报|点赞|评论|投诉|纠错)(?:到.*|至.*|本文)?|分享到.*|扫一扫.*|.*扫描.{0,6}二维码.*|"
              + "(?:责任编辑|责编|编辑|校对|审核|作者|来源|来源于|稿源|稿件来源|文章来源|本文来源|原标题|标签|关键词|关键字|发布日期|发布时间|发表时间|浏览次数|阅读次数|点击次数)\\s*[：:].{0,40}|"
              + "[(（【]\\s*(?:原标题|原题为|来源|编辑|作者|记者|图源)\\s*[：:]?.{0,60}[)）】]|(?:当前|现在|您的)?位置\\s*[：:].*|"
              + ".{0,20}(?:打印本页|关闭窗口|设为首页|加入收藏|添加收藏|收藏本站).*|地址\\s*[：:].*(?:电话|邮编).*|.*免责声明.{0,60}|"
              + "[(（\\[【]?(?:责任编辑|责编|编辑)\\s*[：:].{0,20}[)）\\]】]?|"
              + "(?:相关|推荐|延伸|热门)(?:阅读|新闻|文章|推荐|链接|资讯|内容|图集)[：:]?.{0,4}|点击(?:查看|进入|加载).*|"
              + ".*(?:版權|著作權)所有.*|.*未經(?:授權|許可|同意).*轉載.*|(?:分享|轉寄|收藏|列印|檢舉|推薦)(?:到.*|至.*|本文)|"
              + "(?:責任編輯|責編|編輯|作者|來源|文章來源|資料來源|標籤|關鍵字|發佈日期|發布時間|更新時間|瀏覽次數|點閱次數)\\s*[：:].{0,40}|"
              + "(?:相關|推薦|延伸|熱門)(?:閱讀|新聞|文章|推薦|連結|內容)[：:]?.{0,4}|點擊(?:查看|進入).*|回(?:首頁|頂部|列表)|上一(?:篇|頁).{0,8}下一(?:篇|頁).{0,8}|"
              + "(?:本网站|本站|本網站|我们|我們)使用\\s*cookies?.*|.*接受(?:所有|全部)?\\s*cookies?.*|"
              + "举报(?:电话|邮箱).*|违法和不良信息举报.*|本网站由.*|广告|字号.{0,10}|我要评论.*|网友评论.*|用微信扫.*)");

  private static final int LONGEST_LINE = 120;

  private Boilerplate() {}

  /** Whether its tag, role, class or id says surely that it is boilerplate. */
  static boolean isLabelled(Element element) {
    return TAGS.contains(element.normalName())
        || (element.attributesSize() > 0
            && (ROLES.contains(element.attr("role")) || isNamed(element, NAMES)));
  }

  /** Whether its class or id says so if there is little running text in it. */
  static boolean isDoubtful(Element element) {
    return element.normalName().equals("header")
        || (element.attributesSize() > 0 && isNamed(element, DOUBTFUL_NAMES));
  }

  /** Whether a line of text is boilerplate by what it says. */
  static boolean isLine(String line) {
    return line.length() <= LONGEST_LINE && LINE.matcher(line.strip()).matches();
  }

  /** Blogs put the words of their tags and categories into the class of a whole article. */
  private static boolean isNamed(Element element, Pattern names) {
    if (element.normalName().equals("article") || element.normalName().equals("main")) {
      return false;
    }
    return isNamed(element.className(), names) || isNamed(element.id(), names);
  }

  private static boolean isNamed(String name, Pattern names) {
    return !name.isEmpty() && name.length() < 300 && names.matcher(words(name)).find();
  }

  private static Pattern named(String words) {
    return Pattern.compile("(?:^|[-_ ])(?:" + words + ")(?=$|[-_ 0-9])");
  }

  /** Lower case, with camelCase taken apart. */
  private static String words(String names) {
    StringBuilder words = new StringBuilder(names.length() + 8);
    for (int i = 0; i < names.length(); i++) {
      char c = names.charAt(i);
      if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(names.charAt(i - 1))) {
        words.append('-');
      }
      words.append(c);
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }
}
