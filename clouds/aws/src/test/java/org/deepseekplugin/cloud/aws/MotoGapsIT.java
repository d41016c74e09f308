package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;

/// What `MotoConformanceIT` says that moto lacks, it does lack: when a newer moto fills a gap, this
/// fails, and the gap is to be taken out there.
final class MotoGapsIT {
    private Moto moto;
    private Ec2Client ec2;

    @BeforeEach
    void start() throws IOException {
        moto = Moto.start();
        ec2 =
                Ec2Client.builder()
                        .endpointOverride(URI.create(moto.endpoint()))
                        .region(Region.of(TestDrivers.REGION))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .build();
    }

    @AfterEach
    void stop() {
        if (moto != null) {
            ec2.close();
            moto.close();
        }
    }

    @Test
    void a_known_client_token_makes_another_machine() {
        assertThat(run("t3.medium", 1)).doesNotContainAnyElementsOf(run("t3.medium", 1));
    }

    @Test
    void nothing_is_too_much_and_no_type_unknown() {
        assertThat(run("p5.48xlarge", 500)).hasSize(500);
        assertThat(run("p99.enormous", 1)).hasSize(1);
    }

    private List<String> run(String type, int machines) {
        return ec2
                .runInstances(r ->
                        r.imageId("ami-12c6146b")
                                .instanceType(type)
                                .minCount(machines)
                                .maxCount(machines)
                                .clientToken("the-same"))
                .instances()
                .stream()
                .map(Instance::instanceId)
                .toList();
    }
}
