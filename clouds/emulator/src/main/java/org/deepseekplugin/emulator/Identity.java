package org.deepseekplugin.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.aws.AwsAccount;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;

/// What stays the same over restarts: credentials, made at random at the first start, and ports.
///
/// @param controlSecret part of the control URL
/// @param metadataSecret signs metadata tokens
/// @param awsPort,controlPort 0 before the first start
record Identity(
        String awsAccount,
        String awsAccessKeyId,
        String awsSecretAccessKey,
        String controlSecret,
        String metadataSecret,
        int awsPort,
        int controlPort) {

    static Identity loadOrCreate(Path file, RandomGenerator random) throws IOException {
        if (Files.exists(file)) {
            return Json.read(Files.readAllBytes(file), Identity.class);
        }
        var aws = AwsAccount.create(random);
        var identity =
                new Identity(
                        aws.number(),
                        aws.accessKeyId(),
                        aws.secretAccessKey().reveal(),
                        secret(random),
                        secret(random),
                        0,
                        0);
        DataDir.writePrivate(file, identity);
        return identity;
    }

    AwsAccount aws() {
        return new AwsAccount(awsAccount, awsAccessKeyId, new Secret(awsSecretAccessKey));
    }

    Identity at(int newAwsPort, int newControlPort) {
        return new Identity(
                awsAccount,
                awsAccessKeyId,
                awsSecretAccessKey,
                controlSecret,
                metadataSecret,
                newAwsPort,
                newControlPort);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "Identity[awsAccount=" + awsAccount + "]";
    }

    private static String secret(RandomGenerator random) {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
