package org.deepseekplugin.cli;

import org.deepseekplugin.cli.commands.AllocateCommand;
import org.deepseekplugin.cli.commands.ChatCommand;
import org.deepseekplugin.cli.commands.DeployCommand;
import org.deepseekplugin.cli.commands.EventsCommand;
import org.deepseekplugin.cli.commands.KeysCommand;
import org.deepseekplugin.cli.commands.LogsCommand;
import org.deepseekplugin.cli.commands.ModelsCommand;
import org.deepseekplugin.cli.commands.NodesCommand;
import org.deepseekplugin.cli.commands.OffersCommand;
import org.deepseekplugin.cli.commands.ReleaseCommand;
import org.deepseekplugin.cli.commands.ServicesCommand;
import org.deepseekplugin.cli.commands.StatusCommand;
import org.deepseekplugin.cli.commands.UsageCommand;
import org.deepseekplugin.cli.commands.Version;
import org.deepseekplugin.cli.commands.VersionCommand;
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
            StatusCommand.class,
            OffersCommand.class,
            NodesCommand.class,
            ServicesCommand.class,
            DeployCommand.class,
            AllocateCommand.class,
            ReleaseCommand.class,
            ChatCommand.class,
            ModelsCommand.class,
            KeysCommand.class,
            EventsCommand.class,
            LogsCommand.class,
            UsageCommand.class,
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
