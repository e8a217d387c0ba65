package io.gristmill.jobs;

import io.gristmill.curation.WhatIf;
import io.gristmill.curation.WhatIf.Change;
import io.gristmill.curation.WhatIf.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a changed profile would decide, as lines for a terminal. */
final class WhatIfTable {
  private static final int EXCERPT = 90;

  private WhatIfTable() {}

  static List<String> lines(WhatIf whatIf) {
    List<String> lines = new ArrayList<>();
    lines.add("%-10s %-34s %12s %12s %12s".formatted("language", "", "now", "then", "change"));
    whatIf.counts().stream()
        .collect(Collectors.groupingBy(Count::language, TreeMap::new, Collectors.toList()))
        .forEach((language, counts) -> lines.addAll(language(language, counts)));
    long changed =
        whatIf.counts().stream()
            .filter(count -> !count.now().equals(count.then()))
            .mapToLong(Count::documents)
            .sum();
    lines.add("");
    lines.add(
        "%s of %s documents would change%s"
            .formatted(
                number(changed),
                number(whatIf.counts().stream().mapToLong(Count::documents).sum()),
                changed == 0 ? "" : ", among them:"));
    whatIf.changes().forEach(change -> lines.addAll(document(change)));
    return lines;
  }

  private static List<String> language(String language, List<Count> counts) {
    SortedMap<String, Long> now = new TreeMap<>();
    SortedMap<String, Long> then = new TreeMap<>();
    counts.forEach(
        count -> {
          now.merge(count.now(), count.documents(), Long::sum);
          then.merge(count.then(), count.documents(), Long::sum);
        });
    List<String> reasons = new ArrayList<>();
    reasons.addAll(now.keySet());
    then.keySet().stream().filter(reason -> !now.containsKey(reason)).forEach(reasons::add);
    reasons.sort((a, b) -> a.equals("kept") ? -1 : b.equals("kept") ? 1 : a.compareTo(b));
    return reasons.stream()
        .map(
            reason -> {
              long before = now.getOrDefault(reason, 0L);
              long after = then.getOrDefault(reason, 0L);
              return String.format(
                  Locale.ROOT,
                  "%-10s %-34s %,12d %,12d %12s",
                  language,
                  reason,
                  before,
                  after,
                  before == after ? "" : String.format(Locale.ROOT, "%+,d", after - before));
            })
        .toList();
  }

  private static List<String> document(Change change) {
    String text = change.excerpt().replaceAll("\\s+", " ").strip();
    String excerpt =
        text.codePointCount(0, text.length()) <= EXCERPT
            ? text
            : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    return List.of(
        "%s  %s  %s → %s  (%s)"
            .formatted(
                change.id(), change.language(), change.now(), change.then(), change.measured()),
        "    " + excerpt);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
