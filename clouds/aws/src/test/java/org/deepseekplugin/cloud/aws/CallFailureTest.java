package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

final class CallFailureTest {
    private static final Target LAUNCH =
            Target.of(
                    new AllocationRequest(
                            "intent",
                            "token",
                            new OwnerTag("me"),
                            1,
                            1,
                            Market.SPOT,
                            "us-west-2",
                            "us-west-2a",
                            "p4d.24xlarge",
                            Cohesion.ANY,
                            new Bootstrap(List.of(), Map.of(), List.of("true")),
                            Map.of()));

    @ParameterizedTest
    @CsvSource({
        "InsufficientInstanceCapacity,500,CAPACITY",
        "Unsupported,400,CAPACITY",
        "VcpuLimitExceeded,400,QUOTA",
        "MaxSpotInstanceCountExceeded,400,QUOTA",
        "RequestLimitExceeded,503,THROTTLED",
        "ThrottlingException,400,THROTTLED",
        "AuthFailure,401,AUTH",
        "UnauthorizedOperation,403,AUTH",
        "OptInRequired,401,AUTH",
        "PendingVerification,400,BILLING",
        "InvalidAMIID.NotFound,400,INVALID",
        "InvalidParameterValue,400,INVALID",
        "IdempotentParameterMismatch,400,INVALID",
        "IdempotentInstanceTerminated,400,INVALID",
        "InvalidInstanceID.NotFound,400,NOT_FOUND",
        "Unavailable,503,UNAVAILABLE",
        "NeverHeardOf,400,INVALID",
        "NeverHeardOf,403,AUTH",
        "NeverHeardOf,429,THROTTLED",
        "NeverHeardOf,503,UNAVAILABLE"
    })
    void code_decides_before_status(String code, int status, CloudFailure.Kind kind) {
        assertThat(refusal(answer(code, status)).kind()).isEqualTo(kind);
    }

    @Test
    void scope_follows_from_what_was_asked() {
        assertThat(refusal(answer("InsufficientInstanceCapacity", 500)).scope())
                .isEqualTo(new FailureScope.TypeInZone("p4d.24xlarge", "us-west-2a"));
        assertThat(refusal(answer("VcpuLimitExceeded", 400)).scope())
                .isEqualTo(new FailureScope.FamilyInRegion("p", "us-west-2", Market.SPOT));
        assertThat(refusal(answer("AuthFailure", 401)).scope())
                .isEqualTo(new FailureScope.Account());
    }

    @Test
    void an_internal_error_leaves_it_open_whether_the_work_was_done() {
        assertThat(CallFailure.of(answer("InternalError", 500), LAUNCH))
                .isInstanceOf(CallFailure.Lost.class);
    }

    @Test
    void a_wait_that_the_cloud_asks_for_is_passed_on() {
        assertThat(refusal(answer("RequestLimitExceeded", 503)).retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void a_connection_that_was_never_made_is_a_refusal_and_a_broken_one_is_not() {
        assertThat(refusal(client(new ConnectException("refused"))).kind())
                .isEqualTo(CloudFailure.Kind.UNAVAILABLE);
        assertThat(CallFailure.of(client(new IOException("reset")), LAUNCH))
                .isEqualTo(new CallFailure.Lost("java.io.IOException: reset", true));
        assertThat(CallFailure.of(client(new SocketTimeoutException("slow")), LAUNCH))
                .isEqualTo(new CallFailure.Lost("java.net.SocketTimeoutException: slow", false));
    }

    private static CloudFailure refusal(Exception e) {
        return ((CallFailure.Refused) CallFailure.of(e, LAUNCH)).failure();
    }

    private static Exception client(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private static Exception answer(String code, int status) {
        var response =
                SdkHttpResponse.builder().statusCode(status).putHeader("Retry-After", "7").build();
        return Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("no")
                                .sdkHttpResponse(response)
                                .build())
                .build();
    }
}
