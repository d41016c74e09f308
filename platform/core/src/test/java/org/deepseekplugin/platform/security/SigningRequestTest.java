package org.deepseekplugin.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SigningRequestTest {
    @Test
    void is_signed_by_an_authority_that_never_sees_the_key() throws Exception {
        var authority = CertificateAuthority.create("test", Clock.systemUTC());
        var request = SigningRequest.create("node");

        var pem =
                authority.issueFor(
                        request.csrPem(), "node-1", List.of("127.0.0.1"), Duration.ofHours(1));

        var certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        assertThat(certificate.getPublicKey())
                .isEqualTo(CertificateAuthority.publicKeyOf(request.csrPem()));
        assertThat(request.toString()).doesNotContain("PRIVATE");
    }
}
