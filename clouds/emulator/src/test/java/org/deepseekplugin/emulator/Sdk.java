package org.deepseekplugin.emulator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/// AWS' own clients, pointed at an emulator. They do not retry, so tests see each answer.
final class Sdk {
    static Ec2Client ec2(Endpoints.Aws aws) {
        return ec2(aws, aws.region(), aws.accessKeyId(), aws.secretAccessKey());
    }

    static Ec2Client ec2(Endpoints.Aws aws, String region, String keyId, String secret) {
        return configure(Ec2Client.builder(), aws, region, keyId, secret).build();
    }

    static StsClient sts(Endpoints.Aws aws) {
        return configure(
                        StsClient.builder(),
                        aws,
                        aws.region(),
                        aws.accessKeyId(),
                        aws.secretAccessKey())
                .build();
    }

    static SsmClient ssm(Endpoints.Aws aws) {
        return configure(
                        SsmClient.builder(),
                        aws,
                        aws.region(),
                        aws.accessKeyId(),
                        aws.secretAccessKey())
                .build();
    }

    /// One machine of the type that the endpoints name.
    static RunInstancesRequest.Builder order(Endpoints.Aws aws, String token, String script) {
        return RunInstancesRequest.builder()
                .imageId(aws.imageId())
                .instanceType(aws.instanceType())
                .minCount(1)
                .maxCount(1)
                .clientToken(token)
                .userData(base64(script));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configure(
            B builder, Endpoints.Aws aws, String region, String keyId, String secret) {
        return builder.endpointOverride(URI.create(aws.endpoint()))
                .region(Region.of(region))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
                .overrideConfiguration(
                        ClientOverrideConfiguration.builder()
                                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                                .build())
                .httpClientBuilder(
                        Apache5HttpClient.builder()
                                .socketTimeout(Duration.ofSeconds(10))
                                .proxyConfiguration(
                                        ProxyConfiguration.builder()
                                                .useSystemPropertyValues(false)
                                                .useEnvironmentVariableValues(false)
                                                .build()));
    }

    private Sdk() {}
}
