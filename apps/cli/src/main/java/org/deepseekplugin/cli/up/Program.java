package org.deepseekplugin.cli.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A main class of ours, to be run as a process of its own with this process's Java and class path.
///
/// @param heap largest heap, in Java's notation
record Program(String name, String mainClass, String heap, List<String> arguments) {

    List<String> commandLine() {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=" + (name.equals("server") ? "4" : "1"),
                        "-Xmx" + heap,
                        "-Duser.home=" + System.getProperty("user.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        mainClass));
        line.addAll(arguments);
        // a child that watches its standard input ends with its parent, however that ends
        line.add("--watch-stdin");
        return line;
    }
}
