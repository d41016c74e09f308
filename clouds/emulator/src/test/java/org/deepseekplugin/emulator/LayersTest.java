package org.deepseekplugin.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Several protocols over one model: what they share knows none of them, and they do not know each
/// other.
final class LayersTest {
    private static final String ROOT = "org.deepseekplugin.emulator";
    private static final String LIBRARIES =
            "java..,javax..,org.slf4j..,org.jspecify..,tools.jackson..";
    private static final JavaClasses EMULATOR =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void the_machine_model_knows_offers_and_books_only() {
        only("machines", "offers", "books");
        only("offers");
        only("books");
    }

    @Test
    void only_the_start_knows_which_clouds_there_are() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".(**)")
                .and()
                .resideOutsideOfPackage(ROOT + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".aws..")
                .check(EMULATOR);
    }

    @Test
    void a_cloud_knows_the_model_and_the_wire_and_nothing_of_control_and_processes() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".control..", ROOT + ".host..", ROOT + ".faults..")
                .check(EMULATOR);
    }

    @Test
    void no_package_is_in_a_circle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(EMULATOR);
    }

    private static void only(String own, String... others) {
        var known = new java.util.ArrayList<>(java.util.List.of(LIBRARIES.split(",")));
        known.add("org.deepseekplugin.platform..");
        known.add(ROOT + "." + own + "..");
        for (var other : others) {
            known.add(ROOT + "." + other + "..");
        }
        classes()
                .that()
                .resideInAPackage(ROOT + "." + own + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known.toArray(String[]::new))
                .check(EMULATOR);
    }
}
