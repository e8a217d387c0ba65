package io.gristmill.jobs;

import com.ibm.icu.util.VersionInfo;
import io.gristmill.curation.Curation;
import io.gristmill.curation.CurationConfig;
import io.gristmill.curation.WhatIf;
import io.gristmill.curation.decontamination.Decontamination;
import io.gristmill.curation.dedup.DuplicatesConfig;
import io.gristmill.curation.dedup.KnownCorpus;
import io.gristmill.curation.filter.Profile;
import io.gristmill.curation.filter.ProfileChange;
import io.gristmill.curation.filter.Profiles;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.lists.Lists;
import io.gristmill.curation.lists.WantedUrls;
import io.gristmill.curation.privacy.Removals;
import io.gristmill.curation.quality.Scorers;
import io.gristmill.curation.source.Asked;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Manifest;
import io.gristmill.jobs.stage.PublishedSteps;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.jobs.stage.WatchedSteps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Sources to documents/, in stages that are published each: every record judged; where evaluation
 * sets are named, the kept documents that hold items of them; the duplicates among the rest; where
 * asked for, the passages that stand in several of the others; and the documents with their ledger.
 */
public final class Curate {
  private static final int VERSION = 1;
  private static final int JUDGE_VERSION = 3;
  private static final int DEDUPLICATE_VERSION = 2;
  private static final int CONCLUDE_VERSION = 3;
  private static final String JUDGE = "curate: judge";
  private static final String PROFILE = "curate.profile";
  private static final String LINES = "lines of the profile";
  private static final String PER_HOST = "curate.per-host";
  private static final String DECONTAMINATE = "curate: decontaminate";
  private static final String PASSAGES = "curate: passages";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final CurationConfig config;
  private final RunFolders folders;
  private final Profile profile;

