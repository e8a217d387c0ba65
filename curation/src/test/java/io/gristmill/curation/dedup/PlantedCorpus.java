package io.gristmill.curation.dedup;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Bilingual documents with planted duplicates, for tests and benchmarks. Document n is a function
 * of the configuration and n alone, so any task makes any part, and what is a duplicate of what is
 * known without being stored. Holds buffers, so it is of one thread.
 */
final class PlantedCorpus {
  /** Similarity of {@link PlantedKind#BOILERPLATE} pairs. */
  static final double BOILERPLATE = 0.8;

  /** Similarity of the documents of a {@link PlantedKind#TEMPLATE}. */
  static final double TEMPLATE = 0.5;

  /** Similarity of each document of the {@link PlantedKind#CLUSTER} with the first. */
  static final double CLUSTER = 0.9;

  private static final int SITES = 64;
  private static final int OTHER_PUNCTUATION = 5;
  private static final long FIRST_FETCH = 1_767_225_600L; // 2026-01-01
  private static final int FETCH_SECONDS = 365 * 86_400;

  private final PlantedConfig config;
  private final MinHashConfig minhash;
  private final String bucketHeader;
  private final Permutation order;
  private final Map<PlantedKind, Places> placesOf = new EnumMap<>(PlantedKind.class);
  private final PlantedText text = new PlantedText();

  /**
   * @param bucketHeader of {@link BucketHeader}, which takes a second to find
   */
  PlantedCorpus(PlantedConfig config, MinHashConfig minhash, String bucketHeader) {
    this.config = config;
    this.minhash = minhash;
    this.bucketHeader = bucketHeader;
    this.order = new Permutation(config.documents(), config.seed());
    long start = 0;
    for (PlantedKind kind : PlantedKind.values()) {
      double share = config.shares().getOrDefault(kind, 0.0);
      long end =
          kind == PlantedKind.SINGLE
              ? config.documents()
              : start + kind.whole((long) (share * config.documents()));
      placesOf.put(kind, new Places(start, end));
      start = end;
    }
  }

  /**
   * Where a document belongs.
   *
   * @param family number among those of its kind; documents of different families are different
   * @param member number in its family; 0 is what the others were made from
   * @param similarity planted Jaccard similarity with member 0; 1 for itself
   */
  record Origin(PlantedKind kind, long family, long member, double similarity) {}

  /**
   * A document.
   *
   * @param id 32 hexadecimal digits, of which the last 16 are its number
   * @param fetchedSeconds since 1970
   */
  record Document(String id, String text, long fetchedSeconds) {}

  /** Where document {@code number} belongs. */
  Origin origin(long number) {
    long place = order.of(number);
    PlantedKind kind = PlantedKind.SINGLE;
    for (var places : placesOf.entrySet()) {
      if (places.getValue().hold(place)) {
        kind = places.getKey();
      }
    }
    long inKind = place - placesOf.get(kind).start();
    long family = inKind / kind.familySize();
    long member = inKind % kind.familySize();
    return new Origin(kind, family, member, member == 0 ? 1 : similarity(kind, family));
  }

  /** The number of a document: what {@link #origin} came from. */
  long number(PlantedKind kind, long family, long member) {
    return order.inverse(placesOf.get(kind).start() + family * kind.familySize() + member);
  }

  /** How many documents of a kind there are. */
  long documents(PlantedKind kind) {
    return placesOf.get(kind).end() - placesOf.get(kind).start();
  }

  /** The number in the id of a document. */
  static long number(String id) {
    return Long.parseUnsignedLong(id, 16, 32, 16);
  }

  /** Document {@code number}, from 0 to {@link PlantedConfig#documents} - 1. */
  Document document(long number) {
    var random = new SplittableRandom(key(number));
    return new Document(
        "%016x%016x".formatted(random.nextLong(), number),
        text(origin(number)),
        FIRST_FETCH + random.nextInt(FETCH_SECONDS));
  }

