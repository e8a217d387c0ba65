package io.gristmill.jobs.report;

import static io.gristmill.jobs.report.Html.all;
import static io.gristmill.jobs.report.Html.tag;
import static io.gristmill.jobs.report.Html.text;

import io.gristmill.jobs.report.BarChart.Bar;
import io.gristmill.jobs.report.BarChart.Segment;
import io.gristmill.jobs.report.PageSection.Swatch;
import io.gristmill.jobs.report.data.Funnel;
import io.gristmill.jobs.report.data.Skew;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** How large the clusters of near-duplicates are, and how many documents are copies. */
final class ClusterSection {
  private ClusterSection() {}

  /**
   * Clusters of similar size.
   *
   * @param from smallest size
   * @param to largest size
   */
  private record Bucket(int from, int to, long clusters, long documents) {
    String label() {
      return from == to ? "size " + from : "size %d to %d".formatted(from, to);
    }
  }

  static PageSection of(Funnel funnel, Skew skew) {
    String title = "Duplicates";
    SortedMap<Integer, Long> clusters = funnel.clusters();
    if (clusters.isEmpty()) {
      return PageSection.missing(
          "duplicates", title, "Not in this run: the ledger counts no clusters.");
    }
    List<Bucket> buckets = buckets(clusters);
    long clustered = buckets.stream().mapToLong(Bucket::documents).sum();
    long groups = buckets.stream().mapToLong(Bucket::clusters).sum();
    String alone =
        "%s documents have no duplicate.".formatted(Numbers.count(clusters.getOrDefault(1, 0L)));
    if (buckets.isEmpty()) {
      return PageSection.missing(
          "duplicates", title, alone + " There is no cluster of two or more.");
    }
    return PageSection.of(
        "duplicates",
        title,
        "%s %s clusters hold %s documents, the largest %s."
            .formatted(
                alone,
                Numbers.count(groups),
                Numbers.count(clustered),
                Numbers.count(clusters.lastKey())),
        PageSection.figure(
            "Documents by size of their cluster",
            "Of each cluster one document stays; a second one only where the two differ enough.",
            PageSection.legend(
                List.of(
                    new Swatch("area", "hue-all", "one document of each cluster"),
                    new Swatch("area", "hue-all pale", "the others"))),
            BarChart.of(
                    "documents by size of their cluster",
                    buckets.stream().map(ClusterSection::bar).toList())
                .node()),
        keys(skew),
        steps(skew));
  }

  /** How many documents shared a key. */
  private static Html.Node keys(Skew skew) {
    if (skew.buckets().isEmpty()) {
      return all();
    }
    var table = new Table("#Documents with the same key", "#Keys");
    skew.buckets()
        .forEach(
            (size, count) ->
                table.row(
                    text(size <= 2 ? "" + size : "%,d to %,d".formatted(size / 2 + 1, size)),
                    text(Numbers.count(count))));
    return PageSection.figure(
        "Keys by the number of documents that shared them",
        "A key is a band of a signature or a whole text. A key of very many documents is the"
            + " boilerplate of a template, or a page that was copied that often.",
        table.node());
  }

  /** How long the steps took. */
  private static Html.Node steps(Skew skew) {
    if (skew.steps().isEmpty()) {
      return all();
    }
    var table = new Table("Step", "#Seconds", "#Tasks", "#Median task", "#Slowest task");
    skew.steps()
        .forEach(
            step ->
                table.row(
                    text(step.name()),
                    text(seconds(step.seconds())),
                    text(Numbers.count(step.tasks())),
                    text(seconds(step.median())),
                    text(seconds(step.slowest()))));
    return PageSection.figure(
        "Time of the steps",
        "Seconds, by the clock. Where the slowest task takes many times the median, it held most"
            + " of the work.",
        table.node());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  private static Bar bar(Bucket bucket) {
    long copies = bucket.documents() - bucket.clusters();
    return new Bar(
        text(bucket.label()),
        List.of(
            new Segment(
                bucket.clusters(), "hue-all", Numbers.count(bucket.clusters()) + " clusters"),
            new Segment(copies, "hue-all pale", Numbers.count(copies) + " more")),
        all(
            tag("b", Numbers.count(bucket.documents())),
            text(" "),
            tag(
                "small",
                "in %s %s"
                    .formatted(
                        Numbers.count(bucket.clusters()),
                        bucket.clusters() == 1 ? "cluster" : "clusters"))));
  }

  /** Sizes 2, 3 and 4 alone, then doubling: 5 to 8, 9 to 16. */
  private static List<Bucket> buckets(SortedMap<Integer, Long> clusters) {
    var buckets = new TreeMap<Integer, Bucket>();
    clusters
        .tailMap(2)
        .forEach(
            (size, count) -> {
              int to = size <= 4 ? size : ceilingPowerOfTwo(size);
              int from = size <= 4 ? size : to / 2 + 1;
              Bucket before = buckets.getOrDefault(to, new Bucket(from, to, 0, 0));
              buckets.put(
                  to,
                  new Bucket(
                      from, to, before.clusters() + count, before.documents() + count * size));
            });
    return new ArrayList<>(buckets.values());
  }

  private static int ceilingPowerOfTwo(int size) {
    return Integer.highestOneBit(size - 1) << 1;
  }
}
