package org.deepseekplugin.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Habits that keep pages readable and processes well-behaved.
class HouseRulesTest {
    private static final JavaClasses PRODUCT = Product.classes();

    private static final DescribedPredicate<JavaClass> MAINS = simpleNameEndingWith("Main");
    private static final DescribedPredicate<JavaClass> COMMAND_LINE =
            resideInAPackage("org.deepseekplugin.cli..");

    @Test
    void every_package_is_null_marked() {
        classes()
                .that()
                .areTopLevelClasses()
                .should(beInANullMarkedPackage())
                .because("NullAway looks only at @NullMarked packages")
                .check(PRODUCT);
    }

    @Test
    void only_mains_and_the_command_line_write_to_the_standard_streams() {
        noClasses()
                .that(DescribedPredicate.not(MAINS.or(COMMAND_LINE)))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PRODUCT);
    }

    @Test
    void only_mains_exit() {
        noClasses()
                .that(DescribedPredicate.not(MAINS))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(PRODUCT);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("one waits for a condition or a timer")
                .check(PRODUCT);
    }

    @Test
    void there_is_one_jackson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.dataformat..")
                .because("Jackson 3 (tools.jackson) is ours, Jackson 2 lives inside libraries only")
                .check(PRODUCT);
    }

    @Test
    void pools_have_a_bound() {
        noClasses().should().callMethod(Executors.class, "newCachedThreadPool").check(PRODUCT);
    }

    @Test
    void static_fields_are_constants() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(PRODUCT);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Base)").check(PRODUCT);
    }

    @Test
    void logging_goes_through_slf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(PRODUCT);
    }

    @Test
    void nobody_throws_generic_exceptions() {
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(PRODUCT);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked =
                        type.getPackage()
                                .tryGetPackageInfo()
                                .map(info -> info.isAnnotatedWith(NullMarked.class))
                                .orElse(false);
                events.add(
                        new SimpleConditionEvent(
                                type, marked, type.getName() + " is not in a @NullMarked package"));
            }
        };
    }
}
