package org.deepseekplugin.cli.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.clouds.CloudAccounts;
import org.deepseekplugin.server.config.Configuration;
import org.deepseekplugin.server.config.DriverKeys;

/// The configuration files of whoever called `up`: those named by `--config`, else `deepseek.yaml`
/// in the data directory if there is one.
record OwnConfiguration(List<Path> files) {

    static OwnConfiguration of(List<Path> named, DataDir dataDir) {
        var usual = dataDir.root().resolve("deepseek.yaml");
        return new OwnConfiguration(
                named.isEmpty() && Files.exists(usual) ? List.of(usual) : named);
    }

    /// Before anything is fetched or started.
    ///
    /// @param below what will lie under these files, with the same keys
    /// @throws PlatformException naming every problem, or the file that is missing
    void check(List<Path> below) {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new PlatformException(
                        ErrorCode.INVALID_CONFIG,
                        "There is no file %s. Correct --config, or leave it out."
                                .formatted(file.toAbsolutePath().normalize()));
            }
        }
        if (!files.isEmpty()) {
            Configuration.read(over(below), new DriverKeys(CloudAccounts.factories()));
        }
    }

    /// These files last, so that they win.
    List<Path> over(List<Path> below) {
        var all = new ArrayList<>(below);
        all.addAll(files);
        return all;
    }
}
