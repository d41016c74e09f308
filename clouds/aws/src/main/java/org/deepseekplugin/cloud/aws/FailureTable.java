package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.aws.FailureTable.Reach.ACCOUNT;
import static org.deepseekplugin.cloud.aws.FailureTable.Reach.FAMILY_IN_REGION;
import static org.deepseekplugin.cloud.aws.FailureTable.Reach.ONE_REQUEST;
import static org.deepseekplugin.cloud.aws.FailureTable.Reach.REGION;
import static org.deepseekplugin.cloud.aws.FailureTable.Reach.TYPE_IN_ZONE;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.AUTH;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.BILLING;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.CAPACITY;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.NOT_FOUND;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.QUOTA;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.THROTTLED;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.UNAVAILABLE;

import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;

/// What EC2's error codes mean, after
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. The code decides,
/// never the HTTP status: no capacity comes as status 500. A row whose code ends in `*` stands for
/// all codes that begin so; the first match counts.
final class FailureTable {
    /// How far a refusal reaches; throttling is counted per account and region.
    enum Reach {
        TYPE_IN_ZONE,
        FAMILY_IN_REGION,
        REGION,
        ACCOUNT,
        ONE_REQUEST
    }

    record Row(Kind kind, Reach reach, List<String> codes) {
        boolean covers(String code) {
            return codes.stream()
                    .anyMatch(known ->
                            known.endsWith("*")
                                    ? code.startsWith(known.substring(0, known.length() - 1))
                                    : code.equals(known));
        }
    }

    private static final List<Row> ROWS =
            List.of(
                    row(
                            CAPACITY,
                            TYPE_IN_ZONE,
                            "InsufficientInstanceCapacity",
                            "InsufficientHostCapacity",
                            "InsufficientReservedInstanceCapacity",
                            "InsufficientCapacityOnOutpost",
                            "InsufficientCapacity",
                            "InsufficientFreeAddressesInSubnet",
                            "ReservationCapacityExceeded",
                            "UnfulfillableCapacity",
                            "InsufficientVolumeCapacity",
                            "VolumeTypeNotAvailableInZone",
                            "SpotMaxPriceTooLow",
                            // the type is not to be had in this zone at all
                            "Unsupported"),
                    row(
                            QUOTA,
                            FAMILY_IN_REGION,
                            "VcpuLimitExceeded",
                            "InstanceLimitExceeded",
                            "MaxSpotInstanceCountExceeded"),
                    row(
                            QUOTA,
                            REGION,
                            "VolumeLimitExceeded",
                            "MaxIOPSLimitExceeded",
                            "AddressLimitExceeded",
                            "NetworkInterfaceLimitExceeded",
                            "PlacementGroupLimitExceeded"),
                    row(
                            THROTTLED,
                            REGION,
                            "RequestLimitExceeded",
                            "Throttl*",
                            "EC2ThrottledException",
                            "RequestThrottled*",
                            "TooManyRequestsException",
                            "SlowDown",
                            "BandwidthLimitExceeded"),
                    row(
                            AUTH,
                            ACCOUNT,
                            "AuthFailure*",
                            "UnauthorizedOperation",
                            "OptInRequired",
                            "AccessDenied*",
                            "InvalidClientTokenId",
                            "UnrecognizedClient*",
                            "SignatureDoesNotMatch",
                            "IncompleteSignature",
                            "InvalidSignature*",
                            "MissingAuthenticationToken*",
                            "ExpiredToken*",
                            "RequestExpired"),
                    row(BILLING, ACCOUNT, "PendingVerification", "Blocked", "AccountDisabled"),
                    row(NOT_FOUND, ONE_REQUEST, "InvalidInstanceID.NotFound"),
                    row(
                            UNAVAILABLE,
                            REGION,
                            "Unavailable",
                            "ServiceUnavailable",
                            "InternalError",
                            "InternalFailure",
                            "InternalServerError",
                            "ServerInternal"),
                    // the account has no default network there: clouds.aws.subnet-ids must name one
                    row(INVALID, REGION, "VPCIdNotSpecified", "DefaultVpcDoesNotExist"),
                    row(
                            INVALID,
                            ONE_REQUEST,
                            "Invalid*",
                            "Idempotent*",
                            "Missing*",
                            "Unknown*",
                            "Malformed*",
                            "TagLimitExceeded",
                            "UnsupportedOperation",
                            "UnsupportedInstanceTypeOnHost"));

    /// Empty for a code that is not in the table.
    static Optional<Row> find(String code) {
        return ROWS.stream().filter(row -> row.covers(code)).findFirst();
    }

    private static Row row(Kind kind, Reach reach, String... codes) {
        return new Row(kind, reach, List.of(codes));
    }

    private FailureTable() {}
}
