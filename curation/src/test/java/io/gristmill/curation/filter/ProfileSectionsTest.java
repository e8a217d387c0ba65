package io.gristmill.curation.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gristmill.curation.language.LanguageIdentifier;
import io.gristmill.curation.line.LineEditor;
import io.gristmill.curation.line.LineMeasure;
import io.gristmill.curation.line.LineRule;
import io.gristmill.curation.lists.ListConfig;
import io.gristmill.curation.lists.ListKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSectionsTest {
  @TempDir private Path folder;

  @Test
  void linesAndListsAreReadAndRulesMayNameTheirValues() throws IOException {
    Profile profile =
        read(
            """
            lines:
              citations: true
              most-blank-lines: 1
              rules:
                zh:
                  - {reason: notice, phrases: [版权所有, 隐私政策], place: start, most-words: 9, source: own}
                  - {reason: number, pattern: '^\\d+$', source: own}
                "*":
                  - {reason: short, measure: words, min: 2, source: RefinedWeb}
                  - {reason: more, phrases: read more, removes: phrase, source: own}
            lists:
              - {name: adult, kind: url, files: [/lists/a, /lists/b]}
              - {name: bad, kind: words, files: /lists/c, languages: [zh, yue]}
            rules:
              "*":
                - {reason: lost, signal: word_removal_share, max: 0.05, source: RefinedWeb}
                - {reason: notices, signal: removed_notice_share, max: 0.5, source: own}
                - {reason: adult, signal: adult, max: 0, source: own}
                - {reason: bad, signal: bad_share, max: 0.01, source: own}
            """);
    assertThat(profile.lines().citations()).isTrue();
    assertThat(profile.lines().links()).isFalse();
    assertThat(profile.lines().mostBlankLines()).isEqualTo(1);
    assertThat(profile.lines().rules().get("zh"))
        .containsExactly(
            new LineRule.Phrases(
                "notice",
                List.of("版权所有", "隐私政策"),
                LineRule.Place.START,
                9,
                LineRule.Removes.LINE,
                "own"),
            new LineRule.Pattern("number", "^\\d+$", "own"));
    assertThat(profile.lines().rules().get("*").getFirst())
        .isEqualTo(LineRule.Bound.atLeast(2, LineMeasure.WORDS, "short", "RefinedWeb"));
    assertThat(profile.lists())
        .containsExactly(
            new ListConfig("adult", ListKind.URL, List.of("/lists/a", "/lists/b"), List.of()),
            new ListConfig("bad", ListKind.WORDS, List.of("/lists/c"), List.of("zh", "yue")));
  }

  @Test
  void everyMistakeIsToldWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    lines:
                      most-blank-lines: -1
                      rules:
                        en:
                          - {reason: a, measure: length, min: 2, source: own}
                          - {reason: b, pattern: '(?=x)', source: own}
                          - {reason: c, phrases: [" "], source: own}
                          - {reason: d, measure: words, source: own}
                          - {reason: e, phrases: [x], place: middle, source: own}
                    lists:
                      - {name: words, kind: url, files: /lists/a}
                      - {name: adult, kind: domains, files: /lists/a}
                    rules:
                      en:
                        - {reason: lost, signal: removed_z_share, max: 0.05, source: own}
                    """))
        .hasMessageContaining("own.yaml:2")
        .hasMessageContaining("lines.most-blank-lines is -1, must be 0 or more; 1 is usual")
        .hasMessageContaining("own.yaml:5")
        .hasMessageContaining("measure is length, must be one of characters, words")
        .hasMessageContaining("own.yaml:6")
        .hasMessageContaining("which is no expression of RE2")
        .hasMessageContaining("phrases of line rule c must be one or more")
        .hasMessageContaining("min and max are both missing in line rule d")
        .hasMessageContaining("place is 'middle', must be one of anywhere, start, end, whole")
        .hasMessageContaining("name is words, which names a signal, a score or another list")
        .hasMessageContaining("kind is domains, must be one of url, url-words, url-parts, words")
        .hasMessageContaining("signal is removed_z_share");
  }

  @Test
  void ourOwnProfileTakesBoilerplateOutOfPagesInBothLanguages() {
    var editor = new LineEditor(Profiles.named("gristmill").lines());
    String chinese =
        """
        网站首页

        如何申请ICP备案？版权所有者应当在十日内提交全部材料。
        上一篇：春天来了
        下一篇：没有了
        分享到：微信 微博
        责任编辑：王小明
        阅读 3.2万
        Copyright © 2019 某某公司 版权所有 京ICP备12345678号-1
        """;
    assertThat(editor.edit(chinese, LanguageIdentifier.identify(chinese)).text())
        .isEqualTo("如何申请ICP备案？版权所有者应当在十日内提交全部材料。");
    String english =
        """
        Skip to content
        We use cookies to improve your experience. Accept cookies.
        The committee said that the site uses cookies and that all readers may share this.
        Share this:
        1.2K shares
        Read more
        © 2019 The Republic. All rights reserved.
        """;
    assertThat(editor.edit(english, LanguageIdentifier.identify(english)).text())
        .isEqualTo(
            "The committee said that the site uses cookies and that all readers may share this.");
  }

  @Test
  void examplesOfTheDocsAreRead() throws IOException {
    Path docs = Path.of(System.getProperty("tests.root"), "docs", "curation-lines.md");
    List<String> examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(docs))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).hasSize(2);
    assertThat(read(examples.get(0)).lines().rules()).containsOnlyKeys("en", "*");
    assertThat(read(examples.get(1)).lists()).hasSize(4);
  }

  private Profile read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), yaml);
    return Profiles.read(file.toString(), Set.of(), new Configuration());
  }
}
