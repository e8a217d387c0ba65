package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerJson;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The folder of a tokenizer to tokenizer/, in place of what train-tokenizer would write. */
final class AdoptTokenizer implements Stage {
  private static final int VERSION = 1;

  private final Configuration hadoop;
  private final Path from;
  private final Path to;

  AdoptTokenizer(SparkSession spark, RunConfig config, Path from) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.from = from;
    this.to = config.folders().tokenizer();
  }

  @Override
  public String name() {
    return "adopt-tokenizer";
  }

  @Override
  public Path folder() {
    return to;
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION).value("tokenizer", read(from).sha256()).all();
  }

  @Override
  public boolean keepsWhatItReplaces() {
    return true;
  }

  @Override
  public String run() throws IOException {
    FileSystem source = from.getFileSystem(hadoop);
    FileSystem target = to.getFileSystem(hadoop);
    for (FileStatus status : source.listStatus(from)) {
      String name = status.getPath().getName();
      if (status.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
        FileUtil.copy(source, status.getPath(), target, new Path(to, name), false, true, hadoop);
      }
    }
    return "%,d tokens, those of %s".formatted(read(to).vocabularySize(), from);
  }

  private Tokenizer read(Path folder) throws IOException {
    return TokenizerJson.read(new Path(folder, TokenizerJson.FILE), hadoop);
  }
}
