package org.deepseekplugin.cli;

import org.deepseekplugin.cli.client.Rejection;
import org.deepseekplugin.cli.commands.Version;
import org.deepseekplugin.platform.errors.PlatformException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// `deepseek`. Exits 0 when done, 1 when it failed, 2 when called wrongly.
public final class CliMain {

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "logback-cli.xml");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var root = new CommandLine(new Deepseek());
        root.getSubcommands().values().forEach(CliMain::tellVersion);
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(CliMain::calledWrongly)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    /// `--version` of a command is that of the program.
    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(CliMain::tellVersion);
    }

    private static int calledWrongly(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println(Suggestion.sentence(e));
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof PlatformException known) {
            command.getErr().println(known.sentence());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (e instanceof Rejection rejection) {
            rejection.faults().forEach(fault -> command.getErr().println(fault.sentence()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw e;
    }

    private CliMain() {}
}
