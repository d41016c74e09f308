package org.deepseekplugin.protocol;

/// A message that this side cannot read.
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String message) {
        super(message);
    }
}
