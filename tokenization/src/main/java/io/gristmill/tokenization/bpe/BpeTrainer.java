package io.gristmill.tokenization.bpe;

import io.gristmill.tokenization.Tokens;
import io.gristmill.tokenization.pretoken.Pretokenizer;
import io.gristmill.tokenization.vocabulary.AddedToken;
import io.gristmill.tokenization.vocabulary.ByteAlphabet;
import io.gristmill.tokenization.vocabulary.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns merges from counted pieces: again and again the most frequent pair of neighbouring symbols
 * becomes a symbol. Counts are kept up to date merge by merge, in the words that a merge touches
 * (Sennrich et al., arXiv 1508.07909; the priority queue is that of sentencepiece and Hugging
 * Face).
 *
 * <p>Ids: added tokens, then the bytes in the order of their characters, then merges in their
 * order. Of pairs equally frequent the one with the smaller left id, then the smaller right id,
 * comes first. The result does not depend on the order in which pieces are added.
 */
public final class BpeTrainer {
  private static final int PROGRESS_MERGES = 256;

  private final BpeTrainerConfig config;
  private final int[] byteIds = new int[256];
  private final List<byte[]> tokens = new ArrayList<>();
  private final List<AddedToken> addedTokens = new ArrayList<>();
  private final Map<ByteBuffer, Integer> ids = new HashMap<>();
  private final byte[] parts;
  private int[] symbols = new int[1 << 16];
  private int[] starts = new int[1 << 12];
  private int[] lengths = new int[1 << 12];
  private long[] counts = new long[1 << 12];
  private int words;
  private int used;
  private long pieces;

  public BpeTrainer(BpeTrainerConfig config) {
    this.config = config;
    this.parts = new byte[config.vocabularySize()];
    for (String text : config.addedTokens()) {
      addedTokens.add(new AddedToken(tokens.size(), text, true));
      tokens.add(text.getBytes(StandardCharsets.UTF_8));
    }
    for (int b : ByteAlphabet.bytesInOrder()) {
      byteIds[b] = tokens.size();
      addToken(new byte[] {(byte) b}, CharacterPart.of(b));
    }
  }

  private int addToken(byte[] bytes, byte part) {
    int id = tokens.size();
    tokens.add(bytes);
    ids.put(ByteBuffer.wrap(bytes), id);
    parts[id] = part;
    return id;
  }

