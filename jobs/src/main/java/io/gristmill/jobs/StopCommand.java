package io.gristmill.jobs;

import io.gristmill.jobs.config.RunConfig;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.progress.Console;
import io.gristmill.jobs.stage.Manifest;
import io.gristmill.trainer.training.StopRequest;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    header = "Asks the training of a configuration to stop, wherever it runs.",
    description = {
      "",
      "It finishes the step that it is at, writes a checkpoint and exits with status 0. The next run"
          + " goes on from there and ends with the bytes that it would have had. SIGTERM to the"
          + " command that trains does the same.",
      "",
      "The wish is a file _STOP in the training's folder, which the training takes away when it"
          + " has stopped, or when it begins.",
      ""
    })
final class StopCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Mixin private DecayFrom decayFrom;

  @Override
  public Integer call() throws IOException {
    RunConfig config = options.read();
    RunFolders folders = config.folders();
    OptionalLong decay = decayFrom.step();
    Path training = decay.isPresent() ? folders.decay(decay.getAsLong()) : folders.training();
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    requireBegun(training, hadoop);
    StopRequest.in(training, hadoop).make();
    Console.standardError()
        .line(
            "asked the training in %s to stop: if one is under way, it ends after its step and writes a checkpoint"
                .formatted(training));
    return 0;
  }

  private static void requireBegun(Path training, Configuration hadoop) throws IOException {
    if (!training.getFileSystem(hadoop).exists(training)) {
      throw new IllegalArgumentException(
          "%s does not exist, so no training has begun there; end a command that is at an earlier stage by SIGINT, it goes on where it can"
              .formatted(training));
    }
    if (Manifest.read(training, hadoop).isPresent()) {
      throw new IllegalArgumentException(
          "the training in %s is complete; there is nothing to stop".formatted(training));
    }
  }
}
