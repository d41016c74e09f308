package org.deepseekplugin.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.http.Problems.Fault;

/// A request that does not fit the contract; carries everything that is wrong with it.
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// `where[0].region: what is wrong`, perhaps with the place of the text before it.
    private static final Pattern PROBLEM =
            Pattern.compile("(?:body line \\d+: )?([a-z][\\w.\\[\\]-]*): (.+)");

    private final ErrorCode code;
    private final transient List<Fault> faults;

    Unfit(List<Fault> faults) {
        this(
                ErrorCode.INVALID_REQUEST,
                faults.size() == 1
                        ? faults.getFirst().pointer() + ": " + faults.getFirst().message()
                        : "%d things are wrong with this request; see errors."
                                .formatted(faults.size()),
                faults);
    }

    private Unfit(ErrorCode code, String sentence, List<Fault> faults) {
        super(sentence);
        this.code = code;
        this.faults = List.copyOf(faults);
    }

    /// @return the problems of an `invalid_config` with their places, or what was given if it has
    ///   none that can be told
    static RuntimeException of(PlatformException e) {
        if (e.code() != ErrorCode.INVALID_CONFIG) {
            return e;
        }
        var faults = new ArrayList<Fault>();
        for (var line : e.sentence().lines().toList()) {
            var problem = PROBLEM.matcher(line);
            if (!problem.matches()) {
                return e;
            }
            faults.add(new Fault(pointer(problem.group(1)), problem.group(2)));
        }
        return new Unfit(e.code(), e.sentence(), faults);
    }

    /// `where[0].region` as `body/where/0/region`.
    private static String pointer(String key) {
        return "body/" + key.replace("]", "").replaceAll("[.\\[]", "/");
    }

    ErrorCode code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    List<Fault> faults() {
        return faults;
    }
}
