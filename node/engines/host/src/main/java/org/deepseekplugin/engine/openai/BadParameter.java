package org.deepseekplugin.engine.openai;

import org.deepseekplugin.platform.errors.ErrorCode;

/// A request's parameter that is wrong, or that this engine cannot honour.
public final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String parameter;

    private BadParameter(ErrorCode code, String parameter, String message) {
        super(message);
        this.code = code;
        this.parameter = parameter;
    }

    static BadParameter invalid(String parameter, String message) {
        return new BadParameter(ErrorCode.INVALID_REQUEST, parameter, message);
    }

    /// Asked for rightly, but not to be had here: never ignored in silence.
    static BadParameter notCapable(String parameter, String message) {
        return new BadParameter(ErrorCode.MODEL_NOT_CAPABLE, parameter, message);
    }

    public ErrorCode code() {
        return code;
    }

    public String parameter() {
        return parameter;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
