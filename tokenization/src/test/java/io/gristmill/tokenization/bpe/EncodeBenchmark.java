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
import io.gristmill.tokenization.format.TokenizerJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;

/**
 * Megabytes of text encoded a second on one thread, beside jtokkit and Hugging Face tokenizers
 * (through DJL) on the same texts in the same run. The rounds of all are interleaved; a figure is
 * the median of its rounds, of the thread's CPU time, after rounds that are not counted.
 *
 * <p>Run: {@code scripts/benchmark tokenize --shared ../shared}
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
    int rounds = Integer.getInteger("rounds", 7);
    boolean peers = !Boolean.getBoolean("noPeers");
    List<Corpus> corpora =
        List.of(Corpus.of("en", ENGLISH, TEXT_BYTES), Corpus.of("zh", CHINESE, TEXT_BYTES));
    List<Corpus> small =
        List.of(Corpus.of("en", ENGLISH, SLOW_BYTES), Corpus.of("zh", CHINESE, SLOW_BYTES));
    BpeTokenizer cl100k = tiktoken("cl100k");
    BpeTokenizer o200k = tiktoken("o200k");
    BpeTokenizer own = own();
    List<Contender> contenders = new ArrayList<>();
    contenders.add(ours("cl100k", cl100k));
    contenders.add(ours("o200k", o200k));
    contenders.add(ours("own 32k", own));
    if (peers) {
      contenders.add(jtokkit(EncodingType.CL100K_BASE));
      contenders.add(jtokkit(EncodingType.O200K_BASE));
      contenders.add(djl("cl100k", cl100k));
      contenders.add(djl("own 32k", own));
    }
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
    Path kept = Path.of(System.getProperty("own", "/nowhere"));
    if (Files.exists(kept)) {
      return TokenizerJson.read(
          new org.apache.hadoop.fs.Path(kept.toUri()), new Configuration(false));
    }
    BpeTrainerConfig config = BpeTrainerConfig.defaults();
    var counts = new PieceCounts(config);
    for (String file : SharedData.TEXT_FILES) {
      SharedData.texts(file, 4_000_000).forEach(text -> counts.addText(text.getBytes(UTF_8)));
    }
    var trainer = new BpeTrainer(config);
    trainer.add(counts);
    BpeTokenizer own = trainer.train(MergeProgress.NONE).tokenizer();
    if (Files.isDirectory(kept.getParent())) {
      Files.writeString(kept, TokenizerJson.toJson(own));
    }
    return own;
  }

  private static BpeTokenizer tiktoken(String name) throws IOException {
    String resource = "/com/knuddels/jtokkit/" + name + "_base.tiktoken";
    List<byte[]> tokens = new ArrayList<>();
    var index = new java.util.HashMap<java.nio.ByteBuffer, Integer>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Encodings.class.getResourceAsStream(resource), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] token = Base64.getDecoder().decode(line.substring(0, line.indexOf(' ')));
        index.put(java.nio.ByteBuffer.wrap(token), tokens.size());
        tokens.add(token);
      }
    }
    int[] left = new int[0];
    int n = 0;
    int[] right = new int[0];
    int[] result = new int[0];
    for (int id = 0; id < tokens.size(); id++) {
      byte[] token = tokens.get(id);
      for (int i = 1; i < token.length; i++) {
        Integer l = index.get(java.nio.ByteBuffer.wrap(token, 0, i).slice());
        Integer r = index.get(java.nio.ByteBuffer.wrap(token, i, token.length - i).slice());
        if (l != null && r != null) {
          if (n == left.length) {
            left = Arrays.copyOf(left, 2 * n + 16);
            right = Arrays.copyOf(right, 2 * n + 16);
            result = Arrays.copyOf(result, 2 * n + 16);
          }
          left[n] = l;
          right[n] = r;
          result[n++] = id;
        }
      }
    }
    return new BpeTokenizer(
        io.gristmill.tokenization.pretoken.Pretokenizer.named(name),
        new io.gristmill.tokenization.vocabulary.Vocabulary(tokens, List.of()),
        new Merges(Arrays.copyOf(left, n), Arrays.copyOf(right, n), Arrays.copyOf(result, n)));
  }
}
