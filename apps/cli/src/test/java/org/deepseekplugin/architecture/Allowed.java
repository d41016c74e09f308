package org.deepseekplugin.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/// One line of "who may know whom": a module and what of the product it may use beside itself.
/// Libraries are judged elsewhere, except that a module that may know nothing but the JDK gets
/// none.
///
/// @param packages the module's own
/// @param others packages of the product, or of libraries for a module with `jdkOnly`
record Allowed(String packages, boolean jdkOnly, String... others) {

    static Allowed module(String packages, String... others) {
        return new Allowed(packages, false, others);
    }

    static Allowed jdkOnly(String packages) {
        return new Allowed(packages, true, "org.jspecify..");
    }

    ArchRule rule() {
        return classes()
                .that(resideInAPackage(packages))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known()).or(library()))
                .allowEmptyShould(true)
                .as(packages + " knows only itself and " + String.join(", ", others));
    }

    private String[] known() {
        return Stream.concat(Stream.of(packages, "java..", "javax.."), Stream.of(others))
                .toArray(String[]::new);
    }

    private DescribedPredicate<JavaClass> library() {
        return jdkOnly
                ? DescribedPredicate.alwaysFalse()
                : DescribedPredicate.not(resideInAPackage(Product.ROOT + ".."));
    }
}
