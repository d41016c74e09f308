package org.deepseekplugin.cloud.spi;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Renders a [Bootstrap] as one POSIX shell script: what cloud-init runs as user data, and SSH as a
/// command. The same bootstrap gives the same bytes, so a repeated request stays the same request.
public final class ShellScript {

    public static String of(Bootstrap bootstrap) {
        return """
        #!/bin/sh
        set -eu
        umask 077
        export DEEPSEEK_HOME="${DEEPSEEK_HOME:-/opt/deepseek}"
        mkdir -p "$DEEPSEEK_HOME"
        cd "$DEEPSEEK_HOME"
        """
                + files(bootstrap.files())
                + env(bootstrap.env())
                + "exec "
                + bootstrap.argv().stream().map(ShellScript::quote).collect(joining(" "))
                + "\n";
    }

    private static String files(List<Bootstrap.File> files) {
        var script = new StringBuilder();
        for (var file : files) {
            int slash = file.path().lastIndexOf('/');
            if (slash > 0) {
                script.append("mkdir -p ")
                        .append(quote(file.path().substring(0, slash)))
                        .append('\n');
            }
            script.append("printf %s ")
                    .append(quote(file.content()))
                    .append(" > ")
                    .append(quote(file.path()))
                    .append('\n');
            script.append("chmod ")
                    .append(file.mode())
                    .append(' ')
                    .append(quote(file.path()))
                    .append('\n');
        }
        return script.toString();
    }

    private static String env(Map<String, String> env) {
        return new TreeMap<>(env)
                .entrySet().stream()
                        .map(entry ->
                                "export " + entry.getKey() + "=" + quote(entry.getValue()) + "\n")
                        .collect(joining());
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private ShellScript() {}
}
