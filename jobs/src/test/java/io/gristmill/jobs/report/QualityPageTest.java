package io.gristmill.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gristmill.jobs.SparkTest;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.bpe.BpeTrainer;
import io.gristmill.tokenization.bpe.BpeTrainerConfig;
import io.gristmill.tokenization.bpe.MergeProgress;
import io.gristmill.tokenization.quality.QualityConfig;
import io.gristmill.tokenization.quality.QualityCounting;
import io.gristmill.tokenization.quality.QualityJson;
import io.gristmill.tokenization.quality.QualityReport;
import io.gristmill.tokenization.quality.Sample;
import io.gristmill.tokenization.quality.SizeQuality;
import io.gristmill.tokenization.quality.TokenizerQuality;
import io.gristmill.tokenization.quality.VocabularyAdvice;
import io.gristmill.tokenization.quality.VocabularySweep;
import io.gristmill.tokenization.shard.DocumentColumns;
import io.gristmill.tokenization.shard.Holdout;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Element;

@ExtendWith(SparkTest.class)
class QualityPageTest {
  private static final QualityConfig CONFIG = new QualityConfig(new Sample(1), 3, 50);
  private static QualityReport report;

  @BeforeAll
  static void measure(SparkSession spark) {
    BpeTokenizer own = tokenizer();
    List<Tokenizer> tokenizers = List.of(own, own.prefix(280));
    var schema =
        new StructType()
            .add(DocumentColumns.ID, DataTypes.StringType)
            .add(DocumentColumns.CLUSTER_ID, DataTypes.StringType)
            .add(DocumentColumns.DOMAIN, DataTypes.StringType)
            .add(DocumentColumns.LANGUAGE, DataTypes.StringType)
            .add(DocumentColumns.TEXT, DataTypes.StringType);
    Dataset<Row> documents =
        spark.createDataFrame(
            List.of(
                RowFactory.create("1", "1", "web", "en", "the mill grinds </script><b>wheat</b>"),
                RowFactory.create("2", "2", "books", "zh-Hans", "磨坊把麦子磨成面粉，鳛\u0000")),
            schema);
    var holdout = new Holdout(0, 0);
    var tallies = QualityCounting.count(documents, tokenizers, holdout, new Sample(1));
    List<Tokenizer> prefixes = VocabularySweep.prefixes(own, VocabularySweep.sizes(own));
    List<SizeQuality> sweep =
        VocabularySweep.measure(
            prefixes,
            QualityCounting.count(documents, prefixes, holdout, new Sample(1)),
            false,
            CONFIG);
    report =
        new QualityReport(
            "<mill> & 磨坊",
            CONFIG,
            QualityReport.heldOut(tallies),
            List.of(
                TokenizerQuality.of("this run", own, tallies, 0, CONFIG),
                TokenizerQuality.of("<i>other</i>", tokenizers.get(1), tallies, 1, CONFIG)),
            sweep,
            VocabularyAdvice.of(9e6, 384, 2e8, sweep));
  }

  private static BpeTokenizer tokenizer() {
    var trainer =
        new BpeTrainer(
            new BpeTrainerConfig(295, "deepseek-v3", List.of(Tokenizer.END_OF_TEXT), 2, 1, 64, 64));
    for (String piece : List.of("磨坊", "麦子磨", "成面粉", "</", " mill", " grinds", " wheat", "\n\n")) {
      byte[] utf8 = piece.getBytes(UTF_8);
      trainer.add(utf8, 0, utf8.length, 9);
    }
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  @Test
  void tokensAreShownAsTextAndPartsOfCharactersInHex() {
    var page = new PageXml(QualityPage.render(report));
    List<Element> tokens =
        page.elements("code").stream()
            .filter(code -> code.getAttribute("class").startsWith("token"))
            .toList();
    assertThat(tokens).extracting(Element::getTextContent).contains("磨坊", "␣mill", "↵↵", "</");
    assertThat(tokens)
        .filteredOn(code -> code.getAttribute("class").equals("token hex"))
        .isNotEmpty()
        .allSatisfy(
            code -> assertThat(code.getTextContent()).matches("[0-9A-F]{2}( [0-9A-F]{2})*"));
    assertThat(tokens)
        .filteredOn(code -> code.getTextContent().equals("磨坊"))
        .first()
        .satisfies(code -> assertThat(code.getAttribute("lang")).isEqualTo("zh-Hans"));
  }

  @Test
  void namesAndTokensAreNoMarkUp() {
    var page = new PageXml(QualityPage.render(report));
    assertThat(page.elements("script")).hasSize(1);
    assertThat(page.elements("i")).isEmpty();
    assertThat(page.elements("h1").getFirst().getTextContent()).isEqualTo("<mill> & 磨坊");
    assertThat(page.text()).contains("<i>other</i>");
  }

  @Test
  void thePageSaysThatTheRecommendationIsAnExtrapolation() {
    var page = new PageXml(QualityPage.render(report));
    assertThat(page.text())
        .contains("This is an extrapolation: the law was fitted on English web text alone")
        .contains("9.0 million parameters are outside of 33.0 to 1,130.0")
        .contains("Measured on the training documents, since none is held out");
  }

  @Test
  void thePageAsksTheNetworkForNothing() {
    String html = QualityPage.render(report);
    assertThat(html)
        .doesNotContain("src=")
        .doesNotContain("url(")
        .isEqualTo(QualityPage.render(report));
    assertThat(new PageXml(html).elements("a"))
        .allSatisfy(a -> assertThat(a.getAttribute("href")).startsWith("#"));
  }

  @Test
  void theFileHoldsTheFiguresOfThePage() throws Exception {
    JsonNode root = new ObjectMapper().readTree(QualityJson.write(report));
    JsonNode own = root.path("tokenizers").path(0);
    assertThat(own.path("vocabulary_by_kind").path("added").asInt()).isEqualTo(3);
    assertThat(own.path("measures")).hasSize(5);
    JsonNode all = own.path("measures").path(0);
    assertThat(all.path("language").asText()).isEqualTo("*");
    assertThat(all.path("bytes_per_token").asDouble())
        .isEqualTo(report.own().measures(false, "*").bytesPerToken());
    assertThat(own.path("use_in_training").path("tokens").asLong())
        .isEqualTo(all.path("tokens").asLong());
    assertThat(root.path("sweep")).hasSize(report.sweep().size());
    assertThat(root.path("recommendation").path("outside_of_the_fit")).isNotEmpty();
  }

  @Test
  void theTerminalHasALineForEachTokenizerAndLanguage() {
    List<String> lines = QualitySummary.lines(report);
    assertThat(lines).hasSize(1 + 4 + 2 + 1);
    assertThat(lines.get(1)).startsWith("en ").endsWith("this run (295)");
    assertThat(lines.get(2)).startsWith("en ").endsWith("<i>other</i> (280)");
    assertThat(lines.getLast()).contains("extrapolated");
  }
}
