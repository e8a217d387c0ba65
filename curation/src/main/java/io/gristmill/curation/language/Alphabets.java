package io.gristmill.curation.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.AbstractModel;

/**
 * The language of text in an alphabet that many languages share, by OpenNLP's model of character
 * n-grams (103 languages, trained on the Leipzig corpora). Only languages that use the alphabet
 * compete.
 */
final class Alphabets {
  private static final String MODEL = "/langdetect-183.bin";

  private static final Map<Script, Set<String>> LANGUAGES =
      Map.of(
          Script.LATIN,
          set(
              "afr aze bos bre cat ceb ces cym dan deu ekk eng epo est eus fao fin fra fry gle glg gsw hrv hun ind isl ita lat lav lim"
                  + " lit ltz lvs mlt mri msa nan nds nld nno nob oci pol por ron slk slv som spa sqi swa swe tgl tur uzb vie vol war"
                  + " zul"),
          Script.CYRILLIC,
          set("bak bel bul che kaz kir mkd mon rus srp tgk ukr uzb"),
          Script.ARABIC,
          set("ara fas pnb pus urd"),
          Script.DEVANAGARI,
          set("hin mar nep san"));

  /**
   * Languages that the web hardly has. The model takes short text of names and numbers for one of
   * them; on text that is really theirs they lead by more than {@link #RARITY}.
   */
  private static final Set<String> RARE =
      set("bak bre ceb che epo fry gsw lat lim mri nan nds oci vol war");

  private static final double RARITY = 0.9;

  /**
   * The model's probabilities are too even: where the first is 1.1 times the second, it is right in
   * about nine of ten sentences. Their powers are about right.
   */
  private static final int SHARPNESS = 20;

  /** What is less has a power of 0 in double precision. */
  private static final double LEAST = 1e-17;

  /**
   * ISO 639-3 to the shortest tag, as BCP 47 wants it; individual languages under the tag of their
   * macrolanguage.
   */
  private static final Map<String, String> TAGS = tags();

  private static final Map<Script, LanguageModel> MODELS = models();

  private Alphabets() {}

  /** True when several languages share the script, so that the model has to decide. */
  static boolean shared(Script script) {
    return LANGUAGES.containsKey(script);
  }

  /**
   * The probability of each language that uses a script, by tag.
   *
   * @param sample words of that script with spaces between
   */
  static Map<String, Double> probabilities(Script script, CharSequence sample) {
    LanguageModel model = MODELS.get(script);
    double[] likelihoods = model.likelihoods(TrainedForm.of(sample));
    var weights = new TreeMap<String, Double>();
    for (int i = 0; i < likelihoods.length; i++) {
      String code = model.languages().get(i);
      double weight = (RARE.contains(code) ? RARITY : 1) * likelihoods[i];
      weights.merge(TAGS.get(code), weight, Math::max);
    }
    double greatest = weights.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    weights.replaceAll((tag, weight) -> sharp(weight / greatest));
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    weights.replaceAll((tag, weight) -> weight / sum);
    return weights;
  }

  /** A power, without work for what is too small to have one. */
  private static double sharp(double weight) {
    return weight < LEAST ? 0 : StrictMath.pow(weight, SHARPNESS);
  }

  private static Set<String> set(String codes) {
    return Set.of(codes.split(" "));
  }

  private static Map<String, String> tags() {
    Map<String, String> tags =
        Stream.of(Locale.getISOLanguages())
            .collect(
                Collectors.toMap(
                    code -> Locale.of(code).getISO3Language(),
                    code -> code,
                    (first, second) -> first,
                    TreeMap::new));
    tags.put("ekk", "et");
    tags.put("lvs", "lv");
    LANGUAGES.values().forEach(codes -> codes.forEach(code -> tags.putIfAbsent(code, code)));
    return tags;
  }

  private static Map<Script, LanguageModel> models() {
    try (InputStream in = Alphabets.class.getResourceAsStream(MODEL)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s is not on the class path; add org.apache.opennlp:opennlp-models-langdetect"
                .formatted(MODEL));
      }
      var model = (AbstractModel) new LanguageDetectorModel(in).getMaxentModel();
      return LANGUAGES.entrySet().stream()
          .collect(
              Collectors.toMap(Map.Entry::getKey, e -> new LanguageModel(model, e.getValue())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the language model " + MODEL, e);
    }
  }
}
