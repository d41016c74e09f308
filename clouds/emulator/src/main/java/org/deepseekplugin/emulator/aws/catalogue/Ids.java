package org.deepseekplugin.emulator.aws.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.machines.Naming;
import org.deepseekplugin.emulator.offers.Zone;

/// Ids as EC2 makes them: a prefix and 17 hexadecimal digits.
public record Ids(RandomGenerator random) implements Naming {
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

    public String fresh(String prefix) {
        var bytes = new byte[8];
        random.nextBytes(bytes);
        return prefix + "0" + HexFormat.of().formatHex(bytes);
    }

    /// The same id for the same text, on every computer.
    public static String fixed(String prefix, String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return prefix + "0" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// `usw2-az1` for `us-west-2a`, as AWS writes them.
    public static String zone(Zone zone) {
        var words = zone.region().split("-", -1);
        var area =
                switch (words[1]) {
                    case "northeast" -> "ne";
                    case "northwest" -> "nw";
                    case "southeast" -> "se";
                    case "southwest" -> "sw";
                    default -> words[1].substring(0, 1);
                };
        int number = zone.name().charAt(zone.name().length() - 1) - 'a' + 1;
        return words[0] + area + words[2] + "-az" + number;
    }

    /// The name of a machine in its region's own network.
    public static String privateName(String address, String region) {
        return "ip-%s.%s.compute.internal".formatted(address.replace('.', '-'), region);
    }

    public static void checkInstance(String id) {
        if (!INSTANCE.matcher(id).matches()) {
            throw new AwsError("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
        }
    }

    public static void checkImage(String id) {
        if (!IMAGE.matcher(id).matches()) {
            throw new AwsError(
                    "InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
    }
}
