package io.gristmill.curation.filter;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words that hold sentences together, in lower case: longer lists of our own than {@link
 * StopWords}, for the share that they have in running text.
 */
final class FunctionWords {
  private static final String ENGLISH =
      "a about above after again against all also am an and any are aren't as at be because been"
          + " before being below between both but by can can't cannot could couldn't did didn't do"
          + " does doesn't doing don't down during each either else ever every few for from further"
          + " had hadn't has hasn't have haven't having he her here hers herself him himself his how"
          + " however i i'd i'll i'm i've if in into is isn't it it's its itself just let me might"
          + " more most must my myself neither no nor not of off on once one only or other our ours"
          + " ourselves out over own same shall she should shouldn't since so some such than that"
          + " that's the their theirs them themselves then there there's these they they're this"
          + " those though through to too under until up upon us very was wasn't we we're were"
          + " weren't what when where whether which while who whom whose why will with within"
          + " without won't would wouldn't yet you you're your yours yourself";

  private static final String SIMPLIFIED =
      "的 了 是 在 和 有 不 我 他 她 它 你 您 们 我们 你们 他们 她们 它们 这 那 这个 那个 这些 那些 这里 那里 这样 那样 哪 谁 什么 怎么"
          + " 怎样 为什么 哪里 哪些 几 一 个 一个 种 些 与 及 以及 或 或者 而 而且 并 并且 但 但是 却 虽然 因为 所以 因此 由于 由此 如果"
          + " 若 则 就 也 都 还 又 再 才 只 很 更 最 太 被 把 将 让 使 给 对 对于 关于 从 由 向 往 到 于 为 为了 以 用 按 按照 根据 通过"
          + " 随着 比 跟 同 同一 之 其 其中 此 该 各 每 每个 某 中 里 上 下 内 外 前 后 之后 之前 时 当 已 已经 正在 曾 着 过 得 地 会 能"
          + " 可以 可 可能 应 应该 要 需要 必须 没 没有 非 无 等 吗 呢 吧 啊 进行";

  private static final String TRADITIONAL =
      "的 了 是 在 和 有 不 我 他 她 它 你 您 們 我們 你們 他們 她們 它們 這 那 這個 那個 這些 那些 這裡 那裡 這樣 那樣 哪 誰 什麼 怎麼"
          + " 怎樣 為什麼 哪裡 哪些 幾 一 個 一個 種 些 與 及 以及 或 或者 而 而且 並 並且 但 但是 卻 雖然 因為 所以 因此 由於 由此 如果"
          + " 若 則 就 也 都 還 又 再 才 只 很 更 最 太 被 把 將 讓 使 給 對 對於 關於 從 由 向 往 到 於 為 為了 以 用 按 按照 根據 通過"
          + " 隨著 比 跟 同 同一 之 其 其中 此 該 各 每 每個 某 中 裡 裏 上 下 內 外 前 後 之後 之前 時 當 已 已經 正在 曾 著 過 得 地 會 能"
          + " 可以 可 可能 應 應該 要 需要 必須 沒 沒有 非 無 等 嗎 呢 吧 啊 進行";

  private static final String CANTONESE =
      TRADITIONAL + " 嘅 係 喺 佢 佢哋 我哋 你哋 咗 唔 啲 嗰 嗰個 呢個 咁 冇 嚟 畀 俾 同埋 乜 乜嘢 點解 邊個 邊度 噉 喇 啦 㗎 囉 嘢 緊 晒";

  private static final Map<String, FunctionWords> BY_LANGUAGE =
      Map.of(
          "en", new FunctionWords(ENGLISH),
          "zh", new FunctionWords(SIMPLIFIED + ' ' + TRADITIONAL),
          "zh-Hans", new FunctionWords(SIMPLIFIED),
          "zh-Hant", new FunctionWords(TRADITIONAL),
          "yue", new FunctionWords(CANTONESE));

  private final long[] sortedHashes;

  private FunctionWords(String words) {
    sortedHashes =
        Stream.of(words.split(" "))
            .map(word -> word.codePoints().toArray())
            .mapToLong(word -> Hashing.of(word, 0, word.length))
            .sorted()
            .distinct()
            .toArray();
  }

  /** The list of a language, if we have one. */
  static Optional<FunctionWords> of(String language) {
    return Optional.ofNullable(BY_LANGUAGE.get(language));
  }

  /** How many of the first words of these are in the list, by the hashes of their lower case. */
  int occurrences(long[] words, int count) {
    int found = 0;
    for (int word = 0; word < count; word++) {
      found += Arrays.binarySearch(sortedHashes, words[word]) >= 0 ? 1 : 0;
    }
    return found;
  }
}
