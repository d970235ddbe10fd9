package io.holdfast.perf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each room of what measures may know of the others. */
class LayeringTest {
    private static final String ROOT = "io.holdfast.perf";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static void mayNotKnow(final String who, final String... whom) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + who + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(whom)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesOfPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKnowTheCommandLineInItsOwnRoomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", "picocli..", "io.holdfast.gateway.cli..")
                .check(CLASSES);
    }

    /** What loads a server sees of it what a client sees: a figure must not depend on an inside. */
    @Test
    void shouldKnowTheServerByItsProtocolOnly() {
        for (final String client : new String[] {"load", "rehearsal"}) {
            mayNotKnow(
                    client,
                    "io.holdfast.gateway..",
                    "io.holdfast.settlement..",
                    "com.lmax..",
                    "io.lettuce..",
                    "io.netty.handler..");
        }
    }

    @Test
    void shouldWriteReportsWithoutKnowingWhatWasMeasured() {
        mayNotKnow("report", "io.holdfast.gateway..", "io.holdfast.core..", "io.holdfast.journal..", "io.netty..");
    }

    /** It looks at the server from outside: from within it takes only what is configured by default. */
    @Test
    void shouldModelTheServerWithoutItsInside() {
        mayNotKnow("scale", "io.holdfast.core..", "io.holdfast.settlement..", "com.lmax..", "io.netty..");
    }

    @Test
    void shouldKnowEmbeddedServersWherePeersAreOnly() {
        for (final String room : new String[] {"load", "rehearsal", "ring", "report", "jmh", "scale"}) {
            mayNotKnow(room, "io.holdfast.embedded..", "io.zonky..", "redis..");
        }
    }

    /** What follows the journal is measured without anything that answers a request. */
    @Test
    void shouldMeasureFollowersWithoutAServer() {
        mayNotKnow(
                "followers",
                "io.holdfast.gateway.pipeline..",
                "io.holdfast.gateway.http..",
                "io.netty..",
                "com.lmax..",
                ROOT + ".load..",
                ROOT + ".rehearsal..",
                ROOT + ".compare..",
                ROOT + ".peer..",
                ROOT + ".jmh..");
    }
}
