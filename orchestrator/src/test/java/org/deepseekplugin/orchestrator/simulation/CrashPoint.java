package org.deepseekplugin.orchestrator.simulation;

/// A place where the process may die.
///
/// @param where the work of a transaction (the class of its lambda, which is one a place in the
///   source) or the name of a driver's call
record CrashPoint(Moment moment, Object where) {

    enum Moment {
        /// All is written, nothing is durable.
        BEFORE_COMMIT,
        AFTER_COMMIT,
        BEFORE_CALL,
        /// The cloud has done its work; the answer is on its way.
        WORK_DONE,
        /// The answer has arrived and nothing was made of it.
        ANSWERED
    }

    static CrashPoint call(Moment moment, String call) {
        return new CrashPoint(moment, call);
    }

    static CrashPoint commit(Moment moment, Object work) {
        return new CrashPoint(moment, work.getClass());
    }

    /// For people: `BEFORE_COMMIT Asking`, `WORK_DONE allocate`.
    String name() {
        return moment + " " + (where instanceof Class<?> work ? host(work) : where);
    }

    private static String host(Class<?> lambda) {
        var name = lambda.getName();
        int end = name.indexOf("$$");
        return name.substring(name.lastIndexOf('.') + 1, end < 0 ? name.length() : end);
    }
}
