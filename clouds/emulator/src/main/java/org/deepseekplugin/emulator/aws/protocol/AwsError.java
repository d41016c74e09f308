package org.deepseekplugin.emulator.aws.protocol;

import java.util.Map;

/// Ends a call with an error of AWS. It never leaves the emulated AWS: every one becomes an answer.
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Those that are not 400; see "Error codes for the Amazon EC2 API" and "Common errors".
    private static final Map<String, Integer> STATUS =
            Map.ofEntries(
                    Map.entry("AuthFailure", 401),
                    Map.entry("SignatureDoesNotMatch", 403),
                    Map.entry("InvalidClientTokenId", 403),
                    Map.entry("MissingAuthenticationToken", 403),
                    Map.entry("UnauthorizedOperation", 403),
                    Map.entry("OptInRequired", 403),
                    Map.entry("DryRunOperation", 412),
                    Map.entry("InsufficientInstanceCapacity", 500),
                    Map.entry("InsufficientHostCapacity", 500),
                    Map.entry("InsufficientReservedInstanceCapacity", 500),
                    Map.entry("InsufficientAddressCapacity", 500),
                    Map.entry("UnfulfillableCapacity", 500),
                    Map.entry("InternalError", 500),
                    Map.entry("InternalFailure", 500),
                    Map.entry("ServerInternal", 500),
                    Map.entry("RequestLimitExceeded", 503),
                    Map.entry("EC2ThrottledException", 503),
                    Map.entry("ServiceUnavailable", 503),
                    Map.entry("Unavailable", 503));

    private final String code;
    private final String sentence;

    public AwsError(String code, String sentence) {
        super(sentence, null, false, false);
        this.code = code;
        this.sentence = sentence;
    }

    public static AwsError invalidValue(String sentence) {
        return new AwsError("InvalidParameterValue", sentence);
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }

    public int status() {
        return STATUS.getOrDefault(code, 400);
    }
}
