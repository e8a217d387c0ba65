package io.gristmill.curation.decontamination;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * The items of all evaluation sets, found by the n-grams of a document, in a few primitive arrays:
 * it is broadcast once. Only {@link Seeds} are looked up, and most n-grams of most documents end at
 * a bitmap that fits into a core's cache.
 */
final class ItemIndex implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BITS_PER_SLOT = 8;

  /** Code points of an item's text that are kept for the report. */
  static final int SHOWN = 500;

  private final DecontaminationConfig config;

  /** Evidence of item i: {@code words[places[i]]} on, see {@link EvidenceWords}. */
  private final int[] places;

  private final int[] words;

  /** Of item i: number of its set, and where its id and its text begin in {@code texts}. */
  private final int[] setOf;

  private final int[] idStarts;
  private final int[] textStarts;
  private final byte[] texts;

  /** Open addressing: a seed, and its first posting from 1; 0 is an empty slot. */
  private final int[] prints;

  private final int[] heads;
  private final long[] bitmap;

  /** Postings: an item, and the next posting of the same seed from 1. */
  private final int[] postingItems;

  private final int[] postingNext;

  private ItemIndex(Builder builder) {
    config = builder.config;
    places = builder.places.build().toArray();
    words = builder.words.build().toArray();
    setOf = builder.setOf.build().toArray();
    idStarts = builder.idStarts.build().toArray();
    textStarts = builder.textStarts.build().toArray();
    texts = builder.texts.toByteArray();
    Seeds seeds = Seeds.of(places.length, this::evidence, config.overlap());
    int slots = Integer.highestOneBit(Math.max(32, seeds.count())) << 1;
    prints = new int[slots];
    heads = new int[slots];
    bitmap = new long[slots / (Long.SIZE / BITS_PER_SLOT)];
    postingItems = seeds.items();
    postingNext = new int[seeds.count()];
    for (int posting = seeds.count() - 1; posting >= 0; posting--) {
      add(seeds.prints()[posting], posting);
    }
  }

  DecontaminationConfig config() {
    return config;
  }

  int items() {
    return places.length;
  }

  Evidence evidence(int item) {
    return EvidenceWords.read(words, places[item]);
  }

  /** Name of an item's set. */
  String set(int item) {
    return config.evaluations().get(setOf[item]).name();
  }

  String id(int item) {
    return text(idStarts[item], textStarts[item]);
  }

  /** Question, options and answer, the beginning of them. */
  String text(int item) {
    return text(textStarts[item], item + 1 < items() ? idStarts[item + 1] : texts.length);
  }

  /** The first posting of an n-gram, or -1 if it is no seed. */
  int posting(int print) {
    int bit = print & ((bitmap.length << 6) - 1);
    if ((bitmap[bit >>> 6] & (1L << bit)) == 0) {
      return -1;
    }
    return heads[slot(print)] - 1;
  }

  /** The next posting of the same seed, or -1. */
  int next(int posting) {
    return postingNext[posting] - 1;
  }

  int item(int posting) {
    return postingItems[posting];
  }

  private String text(int from, int to) {
    return new String(texts, from, to - from, StandardCharsets.UTF_8);
  }

  private void add(int print, int posting) {
    int bit = print & ((bitmap.length << 6) - 1);
    bitmap[bit >>> 6] |= 1L << bit;
    int slot = slot(print);
    prints[slot] = print;
    postingNext[posting] = heads[slot];
    heads[slot] = posting + 1;
  }

  /** Where a seed is, or the empty slot where it would be. Prints are well mixed already. */
  private int slot(int print) {
    int slot = (print >>> 3) & (heads.length - 1);
    while (heads[slot] != 0 && prints[slot] != print) {
      slot = (slot + 1) & (heads.length - 1);
    }
    return slot;
  }

  /** Takes the items one by one, set after set. */
  static final class Builder {
    private final DecontaminationConfig config;
    private final EvidenceReader reader;
    private final IntStream.Builder places = IntStream.builder();
    private final IntStream.Builder words = IntStream.builder();
    private final IntStream.Builder setOf = IntStream.builder();
    private final IntStream.Builder idStarts = IntStream.builder();
    private final IntStream.Builder textStarts = IntStream.builder();
    private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
    private int wordCount;

    Builder(DecontaminationConfig config, CommonGrams common) {
      this.config = config;
      this.reader = new EvidenceReader(config, common);
    }

    /**
     * Adds an item if it can be checked.
     *
     * @param set its number in the configuration
     */
    Checkability add(int set, EvaluationItem item) {
      Checkability checkability = reader.of(item);
      if (checkability instanceof Evidence evidence) {
        places.add(wordCount);
        EvidenceWords.write(evidence, this::word);
        setOf.add(set);
        idStarts.add(texts.size());
        texts.writeBytes(item.id().getBytes(StandardCharsets.UTF_8));
        textStarts.add(texts.size());
        texts.writeBytes(beginning(item.text()).getBytes(StandardCharsets.UTF_8));
      }
      return checkability;
    }

    ItemIndex build() {
      return new ItemIndex(this);
    }

    private void word(int word) {
      words.add(word);
      wordCount++;
    }

    private static String beginning(String text) {
      return text.codePointCount(0, text.length()) <= SHOWN
          ? text
          : text.substring(0, text.offsetByCodePoints(0, SHOWN));
    }
  }
}
