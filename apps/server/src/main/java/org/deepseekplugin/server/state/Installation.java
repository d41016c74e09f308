package org.deepseekplugin.server.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;

/// What makes this installation itself: its certificate authority, the tag on its machines, and the
/// key that its tokens are made with. Made at the first start, the same ever after.
///
/// @param tokenKey at least 256 bits, hex
public record Installation(CertificateAuthority authority, OwnerTag owner, Secret tokenKey) {
    private static final int KEY_BYTES = 32;

    /// @param folder where the authority's `ca.pem` (0644) and `ca-key.pem` (0600) are
    public static Installation open(
            Path folder, Database database, Clock clock, SecureRandom random) {
        var settings = new Settings(database);
        var owner = settings.findOrCreate("owner", () -> "ds-" + hex(random, 8));
        var tokenKey = settings.findOrCreate("token-key", () -> hex(random, KEY_BYTES));
        return new Installation(
                authority(folder, owner, clock), new OwnerTag(owner), new Secret(tokenKey));
    }

    private static CertificateAuthority authority(Path folder, String owner, Clock clock) {
        var certificate = folder.resolve("ca.pem");
        var key = folder.resolve("ca-key.pem");
        if (Files.exists(certificate) && Files.exists(key)) {
            return restore(certificate, key, clock);
        }
        var authority = CertificateAuthority.create("DeepSeek Plugin " + owner, clock);
        PrivateFile.write(key, authority.identity().keyPem().reveal());
        PrivateFile.write(certificate, authority.certificatePem());
        PrivateFile.show(certificate);
        return authority;
    }

    private static CertificateAuthority restore(Path certificate, Path key, Clock clock) {
        try {
            var pem = Files.readString(certificate);
            var stored = new PemIdentity(pem, new Secret(Files.readString(key)), pem, Instant.MAX);
            return CertificateAuthority.restore(stored, clock);
        } catch (IOException | IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot read the certificate authority in %s (%s); restore both files from a backup. Without them every node must join again."
                            .formatted(certificate.getParent(), e),
                    e);
        }
    }

    private static String hex(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
