package org.deepseekplugin.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Requests that no SDK would make, with a genuine signature by AWS' own signer.
final class Signed {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static HttpResponse<String> post(Endpoints.Aws aws, String form) {
        return post(aws, form, Clock.systemUTC());
    }

    /// @param clock what the client takes for the time
    static HttpResponse<String> post(Endpoints.Aws aws, String form, Clock clock) {
        var signed =
                AwsV4HttpSigner.create()
                        .sign(r ->
                                r.identity(
                                                AwsCredentialsIdentity.create(
                                                        aws.accessKeyId(), aws.secretAccessKey()))
                                        .request(request(aws))
                                        .payload(ContentStreamProvider.fromUtf8String(form))
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, aws.region())
                                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        var copy =
                HttpRequest.newBuilder(URI.create(aws.endpoint() + "/"))
                        .POST(BodyPublishers.ofByteArray(form.getBytes(UTF_8)));
        signed.request()
                .headers()
                .forEach((name, values) -> {
                    if (!name.equalsIgnoreCase("Host")) {
                        values.forEach(value -> copy.header(name, value));
                    }
                });
        try {
            return CLIENT.send(copy.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + form, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SdkHttpRequest request(Endpoints.Aws aws) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(aws.endpoint() + "/"))
                .build();
    }

    private Signed() {}
}
