package io.gristmill.jobs;

import com.ibm.icu.util.VersionInfo;
import io.gristmill.curation.Curation;
import io.gristmill.curation.CurationConfig;
import io.gristmill.curation.dedup.Steps;
import io.gristmill.curation.ledger.Ledger;
import io.gristmill.curation.source.SourceConfig;
import io.gristmill.curation.source.SourceFile;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Sources to documents/, in stages that are published each: every record judged; the duplicates
 * among the kept; where asked for, the passages that stand in several of the others; and the
 * documents with their ledger.
 */
public final class Curate {
  private static final int VERSION = 1;
  private static final int CONCLUDE_VERSION = 2;
  private static final String PASSAGES = "curate: passages";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final CurationConfig config;
  private final RunFolders folders;

  Curate(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config.curate();
    this.folders = config.folders();
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.CURATE, arguments);
  }

  List<Stage> stages() {
    List<Stage> stages = new ArrayList<>(List.of(new Judge(), new Deduplicate()));
    if (config.passages().on()) {
      stages.add(new Passages());
    }
    stages.add(new Conclude());
    return stages;
  }

  /** Adds what documents lose because it stands elsewhere, where that is looked for. */
  private Inputs passages(Inputs inputs) throws IOException {
    return config.passages().on() ? inputs.published(PASSAGES, folders.passages(), hadoop) : inputs;
  }

  /** Reads, extracts, identifies, measures, judges and redacts every record, once. */
  private final class Judge implements Stage {
    @Override
    public String name() {
      return "curate: judge";
    }

    @Override
    public Path folder() {
      return folders.judged();
    }

    @Override
    public SortedMap<String, String> inputs() {
      List<SourceFile> files = Curation.inputs(config, hadoop);
      var list = new StringBuilder();
      files.forEach(
          file -> list.append("%s %d %d%n".formatted(file.path(), file.length(), file.modified())));
      return new Inputs(VERSION)
          .configuration("curate", config)
          .without("curate.minhash")
          .without("curate.passages")
          .value("number of input files", Integer.toString(files.size()))
          .hash("list of input files", list.toString())
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
    }

    private Path qualified(Path path) throws IOException {
      return path.getFileSystem(hadoop).makeQualified(path);
    }

    @Override
    public String run() {
      List<SourceFile> files = Curation.inputs(config, hadoop);
      Curation.judge(spark, files, config, folder());
      return "%,d files".formatted(files.size());
    }
  }

  /** Finds exact and near duplicates among what the filters kept. */
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
      return new Inputs(VERSION)
          .configuration("curate.minhash", config.minhash())
          .published("curate: judge", folders.judged(), hadoop)
          .all();
    }

    @Override
    public String run() throws IOException {
      Path steps = new Path(folder(), "_steps");
      Curation.deduplicate(
          spark, folders.judged(), config.minhash(), folder(), Steps.in(steps, hadoop));
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
          .configuration("curate.passages", config.passages())
          .published("curate: judge", folders.judged(), hadoop)
          .published("curate: deduplicate", folders.duplicates(), hadoop)
          .all();
    }

    @Override
    public String run() throws IOException {
      Path steps = new Path(folder(), "_steps");
      Curation.shorten(
          spark, folders.judged(), folders.duplicates(), config, folder(), Steps.in(steps, hadoop));
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
      return passages(new Inputs(CONCLUDE_VERSION))
          .value("curate.rejected-text", config.rejectedText())
          .published("curate: judge", folders.judged(), hadoop)
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
              Curation.inputs(config, hadoop),
              config,
              folders.judged(),
              folders.duplicates(),
              folders.passages(),
              folder(),
              folders.ledger(),
              folders.ledgerJson());
      return ledger.summary();
    }
  }
}
