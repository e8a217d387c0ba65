package io.gristmill.curation.decontamination;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.dedup.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupTest {
  private static final long SEED = Long.getLong("tests.seed", 20260501L);

  /**
   * The seeds of an item lose none of its places: the same as looking everywhere for every item.
   */
  @Test
  void seedsFindWhateverLookingEverywhereFinds() {
    var random = new SplittableRandom(SEED);
    int found = 0;
    for (int round = 0; round < 300; round++) {
      var config =
          new DecontaminationConfig(
              List.of(EvaluationConfig.of("exam.jsonl")), 4, 2, 0.5 + 0.1 * random.nextInt(6), 6);
      boolean chinese = random.nextBoolean();
      List<EvaluationItem> items =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      Items.item(
                          text(random, 3 + random.nextInt(12), chinese),
                          List.of(),
                          text(random, 1 + random.nextInt(3), chinese)))
              .toList();
      ItemIndex index = Items.index(config, items);
      Tokens tokens = Tokens.of(text(random, random.nextInt(400), chinese));
      Map<Integer, Double> actual =
          new Lookup(index)
              .matches(tokens).stream()
                  .collect(Collectors.toMap(Match::item, Match::score, (a, b) -> a, TreeMap::new));
      assertThat(actual).as("seed=%d round=%d", SEED, round).isEqualTo(everywhere(index, tokens));
      found += actual.size();
    }
    assertThat(found).as("the property must have something to say").isGreaterThan(100);
  }

  @Test
  void aQuestionThatIsRepeatedIsFoundWhereItsAnswerIs() {
    EvaluationItem item = Items.item("which river drives the old mill here", List.of(), "alder");
    String question = item.question() + " ";
    String document = question + "x ".repeat(5) + question + "x ".repeat(60) + question + "alder";
    assertThat(Items.screen(List.of(item), document))
        .singleElement()
        .satisfies(hit -> assertThat(hit.start()).isEqualTo(document.lastIndexOf(item.question())));
  }

  @Test
  void evidenceIsTheSameAfterItsWay() {
    var reader =
        new EvidenceReader(
            DecontaminationConfig.none(),
            new CommonGrams.Counting(NGrams.of(DecontaminationConfig.none())).counted());
    var written = IntStream.builder();
    written.add(7);
    var evidence =
        (Evidence)
            reader.of(
                Items.item(
                    "which river drives the old mill here",
                    List.of("the Alder", "the Birch and the Elm and the Ash and the Oak"),
                    "the Alder"));
    EvidenceWords.write(evidence, written::add);
    assertThat(EvidenceWords.read(written.build().toArray(), 1))
        .usingRecursiveComparison()
        .isEqualTo(evidence);
  }

  private static Map<Integer, Double> everywhere(ItemIndex index, Tokens tokens) {
    NGrams ngrams = NGrams.of(index.config());
    int[] grams = new int[tokens.count()];
    int count = ngrams.each(tokens, (start, gram) -> grams[start] = NGrams.fingerprint(gram));
    var verification = new Verification(tokens, grams, count, ngrams, index.config().overlap());
    Map<Integer, Double> found = new TreeMap<>();
    for (int item = 0; item < index.items(); item++) {
      Optional<Match> match = verification.match(item, index.evidence(item), 0, count);
      if (match.isPresent()) {
        found.put(item, match.get().score());
      }
    }
    return found;
  }

  /** Of so few different words that texts share many n-grams. */
  private static String text(SplittableRandom random, int tokens, boolean chinese) {
    return IntStream.range(0, tokens)
        .mapToObj(
            i ->
                chinese
                    ? Character.toString("磨坊河水".charAt(random.nextInt(4)))
                    : "word" + random.nextInt(3))
        .collect(Collectors.joining(chinese ? "" : " "));
  }
}
