package io.gristmill.tokenization.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.gristmill.tokenization.Encoder;
import io.gristmill.tokenization.SharedData;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.format.RankEncoding;
import io.gristmill.tokenization.format.RankFile;
import io.gristmill.tokenization.format.TokenizerJson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Megabytes of text encoded a second on one thread, beside jtokkit and Hugging Face tokenizers
 * (through DJL) on the same texts in the same run. The rounds of all are interleaved; a figure is
 * the median of its rounds, of the thread's CPU time, after rounds that are not counted.
 *
 * <p>Run: {@code scripts/benchmark tokenize ../shared}
 */
public final class EncodeBenchmark {
  private static final List<String> ENGLISH =
      List.of("docs-web.en", "tech-articles.en", "docs-tidb.en", "docs-paddle.en", "standards.en");
  private static final List<String> CHINESE =
      List.of("docs-tidb.zh", "tech-articles.zh", "tutorial.zh", "docs-web.zh");
  private static final int TEXT_BYTES = 10_000_000;
  private static final int SLOW_BYTES = 1_000_000;

  private EncodeBenchmark() {}

  /** Texts of one language as bytes and as strings. */
  private record Corpus(String language, List<byte[]> utf8, List<String> texts, long bytes) {
    static Corpus of(String language, List<String> files, int most) throws IOException {
      List<String> texts = new ArrayList<>();
      for (String file : files) {
        texts.addAll(SharedData.texts(file, most / files.size()));
      }
      List<byte[]> utf8 = texts.stream().map(text -> text.getBytes(UTF_8)).toList();
      return new Corpus(
          language, utf8, texts, utf8.stream().mapToLong(bytes -> bytes.length).sum());
    }
  }

  /** What is measured: how many tokens it makes of a corpus. */
  private record Contender(String name, ToLongFunction<Corpus> tokens, boolean slow) {}

  private static Contender ours(String name, Tokenizer tokenizer) {
    Encoder encoder = tokenizer.encoder();
    var ids = new Tokens();
    return new Contender(
        "gristmill " + name,
        corpus -> {
          long tokens = 0;
          for (byte[] text : corpus.utf8()) {
            ids.clear();
            encoder.encode(text, 0, text.length, ids);
            tokens += ids.size();
          }
          return tokens;
        },
        false);
  }

  private static Contender jtokkit(EncodingType type) {
    Encoding encoding = Encodings.newDefaultEncodingRegistry().getEncoding(type);
    return new Contender(
        "jtokkit " + type.getName(),
        corpus ->
            corpus.texts().stream().mapToLong(text -> encoding.encodeOrdinary(text).size()).sum(),
        false);
  }

  private static Contender djl(String name, BpeTokenizer tokenizer) throws IOException {
    System.setProperty("OFFLINE", "true");
    Path file = Files.createTempFile("tokenizer", ".json");
    Files.writeString(file, TokenizerJson.toJson(tokenizer));
    HuggingFaceTokenizer theirs =
        HuggingFaceTokenizer.newInstance(
            file, Map.of("addSpecialTokens", "false", "truncation", "false"));
    return new Contender(
        "Hugging Face " + name,
        corpus ->
            corpus.texts().stream()
                .mapToLong(text -> theirs.encode(text, false, false).getIds().length)
                .sum(),
        true);
  }

  public static void main(String[] arguments) throws IOException {
    int rounds = 7;
    List<Corpus> corpora =
        List.of(Corpus.of("en", ENGLISH, TEXT_BYTES), Corpus.of("zh", CHINESE, TEXT_BYTES));
    List<Corpus> small =
        List.of(Corpus.of("en", ENGLISH, SLOW_BYTES), Corpus.of("zh", CHINESE, SLOW_BYTES));
    BpeTokenizer cl100k = tiktoken("cl100k_base");
    BpeTokenizer o200k = tiktoken("o200k_base");
    BpeTokenizer own = own();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(ours("cl100k", cl100k));
    contenders.add(ours("o200k", o200k));
    contenders.add(ours("own 32k", own));
    contenders.add(jtokkit(EncodingType.CL100K_BASE));
    contenders.add(jtokkit(EncodingType.O200K_BASE));
    contenders.add(djl("cl100k", cl100k));
    contenders.add(djl("own 32k", own));
    System.out.printf("%-24s %-4s %10s %10s%n", "encoder", "text", "MB/s", "B/token");
    double[][][] rates = new double[contenders.size()][2][rounds];
    long[][] tokens = new long[contenders.size()][2];
    var threads = ManagementFactory.getThreadMXBean();
    for (int round = -2; round < rounds; round++) {
      for (int c = 0; c < contenders.size(); c++) {
        for (int l = 0; l < 2; l++) {
          Contender contender = contenders.get(c);
          Corpus corpus = (contender.slow() ? small : corpora).get(l);
          long begin = threads.getCurrentThreadCpuTime();
          tokens[c][l] = contender.tokens().applyAsLong(corpus);
          long nanos = threads.getCurrentThreadCpuTime() - begin;
          if (round >= 0) {
            rates[c][l][round] = 1e3 * corpus.bytes() / nanos;
          }
        }
      }
    }
    for (int c = 0; c < contenders.size(); c++) {
      for (int l = 0; l < 2; l++) {
        Corpus corpus = (contenders.get(c).slow() ? small : corpora).get(l);
        Arrays.sort(rates[c][l]);
        System.out.printf(
            Locale.ROOT,
            "%-24s %-4s %10.1f %10.3f%n",
            contenders.get(c).name(),
            corpus.language(),
            rates[c][l][rounds / 2],
            (double) corpus.bytes() / tokens[c][l]);
      }
    }
  }

  /** 32,768 tokens of the default settings, trained on texts of both languages. */
  private static BpeTokenizer own() throws IOException {
    BpeTrainerConfig config = BpeTrainerConfig.defaults();
    var counts = new PieceCounts(config);
    for (String file : SharedData.TEXT_FILES) {
      SharedData.texts(file, 4_000_000).forEach(text -> counts.addText(text.getBytes(UTF_8)));
    }
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    return trainer.train(MergeProgress.NONE).tokenizer();
  }

  private static BpeTokenizer tiktoken(String name) throws IOException {
    String file = name + ".tiktoken";
    try (var in = Encodings.class.getResourceAsStream("/com/knuddels/jtokkit/" + file)) {
      return RankFile.parse(new String(in.readAllBytes(), UTF_8), file, RankEncoding.named(name));
    }
  }
}
