package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// What a machine has on the real disk; nothing of it is outside.
///
/// ```
/// <id>/disk/{deepseek,home,tmp}   what it may write
/// <id>/user-data                  what it runs
/// <id>/console.log                what that printed
/// <id>/accelerators.json          what its devices are said to do
/// <id>/guard                      its process group
/// ```
record MachineFolder(Path path) {

    String id() {
        return path.getFileName().toString();
    }

    Path disk() {
        return path.resolve("disk");
    }

    Path deepseekHome() {
        return disk().resolve("deepseek");
    }

    Path home() {
        return disk().resolve("home");
    }

    Path temporary() {
        return disk().resolve("tmp");
    }

    Path userData() {
        return path.resolve("user-data");
    }

    Path console() {
        return path.resolve("console.log");
    }

    Path accelerators() {
        return path.resolve("accelerators.json");
    }

    Path guard() {
        return path.resolve("guard");
    }

    void create(byte[] script) throws IOException {
        for (var folder : List.of(deepseekHome(), home(), temporary())) {
            Files.createDirectories(folder);
        }
        Files.write(userData(), script);
        Files.setPosixFilePermissions(userData(), PosixFilePermissions.fromString("rwx------"));
    }

    void remove() throws IOException {
        RemoveTree.of(path);
    }

    Optional<String> recordedGuard() throws IOException {
        return Files.exists(guard()) ? Optional.of(Files.readString(guard())) : Optional.empty();
    }
}
