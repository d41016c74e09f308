package org.deepseekplugin.cloud.testkit.conformance;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.junit.jupiter.api.Test;

/// One thing that every driver must do: a test of the kit.
///
/// @param about the part of the kit: `launch`, `listing` …
record Contract(String about, String sentence, List<Ability> needs) {

    static Contract of(Method test) {
        var part = test.getDeclaringClass().getSimpleName().replace("Conformance", "");
        var needs = test.getAnnotation(Needs.class);
        return new Contract(
                part.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT),
                test.getName().replace('_', ' '),
                needs == null ? List.of() : List.of(needs.value()));
    }

    /// The whole kit, part by part.
    static List<Contract> all() {
        return Stream.of(CloudDriverConformance.class.getInterfaces())
                .flatMap(part -> Stream.of(part.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Contract::of)
                .sorted(Comparator.comparing(Contract::about).thenComparing(Contract::sentence))
                .toList();
    }

    /// The first ability that the cloud lacks, and its reason; empty if the contract can be tried.
    Optional<Gap> lacking(CloudUnderTest cloud) {
        return needs.stream()
                .filter(cloud.lacks()::containsKey)
                .findFirst()
                .map(ability -> new Gap(ability, String.valueOf(cloud.lacks().get(ability))));
    }

    record Gap(Ability ability, String reason) {
        @Override
        public String toString() {
            return "it lacks " + ability.what() + ": " + reason;
        }
    }
}