  Curate(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config.curate();
    this.folders = config.folders();
    this.profile = Curation.profile(this.config, hadoop);
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.CURATE, arguments);
  }

  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Judge());
    stages.addAll(decisions());
    return stages;
  }

  /**
   * The stages that decide anew on what was measured, though the sources changed or are gone.
   *
   * @throws IllegalArgumentException if something else than the sources and the rules changed, so
   *     that other things would be measured
   */
  List<Stage> fromFilter() throws IOException {
    Manifest measured = Manifest.read(folders.judged(), hadoop).orElseThrow(this::notMeasured);
    SortedMap<String, String> wanted = measuring(new Inputs(JUDGE_VERSION)).all();
    wanted.forEach(
        (name, value) -> {
          String before = measured.inputs().get(name);
          if (!name.startsWith("curate.sources") && !value.equals(before)) {
            throw new IllegalArgumentException(
                "--from filter decides on what was measured, but %s was %s then and is %s now; %srun without it, so that the sources are read again"
                    .formatted(
                        name,
                        before == null ? "not there" : before,
                        value,
                        name.startsWith(LINES)
                            ? "lines are taken out before that: keep the section lines of the profile as it was, or "
                            : ""));
          }
        });
    return decisions();
  }

  private IllegalStateException notMeasured() {
    return new IllegalStateException(
        "%s: not published; run the stage %s first (gristmill run does it by itself)"
            .formatted(folders.judged(), JUDGE));
  }

  /** What is measured of documents, wherever they come from. */
  private Inputs measuring(Inputs inputs) {
    inputs.configuration("curate", config);
    profile.lists().forEach(list -> inputs.configuration("list " + list.name(), list));
    return inputs
        .without("curate.profile")
        .without(PER_HOST)
        .configuration(LINES, profile.lines())
        .without("curate.decontamination")
        .without("curate.duplicates")
        .without("curate.passages")
        .without("curate.removals");
  }

  /** The stages that follow on what was measured; none looks at a source. */
  private List<Stage> decisions() {
    List<Stage> stages = new ArrayList<>();
    if (config.decontamination().on()) {
      stages.add(new Decontaminate());
    }
    stages.add(new Deduplicate());
    if (config.passages().on()) {
      stages.add(new Passages());
    }
    stages.add(new Conclude());
    if (config.duplicates().index()) {
      stages.add(new Index());
    }
    return stages;
  }

  /**
   * What another profile would decide on the documents that were measured.
   *
   * @param changes see {@link ProfileChange}
   * @param examples documents shown of each change
   * @throws IllegalStateException if nothing was measured yet
   */
  WhatIf whatIf(List<String> changes, int examples) throws IOException {
    if (Manifest.read(folders.judged(), hadoop).isEmpty()) {
      throw notMeasured();
    }
    Profile then =
        ProfileChange.changed(
            profile, changes, name -> Profiles.read(name, config.scoreNames(), hadoop));
    return WhatIf.of(spark, folders.judged(), profile, then, examples);
  }

  /** What tells whether one of some files changed. */
  static String listed(List<SourceFile> files) {
    var list = new StringBuilder();
    files.forEach(
        file -> list.append("%s %d %d%n".formatted(file.path(), file.length(), file.modified())));
    return list.toString();
  }

  private String listFiles() {
    return statuses(Lists.files(profile.lists(), hadoop));
  }

  private String selectionFiles() {
    return statuses(Asked.indexes(config.sources(), hadoop))
        + statuses(WantedUrls.files(config.sources(), hadoop));
  }

  private static String statuses(List<FileStatus> files) {
    var list = new StringBuilder();
    files.forEach(
        file ->
            list.append(
                "%s %d %d%n".formatted(file.getPath(), file.getLen(), file.getModificationTime())));
    return list.toString();
  }

  /** Adds what the evaluation sets took away, where there are any. */
  private Inputs contamination(Inputs inputs) throws IOException {
    return config.decontamination().on()
        ? inputs.published(DECONTAMINATE, folders.contamination(), hadoop)
        : inputs;
  }

  /** Adds what documents lose because it stands elsewhere, where that is looked for. */
  private Inputs passages(Inputs inputs) throws IOException {
    return config.passages().on() ? inputs.published(PASSAGES, folders.passages(), hadoop) : inputs;
  }

  /**
   * Reads, extracts, identifies, edits, measures, scores and redacts every record, once. Of the
   * profile lines and lists matter here, and its rules to the stages after only.
   */
  private final class Judge implements Stage {
    private final TakeDowns takeDowns = new TakeDowns(spark, config.removals(), folders);

    @Override
    public String name() {
      return JUDGE;
    }

    @Override
    public Path folder() {
      return folders.judged();
    }

    @Override
    public SortedMap<String, String> inputs() {
      List<SourceFile> files = Curation.inputs(config, hadoop);
      return measuring(new Inputs(JUDGE_VERSION))
          .hash("files of lists", listFiles())
          .value("number of input files", Integer.toString(files.size()))
          .hash("list of input files", listed(files))
          .hash("indexes and lists of URLs", selectionFiles())
          .hash("models of scores", Scorers.files(config.scores(), hadoop))
          .value("Unicode of the JDK", Runtime.version().feature() + "")
          .value("Unicode of ICU", VersionInfo.ICU_VERSION.toString())
          .all();
    }

    @Override
    public void check() throws IOException {
      Path output = qualified(folders.judged().getParent());
      for (SourceConfig source : config.sources()) {
        Path path = qualified(new Path(source.path()));
        if ((output + "/").startsWith(path + "/")) {
          throw new IllegalArgumentException(
              "the output %s lies in the source %s, and the next run would read it as input; choose an output outside of it"
                  .formatted(output, source.path()));
        }
      }
      // an item that cannot be read is better told before hours of judging than after
      Decontamination.check(spark, config.decontamination());
      Curation.checkScores(spark, config);
    }

    private Path qualified(Path path) throws IOException {
      return path.getFileSystem(hadoop).makeQualified(path);
    }

    @Override
    public String run() throws IOException {
      List<SourceFile> files = Curation.inputs(config, hadoop);
      Removals removals = takeDowns.asked();
      long extracted = Curation.judge(spark, files, config, removals, folder());
      String taken = takeDowns.judged(removals);
      return "%,d files, %,d documents extracted".formatted(files.size(), extracted)
          + (taken.isEmpty() ? "" : "; " + taken);
    }

    @Override
    public Optional<String> amend() throws IOException {
      return takeDowns.amend();
    }

    @Override
    public Set<String> amendable() {
      return takeDowns.amendable();
    }
  }

  /** Finds the items of evaluation sets in what the filters kept. */
  private final class Decontaminate implements Stage {
    @Override
    public String name() {
      return DECONTAMINATE;
    }

    @Override
    public Path folder() {
      return folders.contamination();
    }

    @Override
    public SortedMap<String, String> inputs() throws IOException {
      List<SourceFile> files = Decontamination.files(config.decontamination(), hadoop);
      return new Inputs(VERSION)
          .configuration(PROFILE, profile)
          .value(PER_HOST, Integer.toString(config.perHost()))
          .configuration("curate.decontamination", config.decontamination())
          .hash("list of evaluation files", listed(files))
          .published(JUDGE, folders.judged(), hadoop)
          .all();
    }

    @Override
    public String run() throws IOException {
      Curation.decontaminate(spark, folders.judged(), config, folder());
      return "%,d documents hold items of evaluation sets"
          .formatted(Decontamination.deciding(spark, folder()).count());
    }
  }

  /** Finds exact and near duplicates among what is left. */
  private final class Deduplicate implements Stage {
    @Override
    public String name() {
      return "curate: deduplicate";
    }

    @Override
    public Path folder() {
      return folders.duplicates();
    }

    @Override
    public SortedMap<String, String> inputs() throws IOException {
      DuplicatesConfig duplicates = config.duplicates();
      Inputs inputs =
          contamination(new Inputs(DEDUPLICATE_VERSION))
              .configuration(PROFILE, profile)
              .value(PER_HOST, Integer.toString(config.perHost()))
              .configuration("curate.minhash", duplicates.minhash())
              .configuration("curate.duplicates", duplicates)
              .without("curate.duplicates.minhash")
              .without("curate.duplicates.index")
              .published(JUDGE, folders.judged(), hadoop);
      for (String output : duplicates.known()) {
        var earlier = new RunFolders(new Path(output));
        inputs.published("the index of " + output, earlier.index(), hadoop);
        inputs.published("the documents of " + output, earlier.documents(), hadoop);
      }
      return inputs.all();
    }

    @Override
    public String run() throws IOException {
      Path steps = new Path(folder(), "_steps");
      DuplicatesConfig duplicates = config.duplicates();
      List<KnownCorpus> known = new ArrayList<>();
      for (String output : duplicates.known()) {
        var earlier = new RunFolders(new Path(output));
        known.add(
            Curation.known(spark, earlier.documents(), earlier.index(), duplicates.minhash()));
      }
      var published = new PublishedSteps(steps, hadoop);
      try (var watched = new WatchedSteps(published, spark.sparkContext())) {
        Curation.deduplicate(
            spark, folders.judged(), folders.contamination(), known, config, folder(), watched);
        watched.write(folder(), hadoop);
      }
      steps.getFileSystem(hadoop).delete(steps, true);
      return "%,d documents have duplicates"
          .formatted(spark.read().parquet(folder().toString()).count());
    }

    @Override
    public boolean resumes() {
      return true;
    }
  }

  /** Finds passages that stand in several documents. */
  private final class Passages implements Stage {
    @Override
    public String name() {
      return PASSAGES;
    }

    @Override
    public Path folder() {
      return folders.passages();
    }

    @Override
    public SortedMap<String, String> inputs() throws IOException {
      return new Inputs(VERSION)
          .configuration(PROFILE, profile)
          .value(PER_HOST, Integer.toString(config.perHost()))
          .configuration("curate.passages", config.passages())
          .configuration("curate.duplicates.quality", config.duplicates().quality())
          .published(JUDGE, folders.judged(), hadoop)
          .published("curate: deduplicate", folders.duplicates(), hadoop)
          .all();
    }

    @Override
    public String run() throws IOException {
      Path steps = new Path(folder(), "_steps");
      Curation.shorten(
          spark,
          folders.judged(),
          folders.contamination(),
          folders.duplicates(),
          config,
          folder(),
          new PublishedSteps(steps, hadoop));
      steps.getFileSystem(hadoop).delete(steps, true);
      return "%,d documents hold passages of others"
          .formatted(spark.read().parquet(folder().toString()).count());
    }

    @Override
    public boolean resumes() {
      return true;
    }
  }

  /** Writes documents/, and the ledger of what was written. */
  private final class Conclude implements Stage {
    @Override
    public String name() {
      return StageName.CURATE.toString();
    }

    @Override
    public Path folder() {
      return folders.documents();
    }

    @Override
    public SortedMap<String, String> inputs() throws IOException {
      return passages(contamination(new Inputs(CONCLUDE_VERSION)))
          .configuration(PROFILE, profile)
          .value(PER_HOST, Integer.toString(config.perHost()))
          .value("curate.rejected-text", config.rejectedText())
          .published(JUDGE, folders.judged(), hadoop)
          .published("curate: deduplicate", folders.duplicates(), hadoop)
          .all();
    }

    @Override
    public List<Path> besides() {
      return List.of(folders.ledger(), folders.ledgerJson());
    }

    @Override
    public String run() throws IOException {
      Ledger ledger =
          Curation.conclude(
              spark,
              config,
              folders.judged(),
              folders.contamination(),
              folders.duplicates(),
              folders.passages(),
              folder(),
              folders.ledger(),
              folders.ledgerJson());
      return ledger.summary() + ledger.warning().map(warning -> "; WARNING: " + warning).orElse("");
    }
  }

  /** Signs the kept documents, for later runs to know them. */
  private final class Index implements Stage {
    @Override
    public String name() {
      return "curate: index";
    }

    @Override
    public Path folder() {
      return folders.index();
    }

    @Override
    public SortedMap<String, String> inputs() throws IOException {
      return new Inputs(VERSION)
          .configuration("curate.minhash", config.duplicates().minhash())
          .published(StageName.CURATE.toString(), folders.documents(), hadoop)
          .all();
    }

    @Override
    public String run() throws IOException {
      Curation.index(spark, folders.documents(), config.duplicates().minhash(), folder());
      return "%,d documents signed".formatted(spark.read().parquet(folder().toString()).count());
    }
  }
}
