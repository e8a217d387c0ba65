package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.exchange.ImportSource;
import io.gristmill.tokenization.exchange.ShardImport;
import io.gristmill.tokenization.exchange.TokenFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = ImportShards.NAME,
    mixinStandardHelpOptions = true,
    header = "Token shards from the files of other trainers.",
    description = {
      "",
      "Reads .bin files of Megatron (with its .idx), nanoGPT or llm.c and writes shards/ of the run,"
          + " shuffled, with a held-out part, in place of what tokenize would write. What stood there"
          + " is kept as shards.replaced-1.",
      "A run that begins with an import has no documents: go on with gristmill run --from mix.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill import-shards my.yaml --format llm.c --tokenizer gpt2 \\",
      "      --from fineweb10B --domain web --language en",
      "  gristmill import-shards my.yaml --format megatron \\",
      "      --from s3a://b/en --domain web --language en \\",
      "      --from s3a://b/zh --domain web --language zh"
    })
final class ImportShardsCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private TokenFormat format;

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  private List<Source> sources = new ArrayList<>();

  @Option(
      names = "--tokenizer",
      paramLabel = "FOLDER",
      description =
          "The tokenizer that made the tokens, a folder with a tokenizer.json; it becomes tokenizer/"
              + " of the run. Default: the one that is there.")
  private String tokenizer = "";

  static final class Source {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "PATH",
        description = "A file or a folder, with all below it; may be repeated with what follows.")
    private String path;

    @Option(
        names = "--domain",
        required = true,
        paramLabel = "NAME",
        description = "What a mixture weighs these documents by.")
    private String domain;

    @Option(
        names = "--language",
        required = true,
        paramLabel = "TAG",
        description = "Their language as a BCP 47 tag: en, zh-Hans.")
    private String language;

    ImportSource source() {
      return new ImportSource(path, domain, language);
    }
  }

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    ShardImport shardImport =
        new ShardImport(format, sources.stream().map(Source::source).toList());
    Road.travel(
        config,
        (spark, console) -> {
          List<Stage> stages = new ArrayList<>();
          if (!tokenizer.isEmpty()) {
            stages.add(new AdoptTokenizer(spark, config, new Path(tokenizer)));
          }
          stages.add(new ImportShards(spark, config, shardImport));
          return stages;
        },
        stages -> {});
    return 0;
  }
}
