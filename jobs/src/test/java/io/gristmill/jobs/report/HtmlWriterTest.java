package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.at;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlWriterTest {
  @Test
  void textAndAttributesCannotBecomeMarkUp() {
    Html.Node node = tag("b.x", at("title", "\"><i>'"), text("</b><script>a & b"));
    assertThat(HtmlWriter.write(node))
        .isEqualTo(
            "<b class=\"x\" title=\"&quot;&gt;&lt;i&gt;&#39;\">"
                + "&lt;/b&gt;&lt;script&gt;a &amp; b</b>");
  }

  @Test
  void whatXmlForbidsBecomesVisible() {
    assertThat(HtmlWriter.write(text("\u0000\u0007\r\t\n"))).isEqualTo("\u2400\u2407\u240d\t\n");
    assertThat(HtmlWriter.write(text("\ud800|\udc00|\ufffe|\u0085"))).isEqualTo("�|�|�|�");
    assertThat(HtmlWriter.write(text("𠮷野家"))).isEqualTo("𠮷野家");
  }

  @Test
  void elementsNestInOrder() {
    Html.Node node = tag("i", all(text("a"), tag("b", "c")), tag("br"), tag("span"));
    assertThat(HtmlWriter.write(node)).isEqualTo("<i>a<b>c</b><br/><span></span></i>");
  }

  @Test
  void namesAreNeverData() {
    assertThatThrownBy(() -> tag("b onclick=x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'b onclick=x' is no name of an element or attribute");
    assertThatThrownBy(() -> at("a b", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void assetsHoldNothingThatParsersReadDifferently() {
    assertThatThrownBy(() -> new Html.Asset("if (a < b)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds '<' or '&'");
  }
}
