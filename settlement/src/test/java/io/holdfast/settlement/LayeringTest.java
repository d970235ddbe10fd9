package io.holdfast.settlement;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each follower may know of the others, and of the world. */
class LayeringTest {
    private static final String ROOT = "io.holdfast.settlement";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private void onlyIn(final String room, final String... what) {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "." + room + "..", ROOT + ".reconcile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(what)
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesOfPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKnowEachStoreInOneRoomOnly() {
        onlyIn("redis", "org.redisson..", "io.netty..");
        onlyIn("postgres", "com.zaxxer..", "org.flywaydb..", "org.postgresql..");
        onlyIn("webhook", "java.net.http..");
    }

    @Test
    void shouldNotKnowTheGatewayOrTheEmbeddedStores() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.holdfast.gateway..",
                        "io.holdfast.embedded..",
                        "io.netty.handler.codec.http..",
                        "com.lmax..")
                .check(CLASSES);
    }

    /** Followers read the port; only what stands behind it, and the state's snapshots, know the journal. */
    @Test
    void shouldReadTheLogThroughItsPort() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".follow..", ROOT + ".postgres..", ROOT + ".redis..", ROOT + ".webhook..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.holdfast.journal..")
                .check(CLASSES);
    }

    @Test
    void shouldRunFollowersWithoutKnowingWhatTheyDo() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".follow..", ROOT + ".log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".state..",
                        ROOT + ".postgres..",
                        ROOT + ".redis..",
                        ROOT + ".webhook..",
                        ROOT + ".reconcile..")
                .check(CLASSES);
    }
}
