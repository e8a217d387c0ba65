package io.gristmill.curation.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gristmill.curation.document.Place;
import io.gristmill.curation.document.Placed;
import io.gristmill.curation.document.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds duplicates among documents that are stored in files. The text is read where it lies and
 * never shuffled: first for signatures, then, for the members of components only, for the shingle
 * sets that the verification compares.
 */
public final class Duplicates {
  /** The level of the best document by {@link Quality}; the worst is 0. */
  public static final int BEST_QUALITY = SurvivorOrder.BEST_QUALITY;

  private static final Column[] COLUMNS =
      Stream.of("file", "row", "id", "url", "text", "fetched_at", "quality", "known")
          .map(name -> col(name))
          .toArray(Column[]::new);

  private Duplicates() {}

  /**
   * What was found.
   *
   * @param duplicates of {@link Duplicate#SCHEMA}
   * @param bucketSizes of {@link KeyStars#sizes}: how many buckets had how many documents
   */
  public record Found(Dataset<Row> duplicates, Dataset<Row> bucketSizes) {}

  /**
   * Every document that has duplicates, see {@link Duplicate#SCHEMA}, whether it stays or goes.
   * Those that are not named here stay and are alone. The same for any partitioning and order of
   * {@code documents}.
   *
   * @param documents columns {@code file int, row int, id string, url string, text string,
   *     fetched_at timestamp, quality int, known boolean}; file and row say where a document is
   *     stored, and are unique together; quality is from 0 to 127; known is false
   * @param known earlier documents, which stay and are not among the result
   * @param steps keeps the intermediate steps
   */
  public static Found duplicates(
      Dataset<Row> documents, List<KnownCorpus> known, DuplicatesConfig config, Steps steps) {
    MinHashConfig minhash = config.minhash();
    Dataset<Row> all = documents.select(COLUMNS);
    Dataset<Row> signed =
        steps.table("signatures", Signatures.signatures(documents, minhash, config.urls()));
    int newFiles = Placed.documentFiles(documents);
    int files = newFiles;
    for (KnownCorpus corpus : known) {
      Column file = col("file").plus(lit(files));
      all = all.unionByName(corpus.documents().withColumn("file", file));
      signed = signed.union(shifted(corpus.signatures(), files));
      files += Placed.documentFiles(corpus.documents());
    }
    Dataset<Row> repeatedIds = steps.table("repeated-ids", Repeated.ids(signed));
    Dataset<Row> distinct = without(signed, repeatedIds);
    Dataset<Row> repeated = repeatedIds;
    if (config.urls()) {
      Dataset<Row> repeatedUrls = steps.table("repeated-urls", Repeated.urls(distinct));
      distinct = without(distinct, repeatedUrls);
      repeated = repeated.union(repeatedUrls);
    }
    long keys = (minhash.bands() + 1L) * signed.count();
    Dataset<Row> buckets = KeyStars.buckets(distinct, keys, steps);
    Dataset<Row> edges = steps.table("edges", KeyStars.edges(buckets));
    Dataset<Row> stars = Components.stars("components", edges, minhash.maxRounds(), steps);
    Dataset<Row> verified = verified(all, stars, Placed.files(files), minhash, steps);
    return new Found(
        repeated.union(verified.where(col("file").lt(lit(newFiles)))), KeyStars.sizes(buckets));
  }

  /** Decides the documents of components. */
  private static Dataset<Row> verified(
      Dataset<Row> documents,
      Dataset<Row> stars,
      int memberFiles,
      MinHashConfig config,
      Steps steps) {
    Path folder =
        steps.made("members", path -> Placed.write(Members.members(stars), memberFiles, path));
    Dataset<Row> members = documents.sparkSession().read().parquet(folder.toString());
    MemberScan scan = MemberScan.of(documents, folder, memberFiles);
    int tasks = Members.tasks(members);
    if (!Giants.in(members)) {
      return steps.table("verified", verified(documents, scan, tasks, config));
    }
    Giants.Split split = Giants.split(documents, members, scan, tasks, config, steps);
    Path groups =
        steps.made(
            "groups",
            path ->
                Placed.write(
                    members
                        .where(col(Members.GROUP).notEqual(lit(Members.UNGROUPED)))
                        .unionByName(split.members()),
                    memberFiles,
                    path));
    Dataset<Row> verified =
        verified(documents, MemberScan.of(documents, groups, memberFiles), tasks, config);
    return steps.table("verified", verified.union(split.removed()).union(split.alone()));
  }

  /** Verifies each group in the order of survival. */
  private static Dataset<Row> verified(
      Dataset<Row> documents, MemberScan scan, int tasks, MinHashConfig config) {
    double similarity = config.similarity();
    MapPartitionsFunction<Row, Row> verify =
        rows ->
            Rows.map(
                new Verification(Rows.map(rows, Candidate::fromRow), similarity), Duplicate::toRow);
    return scan.rows(documents, Candidate.SCHEMA, () -> candidates(config))
        .repartition(tasks, col("group"))
        .sortWithinPartitions(order())
        .mapPartitions(verify, Encoders.row(Duplicate.SCHEMA));
  }

  private static Column[] order() {
    return Stream.concat(Stream.of(col("group")), Arrays.stream(Node.order("node")))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> without(Dataset<Row> signatures, Dataset<Row> repeated) {
    if (repeated.isEmpty()) {
      return signatures;
    }
    Column at = Place.of(repeated.col("file"), repeated.col("row"));
    return signatures.join(
        repeated.select(at.as("repeated_at")),
        col("node.at").equalTo(col("repeated_at")),
        "left_anti");
  }

  /** Signatures of documents whose files are numbered from {@code files} on. */
  private static Dataset<Row> shifted(Dataset<Row> signatures, int files) {
    Column node = col("node").withField("at", col("node.at").plus(lit(Place.of(files, 0))));
    return signatures.withColumn("node", node).select("node", "keys", "url");
  }

  private static MemberScan.Reading candidates(MinHashConfig config) {
    var reader = new Content.Reader(config);
    return (document, member) -> {
      Content content = reader.of(document.text());
      return List.of(new Candidate(document.node(), member, content).toRow()).iterator();
    };
  }
}
