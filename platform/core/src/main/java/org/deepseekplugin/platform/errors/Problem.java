package org.deepseekplugin.platform.errors;

/// RFC 9457 problem details: how the control API says that something failed.
///
/// @param title the code in words
/// @param detail the value, the reason, the remedy
/// @param code [ErrorCode#code]
public record Problem(
        String type, String title, int status, String detail, String code, String requestId) {

    public static Problem of(ErrorCode code, String detail, String requestId) {
        return new Problem(
                "about:blank",
                code.code().replace('_', ' '),
                code.httpStatus(),
                detail,
                code.code(),
                requestId);
    }
}
