package io.gristmill.curation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class EditedAndListedTest {
  private static final String ENGLISH =
      "The miller carries every sack of grain up the narrow stairs before the wind turns.";
  private static final String CHINESE = "磨坊主人在傍晚之前把每一袋谷物搬上狭窄的楼梯，早餐是牛奶和乳制品。";

  @TempDir private Path folder;

  @Test
  void editsAndListsGoThroughSparkToTheVerdict(SparkSession spark) throws IOException {
    Files.writeString(folder.resolve("hosts.txt"), "# blocked\nbad.example\n");
    Files.writeString(folder.resolve("words.txt"), "奶\n毒品\n");
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            lines:
              rules:
                "*":
                  - {reason: notice, phrases: [all rights reserved, 版权所有], source: own}
            lists:
              - {name: blocked, kind: url, files: %1$s/hosts.txt}
              - {name: bad_words, kind: words, languages: zh, files: %1$s/words.txt}
            rules:
              "*":
                - {reason: blocked_host, signal: blocked, max: 0, source: own}
                - {reason: bad_words, signal: bad_words_share, max: 0.02, source: own}
                - {reason: words_lost, signal: word_removal_share, max: 0.5, source: own}
            """
                .formatted(folder));
    Path input = Files.createDirectories(folder.resolve("input"));
    Files.write(
        input.resolve("pages.jsonl"),
        List.of(
            page("1", "https://good.example/a", ENGLISH + "\\nAll rights reserved."),
            page("2", "https://www.bad.example/a", ENGLISH),
            page("3", "https://good.example/b", CHINESE + "\\n版权所有"),
            page("4", "https://good.example/c", "警方在码头查获毒品。"),
            page(
                "5", "", "A sack.\\nAll rights reserved, all of them, and then some more of them."),
            page("6", "", "All rights reserved.")));
    var source = new SourceConfig(input.toString(), "auto", "web", "article", "text", "id", "url");
    CurationConfig usual = CurationConfig.of(List.of(source));
    Profile profile = Profiles.read(own.toString(), Set.of(), new Configuration());
    List<SourceFile> files = Curation.inputs(usual, new Configuration());

    Dataset<Row> rows =
        Filtering.filtered(
                Judged.judged(
                    spark,
                    files,
                    usual,
                    profile,
                    Removals.none(),
                    spark.sparkContext().longAccumulator()),
                profile)
            .where("outcome <> 'read'");

    var byId =
        rows
            .select("url", "reason", "detail", "text", "removed", "scores", "source")
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("source"), row -> row));
    List<Row> inOrder =
        byId.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    assertThat(inOrder.stream().map(row -> row.<String>getAs("reason")).toList())
        .containsExactly(null, "blocked_host", null, "bad_words", "words_lost", "emptied");
    assertThat(inOrder.get(0).<String>getAs("text")).isEqualTo(ENGLISH);
    assertThat(inOrder.get(0).getJavaMap(4)).isEqualTo(Map.of("notice", 20));
    assertThat(inOrder.get(1).<String>getAs("detail")).isEqualTo("blocked: bad.example");
    assertThat(inOrder.get(2).<String>getAs("text")).isEqualTo(CHINESE);
    assertThat(inOrder.get(2).getJavaMap(5)).containsEntry("bad_words", 0.0);
    assertThat(inOrder.get(3).<String>getAs("detail")).isEqualTo("bad_words: 毒品");
  }

  private static String page(String id, String url, String text) {
    return "{\"id\": \"%s\", \"url\": \"%s\", \"text\": \"%s\"}".formatted(id, url, text);
  }
}
