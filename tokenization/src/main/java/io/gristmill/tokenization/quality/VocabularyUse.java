package io.gristmill.tokenization.quality;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the tokens of a vocabulary are met in text: those that a model will see too rarely to learn,
 * and those that look wrong. Added tokens are no part of it. Lists are bounded; single bytes are
 * counted but not listed, since a byte-level vocabulary has all of them for safety.
 *
 * @param tokens the tokens of the text
 * @param encodable tokens that encoding can give
 * @param unused of these, not met at all
 * @param unusedBytes of the unused, single bytes
 * @param underTrained met less often than the threshold, the unused among them
 * @param perMillion met less often than once in a million tokens, the unused among them
 * @param intermediates under-trained tokens that a merge makes into another: steps on the way to it
 * @param unreachable unused tokens whose own text is encoded otherwise
 * @param rarest the least met, fewest first, then by id
 * @param longest those of most characters
 * @param longestHan of those of Han characters alone
 * @param frequent the most met of each language
 */
public record VocabularyUse(
    long tokens,
    int encodable,
    int unused,
    int unusedBytes,
    int underTrained,
    int perMillion,
    int intermediates,
    int unreachable,
    List<TokenUse> rarest,
    List<TokenUse> longest,
    List<TokenUse> longestHan,
    SortedMap<String, List<TokenUse>> frequent) {
  private static final int FREQUENT = 20;

  public VocabularyUse {
    rarest = List.copyOf(rarest);
    longest = List.copyOf(longest);
    longestHan = List.copyOf(longestHan);
    frequent = new TreeMap<>(frequent);
  }

  /**
   * @param tallies of the training text
   * @param below a token met less often is under-trained, as counted in the sample
   * @param most how long the lists of rare and long tokens may be
   */
  static VocabularyUse of(
      SortedMap<Group, Tally> tallies, int tokenizer, TokenTable table, double below, int most) {
    long[] counts = Measures.counts(tallies.values(), tokenizer, table.size());
    int[] into = table.mergedInto(counts);
    long tokens = IntStream.range(0, counts.length).mapToLong(id -> counts[id]).sum();
    List<Integer> ids =
        IntStream.range(0, counts.length).filter(id -> !table.isAdded(id)).boxed().toList();
    List<Integer> rare = ids.stream().filter(id -> counts[id] < below).toList();
    List<Integer> unused = ids.stream().filter(id -> counts[id] == 0).toList();
    return new VocabularyUse(
        tokens,
        table.encodable(),
        unused.size(),
        (int) unused.stream().filter(table::isByte).count(),
        rare.size(),
        (int) ids.stream().filter(id -> counts[id] * 1e6 < tokens).count(),
        (int) rare.stream().filter(id -> !table.isByte(id) && into[id] >= 0).count(),
        (int) unused.stream().filter(id -> unreachable(table, id)).count(),
        rare.stream()
            .filter(id -> !table.isByte(id))
            .sorted(Comparator.comparingLong(id -> counts[id]))
            .limit(most)
            .map(id -> TokenUse.of(table, id, counts[id], into[id]))
            .toList(),
        longest(
            ids.stream().filter(id -> table.kind(id) != TokenKind.PARTIAL), table, counts, most),
        longest(ids.stream().filter(id -> table.kind(id) == TokenKind.HAN), table, counts, most),
        frequent(tallies, tokenizer, table));
  }

  private static List<TokenUse> longest(
      Stream<Integer> ids, TokenTable table, long[] counts, int most) {
    return ids.sorted(Comparator.comparingInt((Integer id) -> characters(table, id)).reversed())
        .limit(most)
        .map(id -> TokenUse.of(table, id, counts[id], -1))
        .toList();
  }

  /** A part of a character is never a text by itself, so nothing is said of it. */
  private static boolean unreachable(TokenTable table, int id) {
    return table.kind(id) != TokenKind.PARTIAL && !table.encodesItself(id);
  }

  private static int characters(TokenTable table, int id) {
    int characters = 0;
    for (byte b : table.bytes(id)) {
      characters += (b & 0xC0) != 0x80 ? 1 : 0;
    }
    return characters;
  }

  private static SortedMap<String, List<TokenUse>> frequent(
      SortedMap<Group, Tally> tallies, int tokenizer, TokenTable table) {
    Map<String, List<Tally>> byLanguage =
        tallies.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().language(),
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    var frequent = new TreeMap<String, List<TokenUse>>();
    byLanguage.forEach((language, own) -> frequent.put(language, frequent(own, tokenizer, table)));
    return frequent;
  }

  private static List<TokenUse> frequent(
      Collection<Tally> tallies, int tokenizer, TokenTable table) {
    long[] counts = Measures.counts(tallies, tokenizer, table.size());
    return IntStream.range(0, counts.length)
        .filter(id -> counts[id] > 0)
        .boxed()
        .sorted(Comparator.comparingLong((Integer id) -> counts[id]).reversed())
        .limit(FREQUENT)
        .map(id -> TokenUse.of(table, id, counts[id], -1))
        .toList();
  }
}
