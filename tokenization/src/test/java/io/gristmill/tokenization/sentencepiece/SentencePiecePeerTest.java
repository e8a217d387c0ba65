package io.gristmill.tokenization.sentencepiece;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gristmill.tokenization.RandomText;
import io.gristmill.tokenization.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SentencePiece gives the same ids. */
class SentencePiecePeerTest {
  private static final long SEED = Long.getLong("tests.seed", 1);
  private static final int TEXTS = Integer.getInteger("tests.texts", 300);
  private static final long BYTES_PER_FILE = Long.getLong("tests.bytes", 8_000);

  private static final byte[] NO_DUMMY_PREFIX = Models.normalizerSpec(Models.number(3, 0));
  private static final byte[] KEEP_SPACES = Models.normalizerSpec(Models.number(4, 0));
  private static final byte[] REMOVE_SPACES = Models.normalizerSpec(Models.number(4, 1));
  private static final byte[] NO_ESCAPE = Models.normalizerSpec(Models.number(5, 0));
  private static final byte[] SUFFIX = Models.trainerSpec(Models.number(24, 1));

  private static final String[] PARTS = {
    " ",
    "  ",
    "\t",
    "\u3000",
    "\u2581",
    "\u2581\u2581",
    "\u00AD",
    "\u2460",
    "A",
    "AB",
    "ABC",
    "\uFF21",
    "\uFF0C",
    "\uFF1F",
    "\uFB01",
    "\u1E9B\u0323",
    "\uAC01",
    "\u1112\u1161\u11AB",
    "\uFFFD",
    "<unk>",
    "<s>",
    "</s>",
    "<pad>",
    "<cls>",
    "<0x0A>",
    "<0xE7>",
    "\n",
    "<|user|>",
    "<|user",
    "<sep>",
    "mill",
    "miller",
    "the mill ",
    "磨坊主",
    "磨坊",
    "麥",
    "麦子",
    "三百年",
    "。",
    "\u200D",
    "\uFE0F",
    "1",
    "2023",
    "!",
    "ee",
    "eeeeeeee",
    "磨磨磨磨"
  };

  @BeforeAll
  static void keepItOffTheNetwork() {
    System.setProperty("OFFLINE", "true");
  }

  static Set<String> models() {
    return variants().keySet();
  }

  /** The models as they are, and with other settings: later fields win. */
  private static Map<String, byte[]> variants() {
    Map<String, byte[]> variants = new LinkedHashMap<>();
    for (String name : Models.NAMES) {
      byte[] model = Models.bytes(name);
      variants.put(name, model);
      variants.put(name + ", no dummy prefix", Models.with(model, NO_DUMMY_PREFIX));
      variants.put(name + ", spaces kept", Models.with(model, KEEP_SPACES));
      variants.put(name + ", spaces removed", Models.with(model, REMOVE_SPACES));
      variants.put(name + ", no escape", Models.with(model, NO_ESCAPE));
      variants.put(name + ", suffix", Models.with(model, SUFFIX));
      variants.put(
          name + ", spaces kept, no dummy prefix",
          Models.with(model, KEEP_SPACES, NO_DUMMY_PREFIX));
    }
    return variants;
  }

  @ParameterizedTest
  @MethodSource("models")
  void onRandomText(String name) {
    var random = new SplittableRandom(SEED);
    try (var peer = new Peer(variants().get(name))) {
      for (int i = 0; i < TEXTS; i++) {
        peer.assertAgreement(randomText(random), "seed=" + SEED);
      }
    }
  }

  private static String randomText(SplittableRandom random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(
          random.nextInt(3) == 0 ? RandomText.of(random, 4) : PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("models")
  void onTheTextThatTheModelsLearned(String name) throws IOException {
    try (var peer = new Peer(variants().get(name));
        InputStream in = getClass().getResourceAsStream("/sentencepiece/corpus.txt")) {
      String corpus = new String(in.readAllBytes(), UTF_8);
      peer.assertAgreement(corpus, name);
      corpus.lines().forEach(line -> peer.assertAgreement(line, name));
    }
  }

  /** Few characters, many pieces and few scores: ties, unused pieces, long stretches. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void onRandomModels(int modelType) {
    var random = new SplittableRandom(SEED);
    for (int model = 0; model < 60; model++) {
      try (var peer = new Peer(randomModel(random, modelType))) {
        for (int i = 0; i < 40; i++) {
          int length = random.nextInt(random.nextInt(4) == 0 ? 400 : 30);
          peer.assertAgreement(text(random, length), "seed=%d model=%d".formatted(SEED, model));
        }
      }
    }
  }

  private static byte[] randomModel(SplittableRandom random, int modelType) {
    List<byte[]> fields = new ArrayList<>();
    fields.add(Models.piece("<unk>", 0, 2));
    Set<String> texts = new LinkedHashSet<>();
    for (int n = 10 + random.nextInt(60); n > 0; n--) {
      texts.add(text(random, 1 + random.nextInt(5)).replace(' ', '\u2581'));
    }
    int most = random.nextBoolean() ? 3 : 1000;
    boolean special = random.nextBoolean();
    for (String text : texts) {
      int type = special && random.nextInt(4) == 0 ? 5 : special && random.nextInt(12) == 0 ? 4 : 1;
      fields.add(Models.piece(text, (random.nextInt(most) - most + random.nextInt(2)) / 7f, type));
    }
    fields.add(Models.piece("z", -1, 1)); // so that there is a normal piece
    fields.add(Models.trainerSpec(Models.number(3, modelType)));
    fields.add(Models.normalizerSpec(Models.number(4, random.nextInt(2))));
    return Models.with(new byte[0], fields.toArray(byte[][]::new));
  }

  private static String text(SplittableRandom random, int length) {
    String[] characters = {"a", "a", "b", "c", " ", "\u4E2D", "\uD840\uDC0B"};
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unigram-nmt-nfkc", "unigram-bytes", "bpe-bytes", "bpe-suffix"})
  @Tag("shared")
  void onRealText(String name) throws IOException {
    try (var peer = new Peer(Models.bytes(name))) {
      for (String file : SharedData.TEXT_FILES) {
        for (String text : SharedData.texts(file, BYTES_PER_FILE)) {
          peer.assertAgreement(text, file);
        }
      }
    }
  }
}
