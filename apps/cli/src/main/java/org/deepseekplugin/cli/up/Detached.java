package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// `up --detach`: the same `up` in a session of its own; this one shows its words and returns when
/// it is ready.
final class Detached {
    private static final long LOOK_EVERY_MILLIS = 100;

    private final DataDir dataDir;
    private final Steps steps;

    Detached(DataDir dataDir, Steps steps) {
        this.dataDir = dataDir;
        this.steps = steps;
    }

    int start(List<String> originalArguments) throws IOException, InterruptedException {
        UpLock.acquire(dataDir).close();
        var log = dataDir.log("up");
        Files.deleteIfExists(log);
        var process =
                new ProcessBuilder(commandLine(originalArguments))
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        int shown = 0;
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            shown = show(log, shown);
            if (isReady(Files.readString(log))) {
                show(log, shown);
                return 0;
            }
        }
        show(log, shown);
        throw new PlatformException(
                ErrorCode.INTERNAL, "It did not start; its words are above and in " + log + ".");
    }

    /// Everything that is said at the end is there.
    private static boolean isReady(String text) {
        int heading = text.indexOf("\n" + Ready.HEADING + "\n");
        return heading >= 0 && text.indexOf(Ready.LAST_WORDS + "\n", heading) >= 0;
    }

    private int show(Path log, int shown) throws IOException {
        var text = Files.readString(log);
        int end = text.lastIndexOf('\n') + 1;
        if (end > shown) {
            steps.say(text.substring(shown, end - 1));
        }
        return Math.max(shown, end);
    }

    private List<String> commandLine(List<String> originalArguments) {
        var line = new ArrayList<String>();
        // a session of its own: the terminal's Ctrl-C and hang-up do not reach it
        line.add("setsid");
        line.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-Duser.home=" + System.getProperty("user.home"),
                        Launcher.of(dataDir).property(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.deepseekplugin.cli.CliMain"));
        originalArguments.stream()
                .map(argument -> argument.equals("--detach") ? UpOptions.DETACHED : argument)
                .forEach(line::add);
        return line;
    }
}
