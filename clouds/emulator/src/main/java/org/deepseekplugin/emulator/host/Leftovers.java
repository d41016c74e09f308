package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What is still running of a machine whose emulator died. Usually nothing: the guard saw its pipe
/// close. But a guard can be stopped, slow or killed as well.
final class Leftovers {

    /// Kills it and waits, at most 5 seconds, until it has ended.
    static void end(MachineFolder folder) throws IOException {
        var ending = new ArrayList<ProcessHandle>();
        folder.recordedGuard()
                .map(GroupId::parse)
                .flatMap(GroupId::leader)
                .ifPresent(leader -> {
                    Kill.group(leader.pid());
                    ending.add(leader);
                });
        for (var process : Processes.ofMachine(folder.id())) {
            process.destroyForcibly();
            ending.add(process);
        }
        var exits = ending.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(exits).completeOnTimeout(null, 5, TimeUnit.SECONDS).join();
    }

    private Leftovers() {}
}
