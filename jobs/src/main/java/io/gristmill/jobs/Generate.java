package io.gristmill.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gristmill.jobs.config.GenerateConfig;
import io.gristmill.jobs.config.GenerateConfig.Prompt;
import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Inputs;
import io.gristmill.jobs.stage.Stage;
import io.gristmill.tokenization.Tokenizer;
import io.gristmill.tokenization.format.TokenizerFiles;
import io.gristmill.trainer.checkpoint.Checkpoints;
import io.gristmill.trainer.checkpoint.HuggingFace;
import io.gristmill.trainer.generation.Sampling;
import io.gristmill.trainer.generation.TextGenerator;
import io.gristmill.trainer.kernel.Kernels;
import io.gristmill.trainer.model.Decoder;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ModelConfig;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The last checkpoint to generations.jsonl: what the model writes on from each prompt. */
public final class Generate implements Stage {
  private static final int VERSION = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;
  private final GenerateConfig config;
  private final RunFolders folders;
  private final Console console;

  Generate(SparkSession spark, RunConfig config, Console console) {
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.config = config.generate();
    this.folders = config.folders();
    this.console = console;
  }

  public static void main(String[] arguments) {
    Gristmill.runStage(StageName.GENERATE, arguments);
  }

  @Override
  public String name() {
    return StageName.GENERATE.toString();
  }

  @Override
  public Path folder() {
    return folders.generation();
  }

  @Override
  public SortedMap<String, String> inputs() throws IOException {
    return new Inputs(VERSION)
        .configuration("generate", config)
        .published("pretrain", folders.training(), hadoop)
        .all();
  }

  @Override
  public String run() throws IOException {
    var checkpoints = new Checkpoints(new Path(folders.training(), "checkpoints"), hadoop);
    long step =
        checkpoints
            .lastGood(console::line)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s: no checkpoint; run the stage pretrain first"
                            .formatted(folders.training())));
    Path checkpoint = checkpoints.folder(step);
    FileSystem files = checkpoints.files();
    ModelConfig shape = HuggingFace.readConfig(files, checkpoint);
    Tensors weights = HuggingFace.readWeights(files, checkpoint, shape);
    Tokenizer tokenizer = TokenizerFiles.read(checkpoint, hadoop);
    var model = new Llama(shape, Kernels.best());
    var generator =
        new TextGenerator(
            tokenizer, new Sampling(config.temperature(), config.topK(), config.topP()));
    Path file = new Path(folder(), "generations.jsonl");
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      for (int i = 0; i < config.prompts().size(); i++) {
        Prompt prompt = config.prompts().get(i);
        var decoder = new Decoder(model, weights, shape.maxSequenceLength());
        long seed = config.seed() + i;
        String text =
            generator.generate(
                decoder::next,
                shape.maxSequenceLength(),
                prompt.text(),
                config.maxTokens(),
                seed,
                whole -> {});
        console.line("  %s: %s|%s".formatted(prompt.language(), prompt.text(), text.strip()));
        out.write((line(prompt, text, seed) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return "%d texts by %s".formatted(config.prompts().size(), checkpoint.getName());
  }

  /** The measures are of the prompt and what follows it: what a person reads. */
  private ObjectNode line(Prompt prompt, String text, long seed) {
    TextMeasures measures = TextMeasures.of(prompt.text() + text);
    return JSON.createObjectNode()
        .put("language", prompt.language())
        .put("prompt", prompt.text())
        .put("text", text)
        .put("seed", seed)
        .put("temperature", config.temperature())
        .put("top_k", config.topK())
        .put("top_p", config.topP())
        .put("han_share", measures.hanShare())
        .put("latin_share", measures.latinShare())
        .put("distinct_4grams", measures.distinctFourGrams())
        .put("replacement_characters", measures.replacementCharacters());
  }
}
