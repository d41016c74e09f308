package org.deepseekplugin.cli;

import org.deepseekplugin.cli.up.DownCommand;
import org.deepseekplugin.cli.up.UpCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The root: `deepseek COMMAND`.
@Command(
        name = "deepseek",
        description = "One control plane and one OpenAI-compatible endpoint over many clouds.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            FetchCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
final class Deepseek implements Runnable {
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
