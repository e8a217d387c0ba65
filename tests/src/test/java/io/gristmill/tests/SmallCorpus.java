package io.gristmill.tests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * A small bilingual crawl, made of sentences about mills and numbers that set them apart: pages in
 * two charsets, JSON lines and plain text, with exact copies, near copies, and a page in a third
 * language.
 */
final class SmallCorpus {
  private static final int DOCUMENTS = 48;
  private static final List<String> WHO =
      List.of(
          "The old miller",
          "Her brother",
          "A tired farmer",
          "The baker from the village",
          "Every child in the valley",
          "The new owner of the mill");
  private static final List<String> DID =
      List.of(
          "carried the heavy sacks",
          "repaired the wooden wheel",
          "listened to the river",
          "ground the winter wheat",
          "counted the coins twice",
          "waited for the morning");
  private static final List<String> WHEN =
      List.of(
          "before the rain came",
          "while the stones were turning",
          "because the bread was late",
          "after the market had closed",
          "as people had done for a hundred years");
  private static final List<String> CHINESE_WHO =
      List.of("老磨坊主", "他的弟弟", "疲倦的农夫", "村里的面包师", "山谷里的每个孩子", "磨坊的新主人");
  private static final List<String> CHINESE_WHEN =
      List.of("在下雨之前", "当石磨转动的时候", "因为面包来得太晚", "在集市散去以后", "像人们几百年来所做的那样");
  private static final List<String> CHINESE_DID =
      List.of("搬运沉重的麻袋", "修理木头做的水轮", "静静地听着河水的声音", "把冬天的小麦磨成面粉", "把铜钱数了两遍", "等待着清晨的到来");

  private SmallCorpus() {}

  /** Writes the crawl: {@code pages/*.html} and {@code lines.jsonl.gz}. */
  static void write(Path folder) throws IOException {
    var random = new SplittableRandom(20260501);
    Path pages = Files.createDirectories(folder.resolve("pages"));
    for (int i = 0; i < DOCUMENTS; i++) {
      page(pages.resolve("en-%02d.html".formatted(i)), english(random), "UTF-8");
      page(
          pages.resolve("zh-%02d.html".formatted(i)),
          chinese(random),
          i % 3 == 0 ? "GBK" : "UTF-8");
    }
    Files.copy(pages.resolve("zh-01.html"), pages.resolve("zh-copy.html"));
    Files.copy(pages.resolve("en-07.html"), pages.resolve("en-copy.html"));
    page(
        pages.resolve("fr.html"),
        "Le vieux meunier portait les sacs de farine avant la pluie. ".repeat(6),
        "UTF-8");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("lines.jsonl.gz")))) {
      for (int i = 0; i < DOCUMENTS; i++) {
        String text = i % 2 == 0 ? english(random) : chinese(random);
        String line =
            "{\"url\": \"https://mill.example/%d\", \"text\": \"%s\"}\n".formatted(i, text);
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
      out.write("this is not JSON\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The section of a run's configuration that reads it. */
  static String curation(Path corpus) {
    return """
        curate:
          sources:
            - {path: "%s/pages", format: html, domain: web, mode: full-text}
            - {path: "%s/lines.jsonl.gz", format: jsonl, domain: stories}
          languages: [en, zh-Hans]
          profile: none"""
        .formatted(corpus, corpus);
  }

  private static void page(Path file, String text, String charset) throws IOException {
    String html =
        "<html><head><meta charset=\"%s\"><title>Mill</title></head><body><nav><a href=\"/\">Home</a></nav><article><p>%s</p></article></body></html>"
            .formatted(charset, text);
    Files.write(file, html.getBytes(Charset.forName(charset)));
  }

  private static String english(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      text.append(any(WHO, random)).append(' ').append(any(DID, random)).append(' ');
      text.append(any(WHEN, random)).append(" in ").append(random.nextInt(1000, 2000)).append(". ");
    }
    return text.toString().strip();
  }

  private static String chinese(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      text.append(any(CHINESE_WHO, random)).append(any(CHINESE_WHEN, random)).append('，');
      text.append(any(CHINESE_DID, random)).append(random.nextInt(1000, 2000)).append("次。");
    }
    return text.toString();
  }

  private static String any(List<String> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }
}
