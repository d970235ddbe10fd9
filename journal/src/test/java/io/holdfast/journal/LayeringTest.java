package io.holdfast.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The journal knows nothing of what it holds, and maps no file. */
class LayeringTest {
    private final JavaClasses journal = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.holdfast.journal");

    @Test
    void shouldDependOnAgronaAndLoggingOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.agrona..", "org.slf4j..", "io.holdfast.journal..")
                .check(journal);
    }

    @Test
    void shouldMapNoFile() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.MappedByteBuffer")
                .check(journal);
    }

    @Test
    void shouldTouchTheDiskThroughTheSeamOnly() {
        noClasses()
                .that()
                .doNotHaveSimpleName("RealFiles")
                .and()
                .doNotHaveSimpleName("ChannelFile")
                .and()
                .doNotHaveSimpleName("ProcessLock")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .check(journal);
    }
}
