package org.deepseekplugin.gateway.upstream;

/// Which replies another endpoint may better.
final class Retries {

    static boolean canHelp(Reply reply) {
        return switch (reply) {
            case Reply.Answering answering -> isElsewhereWorthATry(answering.status());
            case Reply.Answered answered -> isElsewhereWorthATry(answered.status());
            case Reply.Failed failed ->
                    switch (failed.reason()) {
                        case UNREACHABLE, BROKEN, NOT_ACTIVE_YET -> true;
                        // the engine may still be at it, or nobody wants the answer
                        case TIMEOUT, UNACCOUNTABLE, CANCELLED -> false;
                    };
        };
    }

    /// 502: the agent cannot reach its engine. 503: the engine is draining or full. Any other
    /// answer would be the same elsewhere.
    static boolean isElsewhereWorthATry(int status) {
        return status == 502 || status == 503;
    }

    private Retries() {}
}
