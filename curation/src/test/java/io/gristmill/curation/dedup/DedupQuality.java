package io.gristmill.curation.dedup;

import com.google.errorprone.annotations.FormatMethod;
import io.gristmill.curation.dedup.PlantedCorpus.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the whole pipeline finds of what was planted, beside what the S-curve foretells. */
final class DedupQuality {
  /** Planted levels, from where bands find hardly anything. */
  private static final List<Double> LEVELS =
      IntStream.rangeClosed(6, 20).mapToObj(step -> step / 20.0).toList();

  private static final double NEAR = 0.6;

  private final PlantedCorpus corpus;
  private final MinHashConfig minhash;
  private final Map<Long, Found> found = new HashMap<>();

  private DedupQuality(PlantedCorpus corpus, MinHashConfig minhash, Dataset<Row> duplicates) {
    this.corpus = corpus;
    this.minhash = minhash;
    for (Row row : duplicates.select("id", "survivor_id", "cluster_id").collectAsList()) {
      found.put(
          PlantedCorpus.number(row.getString(0)),
          new Found(
              Optional.ofNullable(row.getString(1)).map(PlantedCorpus::number),
              PlantedCorpus.number(row.getString(2))));
    }
  }

  /** What the pipeline says of a document. */
  private record Found(Optional<Long> survivor, long cluster) {}

  /**
   * Pairs of one level.
   *
   * @param similarity mean of the true Jaccard similarities
   * @param foretold share that the S-curve wants to be compared, and {@code compared} those that
   *     are in one component
   * @param duplicates pairs at or above the threshold of removal, and {@code removed} those of them
   *     of which one is removed for the other
   * @param wrong pairs below it of which one is removed for the other
   */
  record Level(
      int pairs,
      double similarity,
      double foretold,
      double compared,
      int duplicates,
      int removed,
      int wrong) {}

  /** Makes {@code bytes} of documents, finds their duplicates and prints how well. */
  static void measure(DedupRuns runs, long bytes, Options options) throws IOException {
    PlantedConfig usual = PlantedConfig.usual(bytes);
    PlantedConfig config =
        new PlantedConfig(
                usual.seed(),
                bytes,
                usual.english(),
                usual.meanBytes(),
                usual.spread(),
                LEVELS,
                usual.shares())
            .with(PlantedKind.NEAR, NEAR);
    MinHashConfig minhash = DedupRuns.MINHASH;
    WholeRun run = runs.run(PlantedFiles.write(runs.spark(), config, minhash, runs.documents()));
    Dataset<Row> duplicates = runs.spark().read().parquet(runs.steps() + "/" + WholeRun.RESULT);
    var quality = new DedupQuality(new PlantedCorpus(config, minhash, ""), minhash, duplicates);
    print(
        "%,d documents, %d bands of %d rows, removal from %.2f; %,d go",
        run.documents(),
        minhash.bands(),
        minhash.rowsPerBand(),
        minhash.similarity(),
        run.removed());
    List<Level> levels = quality.levels();
    quality.printKinds();
    quality.printPrecision();
    String plot = options.text("--plot", "");
    if (!plot.isEmpty()) {
      Files.writeString(Path.of(plot), new CurvePlot(minhash, levels).svg());
    }
  }

  private List<Level> levels() {
    print(
        "  %5s %6s %9s %9s %9s %8s %10s %8s %7s %6s",
        "level",
        "pairs",
        "measured",
        "foretold",
        "compared",
        "+-",
        "duplicates",
        "removed",
        "recall",
        "wrong");
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < LEVELS.size(); i++) {
      Level level = level(i);
      levels.add(level);
      print(
          "  %5.2f %6d %9.4f %9.4f %9.4f %8.4f %10d %8d %7s %6d",
          LEVELS.get(i),
          level.pairs,
          level.similarity,
          level.foretold,
          level.compared,
          1.96 * Math.sqrt(level.foretold * (1 - level.foretold) / level.pairs),
          level.duplicates,
          level.removed,
          level.duplicates == 0 ? "-" : "%.4f".formatted((double) level.removed / level.duplicates),
          level.wrong);
    }
    return levels;
  }

  private Level level(int index) {
    int pairs = 0;
    double similarity = 0;
    double foretold = 0;
    int compared = 0;
    int duplicates = 0;
    int removed = 0;
    int wrong = 0;
    long families = corpus.documents(PlantedKind.NEAR) / PlantedKind.NEAR.familySize();
    for (long family = index; family < families; family += LEVELS.size()) {
      long a = corpus.number(PlantedKind.NEAR, family, 0);
      long b = corpus.number(PlantedKind.NEAR, family, 1);
      double jaccard = jaccard(a, b);
      boolean duplicate = jaccard >= minhash.similarity();
      boolean gone = removedFor(a, b) || removedFor(b, a);
      pairs++;
      similarity += jaccard;
      foretold += minhash.chance(jaccard);
      compared += together(a, b) ? 1 : 0;
      duplicates += duplicate ? 1 : 0;
      removed += duplicate && gone ? 1 : 0;
      wrong += !duplicate && gone ? 1 : 0;
    }
    return new Level(
        pairs,
        similarity / pairs,
        foretold / pairs,
        (double) compared / pairs,
        duplicates,
        removed,
        wrong);
  }

  /** Of the other kinds, how many documents go and how many should. */
  private void printKinds() {
    for (PlantedKind kind : PlantedKind.values()) {
      if (kind == PlantedKind.NEAR || corpus.documents(kind) == 0) {
        continue;
      }
      long families = Math.ceilDiv(corpus.documents(kind), kind.familySize());
      long wanted =
          switch (kind) {
            case EXACT, TRADITIONAL, FULL_WIDTH, BOILERPLATE, CLUSTER ->
                corpus.documents(kind) - families;
            case NEAR, TEMPLATE, BUCKET, SINGLE -> 0;
          };
      long gone =
          found.entrySet().stream()
              .filter(entry -> entry.getValue().survivor().isPresent())
              .filter(entry -> corpus.origin(entry.getKey()).kind() == kind)
              .count();
      print(
          "  %-11s %,9d documents, %,9d should go, %,9d go",
          kind, corpus.documents(kind), wanted, gone);
    }
  }

  private void printPrecision() {
    int removed = 0;
    int alike = 0;
    int planted = 0;
    for (var entry : found.entrySet()) {
      if (entry.getValue().survivor().isEmpty()) {
        continue;
      }
      long survivor = entry.getValue().survivor().get();
      Origin origin = corpus.origin(entry.getKey());
      Origin other = corpus.origin(survivor);
      removed++;
      alike += jaccard(entry.getKey(), survivor) >= minhash.similarity() ? 1 : 0;
      planted += origin.kind() == other.kind() && origin.family() == other.family() ? 1 : 0;
    }
    print(
        "  precision: of %,d that go, %,d are as alike as they must be, %,d for one of their family",
        removed, alike, planted);
  }

  private double jaccard(long a, long b) {
    return PlantedTruth.jaccard(corpus.document(a).text(), corpus.document(b).text(), minhash);
  }

  private boolean together(long a, long b) {
    return found.containsKey(a)
        && found.containsKey(b)
        && found.get(a).cluster() == found.get(b).cluster();
  }

  private boolean removedFor(long a, long b) {
    return found.containsKey(a)
        && found.get(a).survivor().isPresent()
        && found.get(a).survivor().get() == b;
  }

  @FormatMethod
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
