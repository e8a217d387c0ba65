package io.gristmill.jobs;

import io.gristmill.jobs.progress.Console;
import io.gristmill.trainer.vocabulary.ExtendedModel;
import io.gristmill.trainer.vocabulary.ModelExtension;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A model folder and an extended tokenizer to a model folder with a row for each new token. */
@Command(
    name = "extend-model",
    mixinStandardHelpOptions = true,
    header = "Gives a model the embedding rows that an extended tokenizer needs.",
    description = {
      "",
      "Continual pretraining of a model in a language that its tokenizer knows badly begins so: train a"
          + " tokenizer that extends the model's own, extend the model by it, train the model on.",
      "",
      "The row of a new token is the mean of the rows of the pieces that the old tokenizer cuts it"
          + " into, in the embedding and in the output head. Old ids keep their rows, all other tensors"
          + " are copied bit for bit, and config.json changes in vocab_size alone. The state of an"
          + " optimizer is left behind.",
      "",
      "Every path is a Hadoop path: a local folder, hdfs://… or s3a://…",
      ""
    },
    footer = {
      "",
      "Example:",
      "  scripts/gristmill run zh.yaml --to train-tokenizer   # tokenizer.extends: base",
      "  scripts/gristmill extend-model --model base \\",
      "      --tokenizer zh/tokenizer --output base-zh --pad-to 64",
      "  scripts/gristmill run zh.yaml                        # model.from: base-zh",
      "",
      "docs/training-model.md, \"Extending a vocabulary\", tells more."
    })
public final class ExtendModel implements Callable<Integer> {
  private static final String NAME = "extend-model";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description =
          "The model: config.json, model.safetensors (or shards with their index; F32, BF16 or F16),"
              + " and the tokenizer.json that it was trained with.")
  private String model = "";

  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "FOLDER",
      description =
          "The extended tokenizer.json: every id of the model's own stands for the same bytes in it,"
              + " new ids follow.")
  private String tokenizer = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where the new model is written; must not exist, or be empty. config.json and"
              + " _MANIFEST.json come last: a folder without them was never finished.")
  private String output = "";

  @Option(
      names = "--pad-to",
      paramLabel = "N",
      description =
          "Rows are added until their number is a multiple of N, as 64 or 128 suit matrix hardware;"
              + " they are the mean of all old rows. Default: ${DEFAULT-VALUE}, no padding.")
  private int multiple = 1;

  public static void main(String[] arguments) {
    Gristmill.runCommand(NAME, arguments);
  }

  @Override
  public Integer call() throws IOException {
    var extension =
        new ModelExtension(new Path(model), new Path(tokenizer), new Path(output), multiple);
    Console console = Console.standardError();
    try (SparkSession spark = Sessions.start(NAME)) { // for its Hadoop settings
      ExtendedModel extended = extension.write(spark.sparkContext().hadoopConfiguration());
      console.line(
          "%s: %,d rows, were %,d; %,d new tokens, each the mean of %.2f old ones on average"
              .formatted(
                  output,
                  extended.rows(),
                  extended.oldRows(),
                  extended.newTokens(),
                  extended.piecesPerToken()));
    }
    return 0;
  }
}
