package org.deepseekplugin.bundle;

import static java.util.Locale.ROOT;

/// An operating system and a processor, as bundles are named: `linux-x64`.
public record Platform(String os, String arch) {

    /// Of this machine.
    public static Platform current() {
        var os =
                System.getProperty("os.name").toLowerCase(ROOT).startsWith("mac")
                        ? "macos"
                        : "linux";
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        return new Platform(os, arch);
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
