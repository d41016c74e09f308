package org.deepseekplugin.gateway.upstream;

import java.util.random.RandomGenerator;

/// Names calls so that no two ever share a line in the ledger, though clients choose request ids
/// and requests are retried.
final class CallId {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int SUFFIX = 12;

    /// Request ids are at most this long; see `RequestId`.
    private static final int MAX = 64;

    /// The request's id where that is unique; otherwise it begins with that.
    static String of(Inquiry inquiry, int number, RandomGenerator random) {
        if (inquiry.idIsOurs() && number == 1) {
            return inquiry.id();
        }
        int keep = Math.min(inquiry.id().length(), MAX - SUFFIX - 1);
        var id = new StringBuilder(inquiry.id()).delete(keep, inquiry.id().length()).append('-');
        for (int i = 0; i < SUFFIX; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    private CallId() {}
}
