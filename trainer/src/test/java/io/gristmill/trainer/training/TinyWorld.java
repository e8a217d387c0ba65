package io.gristmill.trainer.training;

import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixtureJson;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.bpe.BpeTokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardFileWriter;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.schedule.Decay;
import io.gristmill.trainer.vocabulary.ExtendedTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A run small enough for a test: a byte tokenizer, two languages of made-up text, a mixture. */
public final class TinyWorld {
  public static final Configuration CONFIGURATION = new Configuration();
  static final int SEQUENCE_LENGTH = 32;

  /** The id of a document that is like no other: random tokens, for a spike of the loss. */
  static final String NOISE = "noise";

  private static final int NOISE_TOKENS = 320;
  private static final String[] ENGLISH = {"the ", "mill ", "grinds ", "grain ", "slowly ", "and "};
  private static final String[] CHINESE = {"磨坊", "慢慢", "地", "磨", "谷物", "，"};

  private final Path folder;

  private TinyWorld(Path folder) {
    this.folder = folder;
  }

  /** Writes tokenizer, shards and mixture under {@code folder}. */
  public static TinyWorld write(Path folder) throws IOException {
    return write(folder, tokenizer());
  }

  /** The same texts by another tokenizer. */
  public static TinyWorld write(Path folder, BpeTokenizer tokenizer) throws IOException {
    return write(folder, tokenizer, new Noise(0, 0));
  }

  /** The same texts with documents of noise among the English ones. */
  static TinyWorld writeWithNoise(Path folder) throws IOException {
    return write(folder, tokenizer(), new Noise(60, NOISE_TOKENS));
  }

  /** Random tokens after so many documents. */
  private record Noise(int after, int tokens) {}

  private static TinyWorld write(Path folder, BpeTokenizer tokenizer, Noise noise)
      throws IOException {
    Noise none = new Noise(0, 0);
    TokenizerFiles.write(tokenizer, path(folder.resolve("tokenizer")), CONFIGURATION);
    List<ShardGroup> groups =
        List.of(
            group(folder, tokenizer, Split.TRAIN, "en", ENGLISH, 120, noise),
            group(folder, tokenizer, Split.TRAIN, "zh-Hans", CHINESE, 120, none),
            group(folder, tokenizer, Split.VALIDATION, "en", ENGLISH, 9, none),
            group(folder, tokenizer, Split.VALIDATION, "zh-Hans", CHINESE, 9, none));
    var mixture =
        new MixtureConfig(
            List.of(new Weight("*", "en", 0.5), new Weight("*", "zh*", 0.5)),
            SEQUENCE_LENGTH,
            0,
            4,
            WhenCapped.SHRINK,
            3);
    return publish(folder, tokenizer, groups, mixture);
  }

  /** The groups as published shards, and their mixture. */
  static TinyWorld publish(
      Path folder, BpeTokenizer tokenizer, List<ShardGroup> groups, MixtureConfig mixture)
      throws IOException {
    ShardIndex index =
        new ShardIndex(
            tokenizer.sha256(),
            tokenizer.vocabularySize(),
            TokenWidth.U16,
            7,
            tokenizer.endOfText(),
            new Holdout(7, 0.1),
            groups);
    Shards.publish(path(folder.resolve("shards")), index, CONFIGURATION);
    MixtureJson.write(
        MixturePlanner.plan(mixture, index), path(folder.resolve("mixture.json")), CONFIGURATION);
    return new TinyWorld(folder);
  }

  /** Four steps of eight sequences in eight slots, with a validation and a checkpoint at step 2. */
  public static TrainerConfig trainer() {
    return trainer(4, 0.5);
  }

  public static TrainerConfig trainer(long steps, double clip) {
    return new TrainerConfig(steps, 8, 1, 8, clip, 2, 0, 2, 10, 1);
  }

  public static ModelConfig model() {
    // 2 layers, about 290,000 parameters: five blocks, so that four workers own some each.
    return new ModelConfig(257, 128, 2, 4, 2, 32, 352, SEQUENCE_LENGTH, 10_000, 1e-5, true);
  }

