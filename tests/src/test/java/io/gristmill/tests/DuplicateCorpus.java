package io.gristmill.tests;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * JSON lines in English and Chinese, of random words, so that documents are alike only where that
 * was planted. A quarter of the families are a single document, a quarter has exact copies, a
 * quarter near copies, and a quarter is a chain, in which each document is like the one before it
 * and the last is unlike the first.
 */
final class DuplicateCorpus {
  /** In one language, of each kind. */
  static final int FAMILIES = 16;

  static final int COPIES = 2;
  static final int CHAIN = 10;
  static final int DOCUMENTS = 2 * FAMILIES * (1 + 2 * (1 + COPIES) + CHAIN);

  private static final int FILES = 9;
  private static final int SENTENCES = 24;
  private static final int WORDS_IN_SENTENCE = 12;

  /** Sources of less than 4 MiB are one task; with this, which is not text, they are three. */
  private static final int MARKUP_CHARACTERS = 20_000;

  private static final List<String> ENGLISH =
      List.of(
          ("the old miller and his brother carried heavy sacks of winter wheat from a wooden house"
                  + " to the river before it began to rain while every child in that village was"
                  + " waiting for bread which had been made by people who knew how water turns great"
                  + " stones after so many years they could still hear wind over green fields")
              .split(" "));
  private static final List<String> CHINESE =
      List.of(
          ("磨坊 弟弟 农夫 村里 山谷 孩子 主人 下雨 之前 石磨 转动 时候 面包 太晚 集市 散去 以后 人们 搬运 沉重 麻袋 修理 木头 水轮 静静 听着"
                  + " 河水 声音 冬天 小麦 磨成 面粉 铜钱 数了 两遍 等待 清晨 到来 风车 说话 学习 国家 经济 发展 问题 认为 这个 时间")
              .split(" "));

  private DuplicateCorpus() {}

  /** Writes {@code lines-<n>.jsonl}; the documents of a family lie in different files. */
  static void write(Path folder) throws IOException {
    List<String> texts = new ArrayList<>(DOCUMENTS);
    var random = new SplittableRandom(20260501);
    for (int family = 0; family < FAMILIES; family++) {
      texts.addAll(families(ENGLISH, " ", ". ", random));
      texts.addAll(families(CHINESE, "", "。", random));
    }
    String markup = "<p>".repeat(MARKUP_CHARACTERS / 3);
    for (int file = 0; file < FILES; file++) {
      try (BufferedWriter out =
          Files.newBufferedWriter(folder.resolve("lines-%d.jsonl".formatted(file)))) {
        for (int i = file; i < texts.size(); i += FILES) {
          out.write(
              "{\"url\": \"https://mill.example/%d\", \"markup\": \"%s\", \"text\": \"%s\"}\n"
                  .formatted(i, markup, texts.get(i)));
        }
      }
    }
  }

  /** A family of each kind. */
  private static List<String> families(
      List<String> words, String space, String stop, SplittableRandom random) {
    var language = new Language(words, space, stop, random);
    List<String> texts = new ArrayList<>();
    texts.add(String.join("", language.document()));
    String copied = String.join("", language.document());
    for (int i = 0; i <= COPIES; i++) {
      texts.add(copied);
    }
    List<String> near = language.document();
    for (int i = 0; i <= COPIES; i++) {
      List<String> changed = new ArrayList<>(near);
      changed.set(i, language.sentence());
      texts.add(String.join("", changed));
    }
    List<String> link = language.document();
    for (int i = 0; i < CHAIN; i++) {
      link.set(2 * i, language.sentence());
      link.set(2 * i + 1, language.sentence());
      texts.add(String.join("", link));
    }
    return texts;
  }

  private record Language(List<String> words, String space, String stop, SplittableRandom random) {
    List<String> document() {
      List<String> sentences = new ArrayList<>(SENTENCES);
      for (int i = 0; i < SENTENCES; i++) {
        sentences.add(sentence());
      }
      return sentences;
    }

    String sentence() {
      List<String> sentence = new ArrayList<>(WORDS_IN_SENTENCE);
      for (int i = 0; i < WORDS_IN_SENTENCE; i++) {
        sentence.add(words.get(random.nextInt(words.size())));
      }
      return String.join(space, sentence) + stop;
    }
  }
}
