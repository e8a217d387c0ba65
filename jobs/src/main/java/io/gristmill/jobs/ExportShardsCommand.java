package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.tokenization.exchange.ShardExport;
import io.gristmill.tokenization.exchange.TokenFormat;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = ExportShards.NAME,
    mixinStandardHelpOptions = true,
    header = "The token shards as files that other trainers read.",
    description = {
      "",
      "Reads shards/ of the run and writes, in the order of the global shuffle:",
      "  megatron   train.bin, train.idx, val.bin, val.idx; also GPT-NeoX and others",
      "  nanogpt    train.bin, val.bin; vocabularies of up to 65,536",
      "  llm.c      train_000000.bin …, val_000000.bin …",
      "With --merge one data set a split, otherwise one for each domain and language:"
          + " train/web/en.bin. tokens.json tells what is what.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  gristmill export-shards my.yaml --format nanogpt --merge --to nanoGPT/mine",
      "  gristmill export-shards my.yaml --format megatron --to s3a://b/megatron",
      "The tokenizer is tokenizer/ of the run: Megatron takes it as"
          + " --tokenizer-type HuggingFaceTokenizer --tokenizer-model FOLDER."
    })
final class ExportShardsCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private TokenFormat format;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write, on any Hadoop file system; new, empty, or an earlier export.")
  private String target;

  @Option(
      names = "--merge",
      description = "All domains and languages of a split in one data set, shuffled together.")
  private boolean merge;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    ShardExport export = new ShardExport(format, merge);
    Road.travel(
        config,
        (spark, console) -> List.of(new ExportShards(spark, config, export, new Path(target))),
        stages -> {});
    return 0;
  }
}
