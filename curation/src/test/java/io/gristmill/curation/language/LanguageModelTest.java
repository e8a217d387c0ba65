package io.gristmill.curation.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.util.normalizer.AggregateCharSequenceNormalizer;
import opennlp.tools.util.normalizer.EmojiCharSequenceNormalizer;
import opennlp.tools.util.normalizer.NumberCharSequenceNormalizer;
import opennlp.tools.util.normalizer.ShrinkCharSequenceNormalizer;
import opennlp.tools.util.normalizer.TwitterCharSequenceNormalizer;
import opennlp.tools.util.normalizer.UrlCharSequenceNormalizer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LanguageModelTest {
  private static final Set<String> SOME = Set.of("eng", "deu", "fra", "pol", "tur", "vie", "rus");

  private static LanguageDetectorModel library;

  /** The weights of a hundred runs are rounded to 2^-20 each. */
  private static final double ROUNDING = 1e-5;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = LanguageModelTest.class.getResourceAsStream("/langdetect-183.bin")) {
      library = new LanguageDetectorModel(in);
    }
  }

  @Test
  void likelihoodsAreThoseOfTheLibrary() {
    var model = new LanguageModel((AbstractModel) library.getMaxentModel(), SOME);
    for (String text :
        List.of(
            "The miller carried the heavy sacks before the rain came",
            "Der Müller trug die schweren Säcke und hörte dem Fluss zu",
            "Мельник нёс тяжёлые мешки",
            "hahaha xD expo rt rt rt Aaaargh jejejeje sooooo Zażółć gęślą jaźń",
            "a",
            "")) {
      Map<String, Double> expected = new HashMap<>();
      for (var language : new LanguageDetectorME(library).predictLanguages(text)) {
        if (SOME.contains(language.getLang())) {
          expected.put(language.getLang(), language.getConfidence());
        }
      }
      double greatest =
          expected.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      double[] likelihoods = model.likelihoods(TrainedForm.of(text));
      for (int i = 0; i < likelihoods.length; i++) {
        assertThat(likelihoods[i])
            .as(text + model.languages().get(i))
            .isCloseTo(expected.get(model.languages().get(i)) / greatest, within(ROUNDING));
      }
    }
  }

  @Test
  void theFormOfLettersIsThatOfTheLibrarysNormalizers() {
    var normalizers =
        new AggregateCharSequenceNormalizer(
            EmojiCharSequenceNormalizer.getInstance(),
            UrlCharSequenceNormalizer.getInstance(),
            TwitterCharSequenceNormalizer.getInstance(),
            NumberCharSequenceNormalizer.getInstance(),
            ShrinkCharSequenceNormalizer.getInstance());
    String[] pieces =
        "r t R T rt x X d o p P h H j a A e i u é ü ﬁ Ａ \uD801\uDF80 z s ss".split(" ");
    long seed = Long.getLong("tests.seed", 20260501L);
    var random = new SplittableRandom(seed);
    for (int trial = 0; trial < 20_000; trial++) {
      var text = new StringBuilder();
      int size = random.nextInt(40);
      for (int i = 0; i < size; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
        if (random.nextInt(4) == 0) {
          text.append(' ');
        }
      }
      assertThat(TrainedForm.of(text).toString())
          .as("seed %d: %s %s", seed, text, Arrays.toString(text.chars().toArray()))
          .isEqualTo(normalizers.normalize(text).toString());
    }
  }
}
