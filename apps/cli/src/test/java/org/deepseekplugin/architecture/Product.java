package org.deepseekplugin.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The product's own classes, without tests. `apps/cli` has all of them on its class path.
final class Product {
    static final String ROOT = "org.deepseekplugin";

    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    private Product() {}
}
