package org.deepseekplugin.emulator.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.deepseekplugin.emulator.machines.Naming;

/// Ids as EC2 makes them: a prefix and 17 hexadecimal digits.
record Ids(RandomGenerator random) implements Naming {
    private static final Pattern INSTANCE = Pattern.compile("i-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern IMAGE = Pattern.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})");

    @Override
    public String launchId() {
        return fresh("r-");
    }

    @Override
    public String machineId() {
        return fresh("i-");
    }

    String fresh(String prefix) {
        var bytes = new byte[8];
        random.nextBytes(bytes);
        return prefix + "0" + HexFormat.of().formatHex(bytes);
    }

    /// The same id for the same text, on every computer.
    static String fixed(String prefix, String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return prefix + "0" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static void checkInstance(String id) {
        if (!INSTANCE.matcher(id).matches()) {
            throw new AwsError("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
        }
    }

    static void checkImage(String id) {
        if (!IMAGE.matcher(id).matches()) {
            throw new AwsError(
                    "InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
    }
}
