package io.gristmill.curation.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormulasTest {
  @Test
  void texBesideMathMlIsTaken() {
    assertThat(
            text(
                "<math><semantics><msup><mi>x</mi><mn>2</mn></msup>"
                    + "<annotation encoding=\"application/x-tex\">x^2</annotation></semantics></math>"))
        .isEqualTo("Let $x^2$ be.");
  }

  @Test
  void mathMlAloneBecomesTex() {
    assertThat(
            text(
                "<math display=block><mfrac><msup><mi>a</mi><mn>10</mn></msup><msub><mi>b</mi><mi>i</mi></msub></mfrac>"
                    + "<mo>=</mo><msqrt><mi>c</mi></msqrt></math>"))
        .isEqualTo("Let $$\\frac{a^{10}}{b_i} = \\sqrt{c}$$ be.");
    assertThat(text("<math alttext=\"n!\"><mi>n</mi><mo>!</mo></math>")).isEqualTo("Let $n!$ be.");
  }

  @Test
  void katexIsWrittenOnce() {
    assertThat(
            text(
                "<span class=\"katex-display\"><span class=\"katex\"><span class=\"katex-mathml\"><math><semantics><mi>E</mi>"
                    + "<annotation encoding=\"application/x-tex\">E = mc^2</annotation></semantics></math></span>"
                    + "<span class=\"katex-html\" aria-hidden=\"true\">E=mc2</span></span></span>"))
        .isEqualTo("Let $$E = mc^2$$ be.");
  }

  @Test
  void mathJaxIsWrittenOnceInBothOfItsForms() {
    assertThat(
            text(
                "<span class=\"MathJax_Preview\">f</span><span class=\"MathJax\">f(x)</span>"
                    + "<script type=\"math/tex\">f(x) < 1</script>"))
        .isEqualTo("Let $f(x) < 1$ be.");
    assertThat(
            text(
                "<mjx-container display=\"true\"><mjx-math>drawn</mjx-math><mjx-assistive-mml>"
                    + "<math><msup><mi>e</mi><mi>x</mi></msup></math></mjx-assistive-mml></mjx-container>"))
        .isEqualTo("Let $$e^x$$ be.");
  }

  @Test
  void picturesOfFormulasHaveTheirTex() {
    assertThat(
            text(
                "<span class=\"mwe-math-element\"><span style=\"display: none\"><math><mi>y</mi>"
                    + "<annotation encoding=\"application/x-tex\">{\\displaystyle y_{1}}</annotation></math></span>"
                    + "<img class=\"mwe-math-fallback-image-inline\" alt=\"{\\displaystyle y_{1}}\"></span>"))
        .isEqualTo("Let $y_{1}$ be.");
    assertThat(text("<img class=\"latex\" alt=\"\\pi\" src=p.png>")).isEqualTo("Let $\\pi$ be.");
  }

  @Test
  void formulasStayInArticles() {
    String page =
        "<body><div><p>The sum of all of the first numbers, one after another, is the one of the"
            + " young Gauss, <math alttext=\"n(n+1)/2\"><mi>n</mi></math>, as everyone knows.</p></div></body>";
    assertThat(Extraction.extract(page, "", ExtractionMode.ARTICLE).text())
        .contains("Gauss, $n(n+1)/2$, as");
  }

  private static String text(String formula) {
    String page = "<body><p>Let " + formula + " be.</p></body>";
    return Extraction.extract(page, "", ExtractionMode.FULL_TEXT).text();
  }
}
