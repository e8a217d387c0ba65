package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArticleTest {
  private static final String ENGLISH =
      """
      <html lang="en-GB"><head><title>Mills of the valley</title>
      <link rel="canonical" href="https://example.org/mills">
      <meta property="article:published_time" content="2024-05-01T08:00:00+02:00"></head><body>
      <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News, all of it, every day</a></li></ul></nav>
      <div class="cookie-banner"><p>We use cookies, as everyone does, to make this site better for you. Accept all.</p></div>
      <div id="main"><h1>Mills of the valley</h1>
      <p class="byline">By A. Miller, staff</p>
      <p>The first mill of the valley was built beside the bridge, and ground the grain of nine farms.</p>
      <div class="share-bar"><a href="#f">Share on F</a> <a href="#t">Share on T</a></div>
      <h2>The second mill</h2>
      <p>It took forty years until a second one, larger and with a
         better <a href="/wheel">wheel</a>, was raised upstream.</p>
      <ul><li>It had two stones, both French.</li><li>It ground at night, too.</li></ul>
      <pre>grist  = grain
        flour = ground(grist)</pre>
      <table><tr><th>Year</th><th>Sacks</th></tr><tr><td>1801</td><td>90</td></tr></table>
      <figure><img src="x.jpg"><figcaption>The mill, seen from the east, in 1902.</figcaption></figure>
      <p>Both stood until the flood.<br>Nothing of them is left today, but for the stones.</p>
      <p>Read more about floods</p>
      </div>
      <div class="related-posts"><h3>Related</h3><p>A long teaser about another page, with commas, which is not of this article at all.</p></div>
      <section id="comments"><p>I liked this article very much, it was long, and I have nothing to add to it.</p></section>
      <footer><p>Copyright 2024, the Valley Post. All rights reserved. Terms, privacy, imprint.</p></footer>
      </body></html>
      """;

  private static final String CHINESE =
      """
      <html><head><title>谷中的磨坊_山谷新闻网</title></head><body>
      <div class="top"><a href="/">首页</a> | <a href="/n">新闻</a> | <a href="/s">体育</a></div>
      <div class="content">
      <h1>谷中的磨坊</h1>
      <div>2024-05-01 08:00 来源：山谷日报</div>
      <p>　　山谷里的第一座磨坊建在桥边，为九个农庄磨面，
      磨坊主人姓王，当地人都叫他老王。</p>
      <p>　　四十年以后，第二座磨坊在上游落成，石磨更大，水轮也更好，一直用到洪水到来的那一年。</p>
      <p>（责任编辑：李四）</p>
      <div class="share">分享到：微信 微博</div>
      <div>上一篇：山谷的桥</div><div>下一篇：山谷的路</div>
      </div>
      <div class="footer">版权所有 山谷新闻网 京ICP备12345678号 未经授权不得转载。</div>
      </body></html>
      """;

  @Test
  void theArticleIsKeptWithItsStructureAndNothingElse() {
    assertThat(article(ENGLISH).text())
        .isEqualTo(
            """
            The first mill of the valley was built beside the bridge, and ground the grain of nine farms.

            The second mill

            It took forty years until a second one, larger and with a better wheel, was raised upstream.

            - It had two stones, both French.
            - It ground at night, too.

            grist  = grain
              flour = ground(grist)

            Year	Sacks
            1801	90

            Both stood until the flood.
            Nothing of them is left today, but for the stones.""");
  }

  @Test
  void whatThePageSaysAboutItselfIsKept() {
    Extracted page = article(ENGLISH);
    assertThat(page.title()).isEqualTo("Mills of the valley");
    assertThat(page.language()).isEqualTo("en-GB");
    assertThat(page.canonicalUrl()).isEqualTo("https://example.org/mills");
    assertThat(page.published()).hasToString("Optional[2024-05-01T06:00:00Z]");
  }

  @Test
  void chineseBoilerplateGoesAndLinesOfOneParagraphJoinWithoutSpaces() {
    assertThat(article(CHINESE).text())
        .isEqualTo(
            """
            山谷里的第一座磨坊建在桥边，为九个农庄磨面，磨坊主人姓王，当地人都叫他老王。

            四十年以后，第二座磨坊在上游落成，石磨更大，水轮也更好，一直用到洪水到来的那一年。""");
  }

  @Test
  void traditionalBoilerplateGoesAndStructureStays() {
    String page =
        """
        <html><head><title>水車的維修</title></head><body>
        <div>本網站使用 Cookie 以改善您的體驗，詳情請參閱隱私權政策。</div>
        <div class="post">
        <h2>準備工作</h2>
        <p>在開始之前，請先把水閘關上，並且確認水輪已經完全停止轉動。</p>
        <ol><li>檢查每一片葉板，</li><li>替換破損的木釘。</li></ol>
        <pre>for blade in wheel:
            check(blade)</pre>
        <table><tr><th>零件</th><th>數量</th></tr><tr><td>木釘</td><td>24</td></tr></table>
        <p>全部完成之後，慢慢打開水閘，聽一聽有沒有異常的聲音。</p>
        <div>責任編輯：王小明</div>
        <div>延伸閱讀：</div><ul><li><a href="/a">石磨的歷史</a></li><li><a href="/b">風車與水車</a></li></ul>
        <div class="comments"><p>這篇文章很有用，謝謝作者，我家的水車終於修好了。</p></div>
        </div>
        <div>版權所有 © 山谷新聞網，未經授權不得轉載。</div>
        </body></html>
        """;
    assertThat(article(page).text())
        .isEqualTo(
            """
            準備工作

            在開始之前，請先把水閘關上，並且確認水輪已經完全停止轉動。

            - 檢查每一片葉板，
            - 替換破損的木釘。

            for blade in wheel:
                check(blade)

            零件	數量
            木釘	24

            全部完成之後，慢慢打開水閘，聽一聽有沒有異常的聲音。""");
  }

  @Test
  void aPartThatHoldsMostOfTheProseIsContentWhateverItIsCalled() {
    String page = ENGLISH.replace("id=\"main\"", "id=\"main\" class=\"sidebar hidden menu\"");
    assertThat(article(page).text()).startsWith("The first mill").endsWith("for the stones.");
  }

  @Test
  void fullTextKeepsAllThatIsVisible() {
    String text = Extraction.extract(ENGLISH, "", ExtractionMode.FULL_TEXT).text();
    assertThat(text).startsWith("- Home").contains("By A. Miller").contains("All rights reserved");
    assertThat(
            Extraction.extract(
                    "<p>a<p style='display: none'>b<script>c</script>",
                    "",
                    ExtractionMode.FULL_TEXT)
                .text())
        .isEqualTo("a");
  }

  @Test
  void aPageOfLinksHasNoArticle() {
    StringBuilder page = new StringBuilder("<body>");
    for (int i = 0; i < 50; i++) {
      page.append(
          "<li><a href=/%d>Headline number %d of fifty, with a comma</a></li>".formatted(i, i));
    }
    assertThat(article(page.toString()).text()).isEmpty();
  }

  private static Extracted article(String html) {
    return Extraction.extract(html, "https://example.org/", ExtractionMode.ARTICLE);
  }
}