  /** Adds {@code count} occurrences of a piece of well-formed UTF-8. */
  public void add(byte[] utf8, int from, int to, long count) {
    int length = to - from;
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, 2 * words);
      lengths = Arrays.copyOf(lengths, 2 * words);
      counts = Arrays.copyOf(counts, 2 * words);
    }
    if (length > symbols.length - used) {
      if (length > Integer.MAX_VALUE - 16 - used) {
        throw new IllegalStateException(
            "the different pieces of text exceed 2 GiB after %,d; raise min-piece-count or lower"
                    .formatted(words)
                + " max-piece-characters");
      }
      long wanted = Math.max(used + (long) length, symbols.length + (long) (symbols.length >> 1));
      symbols = Arrays.copyOf(symbols, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
    starts[words] = used;
    lengths[words] = length;
    counts[words] = count;
    for (int i = from; i < to; i++) {
      symbols[used++] = byteIds[utf8[i] & 0xFF];
    }
    words++;
    pieces = Math.addExact(pieces, count);
  }

  /** Adds all of {@code pieces}. */
  public void add(PieceCounts pieces) {
    pieces.forEach(this::add);
  }

  /** Learns the merges. The pieces are used up: call it once. */
  public Trained train(MergeProgress progress) {
    PairIndex pairs = new PairIndex();
    PairHeap heap = new PairHeap(pairs);
    index(pairs);
    for (int entry = 0; entry < pairs.size(); entry++) {
      if (pairs.count(entry) >= config.minFrequency()) {
        heap.offer(entry);
      }
    }
    int wanted = config.vocabularySize() - tokens.size();
    var learned = new MergeList();
    while (tokens.size() < config.vocabularySize() && !heap.isEmpty()) {
      long count = heap.firstCount();
      int entry = heap.poll();
      if (pairs.count(entry) != count) {
        if (pairs.count(entry) >= config.minFrequency()) {
          heap.offer(entry);
        }
        continue;
      }
      learn(entry, pairs, heap, learned);
      if (learned.size() % PROGRESS_MERGES == 0) {
        progress.learned(learned.size(), wanted);
      }
    }
    progress.learned(learned.size(), wanted);
    var tokenizer =
        new BpeTokenizer(
            Pretokenizer.named(config.pretokenizer()),
            new Vocabulary(tokens, addedTokens),
            learned.toMerges());
    return new Trained(tokenizer, pieces, words, warning());
  }

  private Optional<String> warning() {
    if (tokens.size() == config.vocabularySize()) {
      return Optional.empty();
    }
    return Optional.of(
        "vocabulary-size is %d, but the text gives only %d tokens: no other pair occurs %d times in %,d pieces (%,d different); add text, or ask for %d"
            .formatted(
                config.vocabularySize(),
                tokens.size(),
                config.minFrequency(),
                pieces,
                words,
                tokens.size()));
  }

  /** Counts every pair, then lists the words of those that can ever be merged. */
  private void index(PairIndex pairs) {
    for (int word = 0; word < words; word++) {
      for (int i = starts[word]; i + 1 < starts[word] + lengths[word]; i++) {
        if (mayJoin(symbols[i], symbols[i + 1])) {
          pairs.add(symbols[i], symbols[i + 1], counts[word]);
        }
      }
    }
    for (int word = 0; word < words; word++) {
      for (int i = starts[word]; i + 1 < starts[word] + lengths[word]; i++) {
        if (mayJoin(symbols[i], symbols[i + 1])) {
          int entry = pairs.add(symbols[i], symbols[i + 1], 0);
          if (pairs.count(entry) >= config.minFrequency()) {
            pairs.addWord(entry, word);
          }
        }
      }
    }
  }

  private boolean mayJoin(int left, int right) {
    return CharacterPart.joined(parts[left], parts[right]) != CharacterPart.NEITHER
        && tokens.get(left).length + tokens.get(right).length <= config.maxTokenBytes();
  }

  private void learn(int entry, PairIndex pairs, PairHeap heap, MergeList learned) {
    int left = pairs.left(entry);
    int right = pairs.right(entry);
    byte[] joined = joined(tokens.get(left), tokens.get(right));
    Integer known = ids.get(ByteBuffer.wrap(joined));
    int merged =
        known != null ? known : addToken(joined, CharacterPart.joined(parts[left], parts[right]));
    learned.add(left, right, merged);
    int firstNew = pairs.size();
    int[] touched = pairs.words(entry);
    int touchedCount = pairs.wordCount(entry);
    for (int i = 0; i < touchedCount; i++) {
      merge(touched[i], left, right, merged, pairs);
    }
    pairs.dropWords(entry);
    pairs.clearCount(entry);
    if (known == null) {
      offer(pairs, heap, firstNew);
    } else {
      relist(merged, pairs, heap);
    }
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }

  /** Pairs of a new symbol only lose from here on: those too rare are done with. */
  private void offer(PairIndex pairs, PairHeap heap, int firstNew) {
    for (int entry = firstNew; entry < pairs.size(); entry++) {
      if (pairs.count(entry) >= config.minFrequency()) {
        heap.offer(entry);
      } else {
        pairs.dropWords(entry);
      }
    }
  }

  /**
   * After a second merge into a known symbol (seen in runs of one character): pairs that it is in
   * may have become frequent again, so their words are listed anew.
   */
  private void relist(int merged, PairIndex pairs, PairHeap heap) {
    for (int entry = 0; entry < pairs.size(); entry++) {
      if (pairs.left(entry) == merged || pairs.right(entry) == merged) {
        pairs.dropWords(entry);
        if (pairs.count(entry) >= config.minFrequency()) {
          heap.offer(entry);
        }
      }
    }
    for (int word = 0; word < words; word++) {
      for (int i = starts[word]; i + 1 < starts[word] + lengths[word]; i++) {
        if ((symbols[i] == merged || symbols[i + 1] == merged)
            && mayJoin(symbols[i], symbols[i + 1])) {
          pairs.addWord(pairs.add(symbols[i], symbols[i + 1], 0), word);
        }
      }
    }
  }

  /** Joins the pair wherever it is in the word, from the left, and corrects the counts around. */
  private void merge(int word, int left, int right, int merged, PairIndex pairs) {
    int[] symbols = this.symbols;
    int start = starts[word];
    int end = start + lengths[word];
    long count = counts[word];
    int to = start;
    int i = start;
    while (i < end) {
      if (symbols[i] != left || i + 1 == end || symbols[i + 1] != right) {
        symbols[to++] = symbols[i++];
        continue;
      }
      if (to > start) {
        change(symbols[to - 1], left, -count, word, pairs);
        change(symbols[to - 1], merged, count, word, pairs);
      }
      symbols[to++] = merged;
      i += 2;
      if (i < end) {
        change(right, symbols[i], -count, word, pairs);
        change(merged, symbols[i], count, word, pairs);
      }
    }
    lengths[word] = to - start;
  }

  private void change(int left, int right, long count, int word, PairIndex pairs) {
    if (!mayJoin(left, right)) {
      return;
    }
    int entry = pairs.add(left, right, count);
    if (count > 0) {
      pairs.addWord(entry, word);
    }
  }

  /** The merges so far. */
  private static final class MergeList {
    private final Tokens left = new Tokens();
    private final Tokens right = new Tokens();
    private final Tokens result = new Tokens();

    int size() {
      return left.size();
    }

    void add(int left, int right, int result) {
      this.left.add(left);
      this.right.add(right);
      this.result.add(result);
    }

    Merges toMerges() {
      return new Merges(left.toArray(), right.toArray(), result.toArray());
    }
  }
}
