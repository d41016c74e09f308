package org.deepseekplugin.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deepseekplugin.bundle.Platform;
import org.deepseekplugin.cli.up.Provisions;
import org.deepseekplugin.cli.up.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `deepseek fetch`: the bundled weights and natives into a folder, for tests and for machines
/// without a network.
@Command(
        name = "fetch",
        description = "Fetch the bundled weights and native libraries into a folder.",
        mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIR",
            description = "Gets weights/NAME and natives/llama/PLATFORM/.")
    Path into = Path.of(".");

    @Override
    public Integer call() {
        var steps = Steps.on(spec.commandLine().getOut());
        var provisions = new Provisions(steps, into.resolve("tmp"), System.getenv());
        provisions.namedWeights(into.resolve("weights"));
        provisions.natives(into.resolve("natives/llama").resolve(Platform.current().toString()));
        return 0;
    }
}
