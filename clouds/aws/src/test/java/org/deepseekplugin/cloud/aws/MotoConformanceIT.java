package org.deepseekplugin.cloud.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.testkit.conformance.CloudDriverConformance;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest;
import org.deepseekplugin.cloud.testkit.conformance.DocumentedConformance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;

/// The driver against an AWS that we did not write, behind a proxy that loses answers. Its image
/// comes from the parameter store, as in the real cloud.
final class MotoConformanceIT extends CloudDriverConformance {
    @RegisterExtension
    static final DocumentedConformance DOCUMENT =
            DocumentedConformance.in(Path.of("../../docs/clouds/aws.md"), "moto");

    @Override
    protected CloudUnderTest start() throws IOException {
        return new MotoCloud(Moto.start());
    }

    private static final class MotoCloud implements CloudUnderTest {
        /// One of the public parameters that moto has.
        private static final String IMAGE =
                "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

        private final Moto moto;
        private final DisturbingProxy proxy;
        private final Ec2Client ec2;

        MotoCloud(Moto moto) throws IOException {
            this.moto = moto;
            this.proxy = new DisturbingProxy(moto.endpoint());
            this.ec2 =
                    Ec2Client.builder()
                            .endpointOverride(URI.create(moto.endpoint()))
                            .region(Region.of(TestDrivers.REGION))
                            .credentialsProvider(
                                    StaticCredentialsProvider.create(
                                            AwsBasicCredentials.create("test", "test")))
                            .build();
        }

        @Override
        public CloudDriver connect() {
            // moto takes seconds for its first answers on a busy computer
            return TestDrivers.connect(
                    proxy.endpoint(),
                    "test",
                    "test",
                    Map.of("image-parameter", IMAGE, "deadline", "15s"));
        }

        @Override
        public Site site() {
            return new Site(TestDrivers.REGION, "us-west-2a", "us-west-2b", "t3.medium");
        }

        @Override
        public int pageSize() {
            return TestDrivers.PAGE_SIZE;
        }

        @Override
        public Map<Ability, String> lacks() {
            return Map.of(
                    Ability.TOKENS, "moto makes new machines for a known client token",
                    Ability.REFUSALS, "moto never refuses for capacity, quota, rights or rate",
                    Ability.CAPACITY, "moto's zones are never empty",
                    Ability.LAG, "moto's lists are never late");
        }

        @Override
        public void reset() {
            heal();
            moto.reset();
        }

        @Override
        public void refuse(Operation operation, CloudFailure.Kind kind, int after, int times) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disturb(Operation operation, Disturbance how, int after) {
            proxy.disturb(Actions.of(operation), how, after);
        }

        @Override
        public void heal() {
            proxy.heal();
        }

        @Override
        public void lag(Duration by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void capacity(String zone, String instanceType, int machines) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void kill(InstanceId id) {
            ec2.terminateInstances(r -> r.instanceIds(id.value()));
        }

        @Override
        public byte[] userData(InstanceId id) {
            var attribute =
                    ec2.describeInstanceAttribute(r ->
                            r.instanceId(id.value()).attribute(InstanceAttributeName.USER_DATA));
            return Base64.getDecoder().decode(attribute.userData().value());
        }

        @Override
        public List<TrueMachine> truth() {
            return ec2.describeInstancesPaginator().reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(MotoCloud::machine)
                    .toList();
        }

        @Override
        public int calls(Operation operation) {
            return proxy.calls(Actions.of(operation));
        }

        @Override
        public void close() {
            ec2.close();
            try (moto) {
                proxy.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static TrueMachine machine(Instance machine) {
            var token =
                    machine.tags().stream()
                            .filter(tag -> tag.key().equals(InstanceTags.TOKEN))
                            .map(Tag::value)
                            .findFirst()
                            .orElse("");
            return new TrueMachine(
                    new InstanceId("aws", TestDrivers.REGION, machine.instanceId()),
                    token,
                    Machines.state(machine.state().name()).isLive());
        }
    }
}
