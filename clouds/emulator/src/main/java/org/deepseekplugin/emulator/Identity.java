package org.deepseekplugin.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.aws.protocol.AwsAccount;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.jspecify.annotations.Nullable;

/// What stays the same over restarts: secrets, made at random when they are first needed, and
/// ports.
///
/// @param controlSecret part of the control URL
/// @param metadataSecret signs metadata tokens
/// @param ports of the last start, by listener
record Identity(
        String controlSecret, String metadataSecret, Map<String, Integer> ports, AwsKeys aws) {

    record AwsKeys(String accountNumber, String accessKeyId, String secretAccessKey) {
        static AwsKeys of(AwsAccount account) {
            return new AwsKeys(
                    account.number(), account.accessKeyId(), account.secretAccessKey().reveal());
        }

        AwsAccount account() {
            return new AwsAccount(accountNumber, accessKeyId, new Secret(secretAccessKey));
        }

        /// Without the secret.
        @Override
        public String toString() {
            return "AwsKeys[" + accountNumber + "]";
        }
    }

    /// As an emulator that knew fewer clouds may have left it.
    private record Stored(
            @Nullable String controlSecret,
            @Nullable String metadataSecret,
            @Nullable Map<String, Integer> ports,
            @Nullable AwsKeys aws) {

        Identity completed(RandomGenerator random) {
            return new Identity(
                    controlSecret == null ? secret(random) : controlSecret,
                    metadataSecret == null ? secret(random) : metadataSecret,
                    ports == null ? Map.of() : Map.copyOf(ports),
                    aws == null ? AwsKeys.of(AwsAccount.create(random)) : aws);
        }
    }

    static Identity loadOrCreate(Path file, RandomGenerator random) throws IOException {
        var stored =
                Files.exists(file)
                        ? Json.read(Files.readAllBytes(file), Stored.class)
                        : new Stored(null, null, null, null);
        var identity = stored.completed(random);
        DataDir.writePrivate(file, identity);
        return identity;
    }

    Secret seal() {
        return new Secret(metadataSecret);
    }

    Identity at(Map<String, Integer> newPorts) {
        return new Identity(controlSecret, metadataSecret, newPorts, aws);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "Identity[" + aws + "]";
    }

    private static String secret(RandomGenerator random) {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