  public TrainingRun run(String output) {
    return run(output, trainer());
  }

  public TrainingRun run(String output, TrainerConfig trainer) {
    return run(output, trainer, model(), InitialModel.random(), 3e-3);
  }

  TrainingRun run(
      String output, TrainerConfig trainer, ModelConfig model, InitialModel initial, double peak) {
    return new TrainingRun(
        model,
        initial,
        trainer,
        AdamWConfig.defaults(),
        new ScheduleConfig(ScheduleConfig.Kind.WSD, peak, 2, 0.5, Decay.LINEAR, 0.1, 4, -0.51),
        folder.resolve("shards").toString(),
        folder.resolve("mixture.json").toString(),
        folder.resolve("tokenizer").toString(),
        folder.resolve(output).toString());
  }

  public Path folder(String output) {
    return folder.resolve(output);
  }

  /** Writes the tokenizer alone. */
  public static void writeTokenizer(Path folder) throws IOException {
    TokenizerFiles.write(tokenizer(), path(folder), CONFIGURATION);
  }

  /** One token a byte, and the end of text. */
  static BpeTokenizer tokenizer() {
    return ExtendedTokenizer.old();
  }

  private static ShardGroup group(
      Path folder,
      Tokenizer tokenizer,
      Split split,
      String language,
      String[] words,
      int documents,
      Noise noise)
      throws IOException {
    var random = new SplittableRandom(language.hashCode() + 31L * split.key().length());
    List<String> texts = new ArrayList<>();
    for (int d = 0; d < documents; d++) {
      StringBuilder text = new StringBuilder();
      int length = 5 + random.nextInt(20);
      for (int w = 0; w < length; w++) {
        text.append(words[random.nextInt(words.length)]);
      }
      texts.add(text.toString());
    }
    return group(folder, tokenizer, split, language, texts, noise);
  }

  /** Writes documents as the only file of a group. */
  static ShardGroup group(
      Path folder, Tokenizer tokenizer, Split split, String language, List<String> documents)
      throws IOException {
    return group(folder, tokenizer, split, language, documents, new Noise(0, 0));
  }

  private static ShardGroup group(
      Path folder,
      Tokenizer tokenizer,
      Split split,
      String language,
      List<String> documents,
      Noise noise)
      throws IOException {
    String name = ShardGroup.folder(split, "mill", language) + "/part-00000.parquet";
    long tokens = 0;
    long bytes = 0;
    long written = documents.size();
    try (ShardFileWriter writer =
        new ShardFileWriter(
            path(folder.resolve("shards")), name, "0", TokenWidth.U16, 1024, CONFIGURATION)) {
      for (int d = 0; d < documents.size(); d++) {
        String text = documents.get(d);
        int[] encoded = tokenizer.encoder().encode(text);
        int[] ended = Arrays.copyOf(encoded, encoded.length + 1);
        ended[encoded.length] = tokenizer.endOfText();
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        writer.write(language + d, language + d, TokenWidth.U16.pack(ended), size);
        tokens += ended.length;
        bytes += size;
        if (noise.tokens() > 0 && d + 1 == noise.after()) {
          int[] noisy = new SplittableRandom(1).ints(noise.tokens(), 1, 257).toArray();
          noisy[noise.tokens() - 1] = tokenizer.endOfText();
          writer.write(NOISE, NOISE, TokenWidth.U16.pack(noisy), noise.tokens() - 1);
          tokens += noise.tokens();
          bytes += noise.tokens() - 1;
          written++;
        }
      }
      return new ShardGroup(
          split, "mill", language, written, tokens, bytes, List.of(writer.finish()));
    }
  }

  /** SHA-256 of every file under {@code folder} whose path holds {@code step-}. */
  public static SortedMap<String, String> hashes(Path folder) throws Exception {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().contains("step-")) {
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          hashes.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
        }
      }
    }
    return hashes;
  }

  static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
