package org.deepseekplugin.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.architecture.Allowed.jdkOnly;
import static org.deepseekplugin.architecture.Allowed.module;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of docs/adr/0001: modules and the dependency rule.
class WhoMayKnowWhomTest {
    private static final String SPI = "org.deepseekplugin.cloud.spi..";
    private static final String PROTOCOL = "org.deepseekplugin.protocol..";
    private static final String PLATFORM = "org.deepseekplugin.platform..";
    private static final String STORE = "org.deepseekplugin.platform.store..";
    private static final String ENGINE = "org.deepseekplugin.engine..";
    private static final String AGENT = "org.deepseekplugin.agent..";
    private static final String ORCHESTRATOR = "org.deepseekplugin.orchestrator..";
    private static final String GATEWAY = "org.deepseekplugin.gateway..";
    private static final String EMULATOR = "org.deepseekplugin.emulator..";
    private static final String SERVER = "org.deepseekplugin.server..";
    private static final String CLI = "org.deepseekplugin.cli..";

    /// Platform without its database, which only the control plane may touch.
    private static final String[] CORE = {
        "org.deepseekplugin.platform.artifacts..",
        "org.deepseekplugin.platform.config..",
        "org.deepseekplugin.platform.errors..",
        "org.deepseekplugin.platform.http..",
        "org.deepseekplugin.platform.json..",
        "org.deepseekplugin.platform.security..",
        "org.deepseekplugin.platform.telemetry..",
        "org.deepseekplugin.platform.time..",
        "org.deepseekplugin.platform.version.."
    };

    private static final JavaClasses PRODUCT = Product.classes();

    static List<Allowed> table() {
        return List.of(
                jdkOnly(SPI),
                jdkOnly(PROTOCOL),
                module(PLATFORM),
                module("org.deepseekplugin.cloud.testkit..", SPI),
                module("org.deepseekplugin.cloud.aws..", SPI),
                module(GATEWAY, CORE),
                module(ENGINE, and(CORE, PROTOCOL)),
                module(AGENT, and(CORE, PROTOCOL, ENGINE)),
                module("org.deepseekplugin.bundle..", CORE),
                module(ORCHESTRATOR, SPI, PROTOCOL, PLATFORM),
                module(EMULATOR, PLATFORM));
    }

    private static String[] and(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("table")
    void a_module_knows_only_what_the_table_allows(Allowed allowed) {
        allowed.rule().check(PRODUCT);
    }

    @Test
    void nobody_but_the_command_line_names_the_emulator() {
        noClasses()
                .that(resideOutsideOfPackages(EMULATOR, CLI))
                .should()
                .dependOnClassesThat(resideInAPackage(EMULATOR))
                .check(PRODUCT);
    }

    @Test
    void gateway_and_orchestrator_never_import_each_other() {
        forbidden(GATEWAY, ORCHESTRATOR).check(PRODUCT);
        forbidden(ORCHESTRATOR, GATEWAY).check(PRODUCT);
    }

    @Test
    void nobody_but_the_command_line_knows_the_server() {
        noClasses()
                .that(resideOutsideOfPackages(SERVER, CLI))
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void official_cloud_libraries_stay_in_their_driver() {
        noClasses()
                .that(resideOutsideOfPackage("org.deepseekplugin.cloud.aws.."))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.."))
                .check(PRODUCT);
    }

    @Test
    void only_the_store_knows_sql() {
        noClasses()
                .that(resideOutsideOfPackage(STORE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jdbi..", "com.zaxxer..", "org.sqlite..")
                .check(PRODUCT);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.deepseekplugin.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    /// A module that is not in the table would be judged by nobody.
    @Test
    void every_class_belongs_to_a_module_of_the_table() {
        var judged = Stream.concat(table().stream().map(Allowed::packages), Stream.of(SERVER, CLI));
        var anywhere = resideOutsideOfPackages(judged.toArray(String[]::new));
        assertThat(PRODUCT.that(anywhere)).isEmpty();
    }

    private static ArchRule forbidden(String from, String to) {
        return noClasses()
                .that(resideInAPackage(from))
                .should()
                .dependOnClassesThat(resideInAPackage(to))
                .allowEmptyShould(true);
    }
}
