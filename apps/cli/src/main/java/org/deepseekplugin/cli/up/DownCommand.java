package org.deepseekplugin.cli.up;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `deepseek down`: ends what `up` started, wherever it was started, and waits until nothing is
/// left running.
@Command(name = "down", description = "End what `up` started.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:DEEPSEEK_DATA_DIR:-${sys:user.home}/.deepseek}",
            description = "As given to `up` (default: ~/.deepseek).")
    private Path dataDir = Path.of(".");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var folder = DataDir.open(dataDir);
        var holder = UpLock.holder(folder);
        if (holder.isEmpty()) {
            spec.commandLine().getOut().println("Nothing is up.");
            return 0;
        }
        Unfinished.sentence(folder).ifPresent(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        holder.get().destroy();
        try {
            holder.get().onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "The supervisor (pid %d) did not end within %d s. Its logs are in %s."
                            .formatted(
                                    holder.get().pid(),
                                    DEADLINE.toSeconds(),
                                    dataDir.resolve("logs")),
                    e);
        }
        spec.commandLine().getOut().println("Down.");
        return 0;
    }
}
