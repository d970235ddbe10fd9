package io.holdfast.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each package of the edge may know of the others. */
class LayeringTest {
    private static final String ROOT = "io.holdfast.gateway";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private void mayNotKnow(final String who, final String... whom) {
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(whom)
                .check(classes);
    }

    @Test
    void shouldKnowNettyInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(classes);
    }

    @Test
    void shouldKnowTheParserInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".request..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(classes);
    }

    @Test
    void shouldNotKnowTheCaller() {
        mayNotKnow(ROOT + ".json..", ROOT + ".http..", ROOT + ".request..", ROOT + ".api..", ROOT + ".sequencer..");
        mayNotKnow(ROOT + ".request..", ROOT + ".http..", ROOT + ".api..", ROOT + ".sequencer..");
        mayNotKnow(
                ROOT + ".http..", ROOT + ".api..", ROOT + ".request..", ROOT + ".sequencer..", ROOT + ".management..");
        mayNotKnow(ROOT + ".access..", ROOT + ".http..", ROOT + ".api..");
        mayNotKnow(ROOT + ".limits..", ROOT + ".http..", ROOT + ".api..");
        mayNotKnow(ROOT + ".management..", ROOT + ".api..", ROOT + ".sequencer..");
    }

    @Test
    void shouldNotKnowRingOrJournalInTheEdge() {
        for (final String edge : new String[] {"json", "request", "http", "access", "limits", "management", "api"}) {
            mayNotKnow(ROOT + "." + edge + "..", ROOT + ".pipeline..", "com.lmax..", "io.holdfast.journal..");
        }
    }
}
