package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.AUTH;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.THROTTLED;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.UNAVAILABLE;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Why a call has no result: the cloud said no, or nobody knows.
sealed interface CallFailure {

    /// The cloud refused, or the request was certainly never sent.
    record Refused(CloudFailure failure) implements CallFailure {}

    /// The work may have been done.
    ///
    /// @param brokenOff the connection broke at once, so that asking again costs little; not so
    ///   after a deadline
    record Lost(String reason, boolean brokenOff) implements CallFailure {}

    static CallFailure of(Exception e, Target target) {
        return switch (e) {
            case CloudException known -> new Refused(known.failure());
            case AwsServiceException answer -> ofAnswer(answer, target);
            default -> ofSilence(e, target);
        };
    }

    /// The refusal, or an unanswered call as one.
    static CloudFailure failure(CallFailure why) {
        return switch (why) {
            case Refused(var failure) -> failure;
            case Lost(var reason, _) ->
                    new CloudFailure(
                            UNAVAILABLE,
                            Target.of("").scope(Reach.ONE_REQUEST),
                            "NoAnswer",
                            reason);
        };
    }

    private static CallFailure ofAnswer(AwsServiceException answer, Target target) {
        var details = Optional.ofNullable(answer.awsErrorDetails());
        var code = details.map(d -> d.errorCode()).orElse("Http" + answer.statusCode());
        var message = details.map(d -> d.errorMessage()).orElse("HTTP " + answer.statusCode());
        var row = FailureTable.find(code).orElseGet(() -> unlisted(answer.statusCode()));
        if (row.kind() == UNAVAILABLE && answer.statusCode() != 503) {
            return new Lost(code + ": " + message, false);
        }
        return new Refused(
                new CloudFailure(
                        row.kind(), target.scope(row.reach()), code, message, retryAfter(answer)));
    }

    /// A code that the table does not know is judged by its HTTP status.
    private static FailureTable.Row unlisted(int status) {
        var codes = List.<String>of();
        return switch (status) {
            case 401, 403 -> new FailureTable.Row(AUTH, Reach.ACCOUNT, codes);
            case 429 -> new FailureTable.Row(THROTTLED, Reach.REGION, codes);
            default ->
                    status >= 500
                            ? new FailureTable.Row(UNAVAILABLE, Reach.REGION, codes)
                            : new FailureTable.Row(INVALID, Reach.ONE_REQUEST, codes);
        };
    }

    private static Optional<Duration> retryAfter(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                .filter(seconds -> seconds.matches("\\d{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static CallFailure ofSilence(Exception e, Target target) {
        var reason = causes(e).reduce((_, last) -> last).orElse(e).toString();
        if (causes(e).anyMatch(CallFailure::neverSent)) {
            return new Refused(
                    new CloudFailure(
                            UNAVAILABLE, target.scope(Reach.REGION), "Unreachable", reason));
        }
        if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
            return new Refused(
                    new CloudFailure(
                            AUTH,
                            target.scope(Reach.ACCOUNT),
                            "NoCredentials",
                            String.valueOf(e.getMessage())));
        }
        boolean brokenOff =
                causes(e)
                        .anyMatch(cause ->
                                cause instanceof IOException
                                        && !(cause instanceof SocketTimeoutException));
        return new Lost(reason, brokenOff);
    }

    private static boolean neverSent(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof UnknownHostException;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(10);
    }
}
