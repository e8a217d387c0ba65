package io.gristmill.jobs.show;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import io.gristmill.curation.Curation;
import io.gristmill.curation.Judged;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.document.ParquetFiles;
import io.gristmill.curation.filter.Profile;
import io.gristmill.jobs.config.RunFolders;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows about one document in the folders of a run. */
final class RunRows {
  private static final Pattern PART = Pattern.compile("part-(\\d+)\\.parquet");
  private static final String ID = "[0-9a-f]{32}";
  private static final String PREFIX = "[0-9a-f]{1,31}";
  private static final int[] NEARER = {12, 8, 6, 5, 4, 3, 2, 1};
  private static final int TOLD = 10;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final RunFolders folders;
  private final Profile profile;

  /**
   * @param profile whose rules decide on what no later stage has seen
   */
  RunRows(SparkSession spark, RunFolders folders, Profile profile) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.folders = folders;
    this.profile = profile;
  }

  /**
   * The id of the one document that is asked for.
   *
   * @param asked an id, the beginning of one, or a URL
   * @throws IllegalArgumentException if there is none, or more than one
   */
  String id(String asked) throws IOException {
    String id = asked.strip().toLowerCase(Locale.ROOT);
    if (id.matches(ID)) {
      if (known(id)) {
        return id;
      }
      throw absent(id);
    }
    if (!id.matches(PREFIX) && !asked.contains("://")) {
      throw new IllegalArgumentException(
          "%s is neither an id (32 hex digits, or the first of them) nor a URL".formatted(asked));
    }
    Column matches =
        id.matches(PREFIX) ? col("id").startsWith(id) : col("url").equalTo(asked.strip());
    List<String> found = ids(matches);
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw id.matches(PREFIX)
          ? absent(id)
          : new IllegalArgumentException(
              "no record of %s has the URL %s; it is compared as a whole, so look at the scheme and the end"
                  .formatted(folders.output(), asked));
    }
    throw new IllegalArgumentException(
        "%s is %s%d records: %s; name one of them"
            .formatted(
                asked,
                found.size() > TOLD ? "more than " : "",
                Math.min(found.size(), TOLD),
                String.join(", ", found.subList(0, Math.min(found.size(), TOLD)))));
  }

  /** The row of documents/, where that is published. */
  Optional<Row> document(String id) throws IOException {
    return published(folders.documents())
        ? placed(folders.documents(), DocumentSchema.DOCUMENT, id).stream().findFirst()
        : Optional.empty();
  }

  /** The row of judged/, which is not placed by ids: its column of ids is read. */
  Optional<Row> judged(String id) throws IOException {
    return published(folders.judged())
        ? judged().where(col("id").equalTo(id)).limit(1).collectAsList().stream().findFirst()
        : Optional.empty();
  }

  /** The rows of a folder that is placed by ids; none where it is not published. */
  List<Row> rows(Path folder, StructType schema, String id) throws IOException {
    return published(folder) ? placed(folder, schema, id) : List.of();
  }

  boolean published(Path folder) throws IOException {
    return files().exists(new Path(folder, "_MANIFEST.json"));
  }

  private boolean known(String id) throws IOException {
    return document(id).isPresent() || judged(id).isPresent();
  }

  private IllegalArgumentException absent(String id) throws IOException {
    for (int length : NEARER) {
      if (length < id.length()) {
        List<String> near = ids(col("id").startsWith(id.substring(0, length)));
        if (!near.isEmpty()) {
          return new IllegalArgumentException(
              "no record of %s has the id %s; nearest: %s"
                  .formatted(
                      folders.output(),
                      id,
                      String.join(", ", near.subList(0, Math.min(3, near.size())))));
        }
      }
    }
    return new IllegalArgumentException(
        "no record of %s has the id %s, and none begins like it; is it of another run?"
            .formatted(folders.output(), id));
  }

  private List<String> ids(Column matches) throws IOException {
    Dataset<Row> rows;
    if (published(folders.documents())) {
      rows = Curation.documents(spark, folders.documents());
    } else if (published(folders.judged())) {
      rows = judged();
    } else {
      throw new IllegalStateException(
          "%s holds no document yet; run the stage curate first".formatted(folders.output()));
    }
    return rows
        .where(matches)
        .select("id")
        .distinct()
        .orderBy("id")
        .limit(TOLD + 1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Dataset<Row> judged() {
    return Judged.records(spark, folders.judged(), profile);
  }

  /**
   * Looks into the file that the hash of the id names, and, as files without rows are not written
   * and their number is read off the last, into all when it is not there; they are sorted by id.
   */
  private List<Row> placed(Path folder, StructType schema, String id) throws IOException {
    var paths = new TreeSet<Path>();
    int files = 0;
    for (FileStatus status : files().listStatus(folder)) {
      if (status.isDirectory() && status.getPath().getName().startsWith("outcome=")) {
        for (FileStatus part : files().listStatus(status.getPath())) {
          paths.add(part.getPath());
        }
      } else {
        paths.add(status.getPath());
      }
    }
    paths.removeIf(path -> !PART.matcher(path.getName()).matches());
    for (Path path : paths) {
      Matcher part = PART.matcher(path.getName());
      if (part.matches()) {
        files = Math.max(files, Integer.parseInt(part.group(1)) + 1);
      }
    }
    if (files == 0) {
      return List.of();
    }
    String likely =
        ParquetFiles.name(spark.range(1).select(pmod(hash(lit(id)), lit(files))).first().getInt(0));
    List<Row> rows =
        read(
            folder,
            schema,
            id,
            paths.stream().filter(path -> path.getName().equals(likely)).toList());
    return rows.isEmpty() ? read(folder, schema, id, List.copyOf(paths)) : rows;
  }

  private List<Row> read(Path folder, StructType schema, String id, List<Path> paths) {
    if (paths.isEmpty()) {
      return List.of();
    }
    boolean outcomes = schema.equals(DocumentSchema.DOCUMENT);
    StructType columns = outcomes ? DocumentSchema.DOCUMENTS : schema;
    return spark
        .read()
        .schema(columns)
        .option("basePath", folder.toString())
        .parquet(paths.stream().map(Path::toString).toArray(String[]::new))
        .where(col("id").equalTo(id))
        .collectAsList();
  }

  private FileSystem files() throws IOException {
    return folders.output().getFileSystem(hadoop);
  }
}
