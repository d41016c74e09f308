package org.deepseekplugin.agent;

import java.util.List;

/// Fake engines on this machine, by what they were started with.
final class EngineProcesses {

    static List<ProcessHandle> of(String replica) {
        return ProcessHandle.allProcesses().filter(each -> runs(each, replica)).toList();
    }

    private static boolean runs(ProcessHandle process, String replica) {
        var arguments = List.of(process.info().arguments().orElse(new String[0]));
        return arguments.contains(FakeEngineMain.class.getName()) && arguments.contains(replica);
    }

    private EngineProcesses() {}
}
