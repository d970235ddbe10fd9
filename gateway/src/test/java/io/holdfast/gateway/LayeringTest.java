package io.holdfast.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each package of the edge may know of the others. */
class LayeringTest {
    private static final String ROOT = "io.holdfast.gateway";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private void mayNotKnow(final String who, final String... whom) {
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(whom)
                .check(CLASSES);
    }

    @Test
    void shouldKnowNettyInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void shouldKnowTheRingInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax..")
                .check(CLASSES);
    }

    @Test
    void shouldKnowTheCommandLineNowhere() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".cli..")
                .check(CLASSES);
    }

    @Test
    void shouldKnowEmbeddedServersInTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.holdfast.embedded..", "io.zonky..", "redis..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesOfPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** Whoever is put together by the composition root knows of it what was configured, and nothing else. */
    @Test
    void shouldKnowOfTheRootOnlyItsConfiguration() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".*..")
                .and()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT).and(not(belongToAnyOf(EdgeConfig.class, Build.class))))
                .check(CLASSES);
    }

    @Test
    void shouldKnowTheParserInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".request..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
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
