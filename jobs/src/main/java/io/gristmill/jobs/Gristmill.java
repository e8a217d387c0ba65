package io.gristmill.jobs;

import io.gristmill.curation.yaml.ConfigurationException;
import io.gristmill.jobs.command.FailureMessage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code gristmill} command. Exit status 0: done; 1: the run failed; 2: bad usage,
 * configuration or input.
 */
@Command(
    name = "gristmill",
    mixinStandardHelpOptions = true,
    versionProvider = Gristmill.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "From a raw bilingual web crawl to a trained small language model, on Spark and CPUs.",
    description = {
      "",
      "Every stage of a run is described in one YAML file and writes one folder. A stage that is up to"
          + " date is skipped, one that was interrupted goes on, one whose inputs changed is made again.",
      ""
    },
    footer = {
      "",
      "Begin with:",
      "  scripts/gristmill quickstart                   the whole road on real pages, some minutes",
      "  cp conf/quickstart.yaml my.yaml                then point its sources at your own crawl",
      "  scripts/gristmill run my.yaml --to curate      and look at documents/ and the report",
      "",
      "--master URL and --conf KEY=VALUE go to spark-submit: --master spark://host:7077"
    },
    subcommands = {
      QuickstartCommand.class,
      RunCommand.class,
      CurateCommand.class,
      TrainPerplexity.Training.class,
      TrainClassifier.Training.class,
      StageCommands.TrainTokenizerCommand.class,
      StageCommands.TokenizeCommand.class,
      StageCommands.MixCommand.class,
      StageCommands.PretrainCommand.class,
      StopCommand.class,
      AblateCommand.class,
      StageCommands.EvaluateCommand.class,
      GenerateCommand.class,
      ExtendModel.class,
      StageCommands.ReportCommand.class,
      PlanCommand.class,
      CountTokensCommand.class,
      TokenizerReportCommand.class,
      ShowCommand.class,
      ExportShardsCommand.class,
      ImportShardsCommand.class,
      HelpCommand.class
    })
public final class Gristmill implements Runnable {
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one subcommand; {@code main} of every job comes through here. */
  static int execute(String... arguments) {
    return new CommandLine(new Gristmill())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              boolean stackTrace = System.getProperty("gristmill.stacktrace") != null;
              command.getErr().println("gristmill: " + FailureMessage.of(failure));
              if (stackTrace) {
                failure.printStackTrace(command.getErr());
              }
              return badInput(failure) ? BAD_INPUT : FAILED;
            })
        .execute(arguments);
  }

  /** The {@code main} of a stage's job: the same options without the subcommand's name. */
  static void runStage(StageName stage, String[] arguments) {
    runCommand(stage.toString(), arguments);
  }

  /** The {@code main} of the job of a command. */
  static void runCommand(String command, String[] arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    System.exit(execute(all));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; 'gristmill quickstart' is a good first one");
  }

  private static boolean badInput(Throwable failure) {
    return failure instanceof ConfigurationException || failure instanceof IllegalArgumentException;
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Gristmill.class.getPackage().getImplementationVersion();
      return new String[] {"gristmill " + (version == null ? "development" : version)};
    }
  }
}
