package org.deepseekplugin.cloud.spi;

import java.util.List;
import java.util.Map;

/// What a machine must run first. Drivers render it as cloud-init, sbatch, a pod or SSH;
/// [ShellScript] is the form that most of them want. It needs sh, tar, curl and sha256sum, writes
/// below `$DEEPSEEK_HOME` only.
///
/// @param files written below `$DEEPSEEK_HOME`, before `argv` runs
/// @param env set for `argv`
/// @param argv a program and its arguments, run in `$DEEPSEEK_HOME`; the program may be one of the
///   files
public record Bootstrap(List<File> files, Map<String, String> env, List<String> argv) {

    /// @param path relative to `$DEEPSEEK_HOME`, without `..`
    /// @param mode octal, such as `600`
    public record File(String path, String mode, String content) {
        public File {
            if (path.startsWith("/") || path.contains("..")) {
                throw new IllegalArgumentException(
                        "path \"" + path + "\" must stay below $DEEPSEEK_HOME");
            }
            if (!mode.matches("[0-7]{3}")) {
                throw new IllegalArgumentException(
                        "mode \"" + mode + "\" must be three octal digits");
            }
        }
    }

    public Bootstrap {
        files = List.copyOf(files);
        env = Map.copyOf(env);
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv must name a program");
        }
    }
}
