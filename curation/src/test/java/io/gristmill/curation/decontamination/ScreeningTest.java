package io.gristmill.curation.decontamination;

import static io.gristmill.curation.decontamination.Items.checkability;
import static io.gristmill.curation.decontamination.Items.item;
import static io.gristmill.curation.decontamination.Items.screen;
import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.decontamination.Checkability.Unchecked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreeningTest {
  private static final EvaluationItem MILL =
      item("磨坊主在2024年的秋天一共磨了多少袋小麦？", List.of("三百六十袋", "四百二十袋", "五百一十袋", "六百零八袋"), "四百二十袋");
  private static final EvaluationItem RIVER =
      item("Which river drives the old mill below the village?", List.of(), "the Alder");

  @Test
  void aQuestionWithItsAnswerIsFoundInsideALongPage() {
    String before = "村里的孩子们在旁边看着他工作。".repeat(40);
    String page = before + "练习题：磨坊主在2024年的秋天一共磨了多少袋小麦？答案：四百二十袋。" + "河水很静。".repeat(200);
    assertThat(screen(List.of(RIVER, MILL), page))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.item()).isEqualTo("exam.jsonl:2");
              assertThat(hit.evaluation()).isEqualTo("exam");
              assertThat(hit.score()).isEqualTo(1);
              assertThat(hit.threshold()).isEqualTo(0.7);
              assertThat(hit.passage()).isEqualTo("磨坊主在2024年的秋天一共磨了多少袋小麦");
              assertThat(hit.start()).isEqualTo(before.length() + 4);
              assertThat(hit.end()).isEqualTo(hit.start() + hit.passage().length());
              assertThat(hit.itemText()).contains("- 六百零八袋").endsWith("= 四百二十袋");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "磨坊主在２０２４年的秋天一共磨了多少袋小麦？（答：四百二十袋）", // full-width digits
        "磨坊主在2024年的秋天一共磨了多少袋小麥？答案是：四百二十袋", // a traditional character
        "磨坊主在2024年的秋天、一共磨了多少袋小麦\n\n答案 四百二十袋", // other punctuation
        "四百二十袋。磨坊主在2024年的秋天一共磨了多少袋小麦", // the answer first
        "磨坊主在2024年的秋天一共磨了多少袋小麦 A.六百零八袋 B.三百六十袋 C.五百一十袋" // options, no answer
      })
  void otherWritingsOfAnItemAreFound(String document) {
    assertThat(screen(List.of(MILL), document)).hasSize(1);
  }

  /** A task screens all its documents in the same buffers. */
  @Test
  void whatADocumentHoldsDoesNotDependOnThoseBeforeIt() {
    ItemIndex index = Items.index(DecontaminationConfig.none(), List.of(RIVER, MILL));
    String river = "Which river drives the old mill below the village? The Alder.";
    String mill = "磨坊主在２０２４年的秋天一共磨了多少袋小麥？答案：四百二十袋";
    var one = new Screening(index);
    List<String> documents =
        List.of("word ".repeat(3_000) + mill + river, river, "", mill, "rain", river + mill);
    for (String document : documents) {
      assertThat(one.screen("id", 0, 0, document))
          .isEqualTo(new Screening(index).screen("id", 0, 0, document));
    }
    assertThat(documents)
        .extracting(document -> one.screen("id", 0, 0, document).size())
        .containsExactly(2, 1, 0, 1, 0, 2);
  }

  @Test
  void aTraditionalCopyOfASimplifiedItemIsFound() {
    var simplified = item("台湾的钱币博物馆里陈列着多少种旧时的铜钱", List.of(), "两千余种");
    assertThat(screen(List.of(simplified), "臺灣的錢幣博物館裡陳列著多少種舊時的銅錢？答：兩千餘種"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.passage()).startsWith("臺灣的錢幣"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "磨坊主在2024年的秋天一共磨了多少袋小麦？没有人知道，因为账本在冬天被河水冲走了。", // the question alone
        "这一年他卖出了四百二十袋，第二年是六百零八袋。", // answers alone
        "磨坊主在1998年的春天一共卖了多少袋面粉？答案：四百二十袋。" // another question
      })
  void whatIsNotTheItemStays(String document) {
    assertThat(screen(List.of(MILL), document)).isEmpty();
  }

  @Test
  void anAnswerFarAwayIsNotTheAnswer() {
    String far = "Which river drives the old mill below the village? " + "word ".repeat(80);
    assertThat(screen(List.of(RIVER), far + "the Alder")).isEmpty();
    assertThat(
            screen(
                List.of(RIVER),
                far + "Which river drives the old mill below the village?" + " The Alder."))
        .hasSize(1);
  }

  @Test
  void aLongQuestionNeedsNoAnswer() {
    var story =
        item(
            "A miller fills nine sacks an hour until noon and seven sacks an hour after noon, and"
                + " rests for one hour; how many sacks does he fill between six and six?",
            List.of(),
            "95");
    assertThat(screen(List.of(story), "Homework: " + story.question() + " Show your work."))
        .singleElement()
        .satisfies(hit -> assertThat(hit.score()).isEqualTo(1));
  }

  @Test
  void aChangedWordLeavesEnoughOfALongQuestion() {
    String question =
        IntStream.range(0, 30).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    var item = item(question, List.of());
    // 26 five-word n-grams, of which a changed word in the middle takes 5
    assertThat(screen(List.of(item), question.replace("word15", "other")))
        .singleElement()
        .satisfies(hit -> assertThat(hit.score()).isEqualTo(21 / 26.0));
    assertThat(screen(List.of(item), question.replace("word15", "other").replace("word8", "other")))
        .isEmpty();
  }

  @Test
  void optionsIdentifyAQuestionThatIsAFormula() {
    List<String> options =
        List.of(
            "风车在无风的日子里由两匹马拉动石磨", "水车的轮叶在枯水期每年都要更换一次", "磨盘上的沟槽必须由石匠在冬天重新凿开", "面粉在装袋以前要经过三层细密的绢筛");
    var item = item("下列说法正确的是", options, options.get(2));
    List<String> shuffled = new ArrayList<>(options);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(screen(List.of(item), "12．下列说法正确的是（ ）\n" + String.join("；\n", shuffled))).hasSize(1);
    assertThat(screen(List.of(item), "书中写道：" + String.join("，", options))).isEmpty();
    assertThat(screen(List.of(item), "下列说法正确的是（ ）A．" + options.getFirst())).isEmpty();
  }

  @Test
  void whatCannotBeCheckedIsToldWhy() {
    assertThat(checkability(item("What is it?", List.of(), "a mill")))
        .isEqualTo(Unchecked.TOO_SHORT);
    assertThat(checkability(item("", List.of(), "a mill"))).isEqualTo(Unchecked.TOO_SHORT);
    assertThat(checkability(item("下列说法正确的是", List.of("对", "错"), "对")))
        .isEqualTo(Unchecked.TOO_SHORT);
    assertThat(checkability(item(RIVER.question(), List.of()))).isEqualTo(Unchecked.NO_ANSWER);
    assertThat(checkability(item(RIVER.question(), List.of(), "+"))).isEqualTo(Unchecked.NO_ANSWER);
    assertThat(checkability(RIVER)).isInstanceOf(Evidence.class);
  }

  @Test
  void oneCharacterIsNoAnswer() {
    var question = "磨坊的水轮在冬天结冰以后还能转动吗";
    assertThat(checkability(item(question, List.of(), "是"))).isEqualTo(Unchecked.NO_ANSWER);
    assertThat(screen(List.of(item(question, List.of(), "是的")), question + "？是。")).isEmpty();
    assertThat(screen(List.of(item(question, List.of(), "是的")), question + "？是的。")).hasSize(1);
  }

  @Test
  void phrasesOfTheTradeAreNoEvidence() {
    List<EvaluationItem> items =
        new ArrayList<>(
            IntStream.rangeClosed(0, CommonGrams.MOST_QUESTIONS)
                .mapToObj(
                    i ->
                        item(
                            "Which of the following statements is true of mill " + i,
                            List.of(),
                            "It grinds"))
                .toList());
    items.add(item("Which of the following statements is true of", List.of(), "It grinds"));
    var common = new CommonGrams.Counting(NGrams.of(DecontaminationConfig.none()));
    items.forEach(common::add);
    var reader = new EvidenceReader(DecontaminationConfig.none(), common.counted());
    assertThat(reader.of(items.getLast())).isEqualTo(Unchecked.FORMULAIC);
    assertThat(screen(items, "Which of the following statements is true of bread? It grinds."))
        .isEmpty();
  }

  @Test
  void aDocumentListsItsBestItemsFirstAndCountsThemAll() {
    List<EvaluationItem> items =
        IntStream.range(0, Screening.MOST_ROWS + 20)
            .mapToObj(
                i ->
                    item(
                        "How many sacks of wheat does miller number %d grind".formatted(i),
                        List.of(),
                        "x" + i))
            .toList();
    String copy =
        items.stream()
            .map(item -> item.question() + "? " + item.answers().getFirst())
            .collect(Collectors.joining(". "));
    List<Contamination> hits = screen(items, copy);
    assertThat(hits).hasSize(Screening.MOST_ROWS);
    assertThat(hits).allSatisfy(hit -> assertThat(hit.items()).isEqualTo(items.size()));
    assertThat(hits).extracting(Contamination::rank).isSorted().startsWith(1, 2);
    assertThat(hits.getFirst().item()).isEqualTo("exam.jsonl:1");
  }

  @Test
  void longTextsAreShownToABound() {
    String question =
        IntStream.range(0, 900).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    assertThat(screen(List.of(item(question, List.of())), "Page. " + question + " End."))
        .singleElement()
        .satisfies(
            hit -> {
              assertThat(hit.passage()).hasSize(500).startsWith("w0 w1");
              assertThat(hit.itemText()).hasSize(500);
              assertThat(hit.end() - hit.start()).isEqualTo(question.length());
            });
  }
}