  private String text(Origin origin) {
    PlantedKind kind = origin.kind();
    var ofFamily = new SplittableRandom(key(kind.name().hashCode(), origin.family(), 0));
    PlantedVocabulary vocabulary = vocabulary(kind, ofFamily);
    int[] tokens = new int[tokens(kind, vocabulary, ofFamily)];
    fill(tokens, 0, tokens.length, ofFamily);
    int width = vocabulary.spaced() ? minhash.shingleWords() : minhash.shingleCharacters();
    int differing = differing(tokens.length - width + 1, similarity(kind, origin.family()));
    boolean copy = origin.member() > 0;
    var ofMember =
        new SplittableRandom(key(kind.name().hashCode(), origin.family(), origin.member()));
    switch (kind) {
      case NEAR, CLUSTER -> {
        if (copy) {
          edit(tokens, width, differing, vocabulary, ofMember);
        }
      }
      case BOILERPLATE -> {
        long site = (ofFamily.nextInt(SITES) + origin.member()) % SITES;
        fill(tokens, 0, differing, new SplittableRandom(key(vocabulary.spaced() ? 1 : 2, site)));
      }
      case TEMPLATE -> {
        if (copy) {
          fill(tokens, tokens.length - differing, tokens.length, ofMember);
        }
      }
      default -> {}
    }
    text.begin(kind == PlantedKind.BUCKET ? bucketHeader : "");
    boolean sameWords = kind == PlantedKind.NEAR && differing == 0;
    text.add(tokens, vocabulary, copy && sameWords ? OTHER_PUNCTUATION : 0);
    if (kind == PlantedKind.FULL_WIDTH && copy) {
      text.widen();
    }
    if (kind == PlantedKind.TRADITIONAL && copy) {
      text.makeTraditional();
    }
    return text.toString();
  }

  /** What the documents of a family have in common with its first one. */
  private double similarity(PlantedKind kind, long family) {
    return switch (kind) {
      case NEAR -> config.levels().get((int) (family % config.levels().size()));
      case BOILERPLATE -> BOILERPLATE;
      case TEMPLATE -> TEMPLATE;
      case CLUSTER -> CLUSTER;
      case EXACT, TRADITIONAL, FULL_WIDTH, BUCKET, SINGLE -> 1;
    };
  }

  private PlantedVocabulary vocabulary(PlantedKind kind, SplittableRandom random) {
    boolean english =
        switch (kind) {
          case TRADITIONAL -> false;
          case FULL_WIDTH -> true;
          default -> random.nextDouble() < config.english();
        };
    return english ? PlantedVocabulary.ENGLISH : PlantedVocabulary.HAN;
  }

  /** The length of the documents of a family; that of the cluster is not left to chance. */
  private int tokens(PlantedKind kind, PlantedVocabulary vocabulary, SplittableRandom random) {
    double mean = config.meanBytes();
    double drawn = mean * StrictMath.exp(config.spread() * (normal(random) - config.spread() / 2));
    double bytes =
        switch (kind) {
          case CLUSTER -> mean;
          case FULL_WIDTH -> drawn / 2; // three bytes a character in one of the two
          default -> drawn;
        };
    return (int) (Math.clamp(bytes, mean / 8, mean * 32) / vocabulary.bytesPerToken());
  }

  /** Box and Muller 1958; the strict functions give the same everywhere. */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** Of {@code shingles} on both sides, how many must differ for a similarity. */
  private static int differing(int shingles, double similarity) {
    return (int) Math.round(shingles * (1 - similarity) / (1 + similarity));
  }

  /**
   * Replaces stretches of the width of a shingle all over the text, and a rest at its end, so that
   * exactly {@code differing} shingles are others.
   */
  private static void edit(
      int[] tokens,
      int width,
      int differing,
      PlantedVocabulary vocabulary,
      SplittableRandom random) {
    int touched = 2 * width - 1; // shingles that overlap a stretch
    int stretches = differing / touched;
    int rest = differing % touched;
    int shingles = tokens.length - width + 1 - rest;
    for (int i = 0; i < stretches; i++) {
      int from = (int) ((long) shingles * i / stretches);
      int to = (int) ((long) shingles * (i + 1) / stretches);
      int start = from + width - 1 + random.nextInt(to - from - touched + 1);
      replace(tokens, start, start + width, vocabulary, random);
    }
    replace(tokens, tokens.length - rest, tokens.length, vocabulary, random);
  }

  private static void fill(int[] tokens, int from, int to, SplittableRandom random) {
    for (int i = from; i < to; i++) {
      tokens[i] = random.nextInt();
    }
  }

  /** As {@link #fill}, each with another word than before. */
  private static void replace(
      int[] tokens, int from, int to, PlantedVocabulary vocabulary, SplittableRandom random) {
    for (int i = from; i < to; i++) {
      int before = vocabulary.rank(tokens[i]);
      do {
        tokens[i] = random.nextInt();
      } while (vocabulary.rank(tokens[i]) == before);
    }
  }

  private long key(long... parts) {
    long key = config.seed();
    for (long part : parts) {
      key = new SplittableRandom(key ^ part).nextLong();
    }
    return key;
  }

  /** The places of a kind, end exclusive; {@link Permutation} turns numbers into places. */
  private record Places(long start, long end) {
    boolean hold(long place) {
      return start <= place && place < end;
    }
  }
}
