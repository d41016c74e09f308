package org.deepseekplugin.cloud.aws;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/// The SDK's clients, one set a region over one connection pool. Thread-safe.
final class AwsClients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;

    /// @param launch for calls that must not be repeated blindly: it never retries
    /// @param query for calls that are safe to repeat
    record Regional(Ec2Client launch, Ec2Client query, SsmClient parameters) {}

    private final AwsConfig config;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final Map<String, Regional> regions = new ConcurrentHashMap<>();

    AwsClients(AwsConfig config) {
        this.config = config;
        this.credentials = credentials(config);
        this.http = http(config);
    }

    Regional in(String region) {
        return regions.computeIfAbsent(region, this::connect);
    }

    @Override
    public void close() {
        for (var client : regions.values()) {
            client.launch().close();
            client.query().close();
            client.parameters().close();
        }
        http.close();
    }

    private Regional connect(String region) {
        return new Regional(
                set(Ec2Client.builder(), region, DefaultRetryStrategy.doNotRetry()).build(),
                set(Ec2Client.builder(), region, retries()).build(),
                set(SsmClient.builder(), region, retries()).build());
    }

    private <
                    B extends
                            AwsSyncClientBuilder<B, ?>
                                    & software.amazon.awssdk.awscore.client.builder
                                                    .AwsClientBuilder<
                                            B, ?>>
            B set(B builder, String region, RetryStrategy retries) {
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.httpClient(http)
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(override -> {
                    override.retryStrategy(retries)
                            .apiCallAttemptTimeout(config.deadline())
                            .apiCallTimeout(config.deadline().multipliedBy(retries.maxAttempts()));
                    if (config.staticKeys().isPresent()) {
                        override.defaultProfileFile(ProfileFile.aggregator().build());
                    }
                });
    }

    /// Lost connections and broken answers only. Throttling is left to the account's rate budget:
    /// retrying it here would multiply the calls just when there are too many.
    private static RetryStrategy retries() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnExceptionOrCauseInstanceOf(IOException.class)
                .retryOnException(e -> e instanceof SdkServiceException s && s.statusCode() == 502)
                .build();
    }

    private static AwsCredentialsProvider credentials(AwsConfig config) {
        if (config.staticKeys().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        var keys = config.staticKeys().get();
        return StaticCredentialsProvider.create(
                keys.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                keys.id(), keys.secret(), keys.sessionToken().get())
                        : AwsBasicCredentials.create(keys.id(), keys.secret()));
    }

    private static SdkHttpClient http(AwsConfig config) {
        var builder =
                Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(config.deadline())
                        .connectionAcquisitionTimeout(config.deadline())
                        .maxConnections(50);
        config.endpoint().ifPresent(endpoint -> builder.proxyConfiguration(noProxy(endpoint)));
        return builder.build();
    }

    /// A server of one's own is reached directly, whatever the environment says about proxies.
    private static ProxyConfiguration noProxy(URI endpoint) {
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .addNonProxyHost(endpoint.getHost())
                .build();
    }
}
