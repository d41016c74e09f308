package org.deepseekplugin.cloud.spi;

import java.util.Map;

/// A request for machines of one type in one zone, frozen together with its token: clouds refuse a
/// known token that comes with other parameters.
///
/// @param intent the durable decision this call belongs to
/// @param token idempotency token; 1 to 64 characters of `[A-Za-z0-9-]`
/// @param owner who pays; every machine is tagged with it in the same call
/// @param min fewer than this is [AllocationResult.Partial]
/// @param max no more than this
/// @param cohesion how near to each other the machines must be
/// @param bootstrap what each machine runs first
/// @param tags further tags, beside those of [InstanceTags]
public record AllocationRequest(
        String intent,
        String token,
        OwnerTag owner,
        int min,
        int max,
        Market market,
        String region,
        String zone,
        String instanceType,
        Cohesion cohesion,
        Bootstrap bootstrap,
        Map<String, String> tags) {

    public AllocationRequest {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "min %d and max %d must be 1 <= min <= max".formatted(min, max));
        }
        if (!token.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException(
                    "token \"%s\" must be 1 to 64 characters of A-Z, a-z, 0-9 and -"
                            .formatted(token));
        }
        tags = Map.copyOf(tags);
    }
}
