package io.holdfast.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The core knows nothing but its messages, Agrona's buffers and the part of the JDK that cannot surprise it. */
class LayeringTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.holdfast.core");

    private static final JavaClasses WRITTEN = CORE.that(not(resideInAPackage("io.holdfast.core.message..")));

    @Test
    void shouldDependOnMessagesAgronaAndTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("io.holdfast.core..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.holdfast.core",
                        "io.holdfast.core.store",
                        "io.holdfast.core.message",
                        "org.agrona..",
                        "java.."))
                .check(CORE);
    }

    @Test
    void shouldKnowNoClockThreadRandomnessFileOrLog() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.net..",
                                "java.time..",
                                "java.security..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "java.lang.reflect..",
                                "sun..",
                                "jdk..")
                        .or(type(Thread.class))
                        .or(type(ThreadLocal.class))
                        .or(type(Runtime.class))
                        .or(type(java.util.Random.class))
                        .or(type(java.util.SplittableRandom.class))
                        .or(type(java.util.UUID.class))
                        .or(type(java.util.Date.class))
                        .or(type(java.util.Timer.class)))
                .check(WRITTEN);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(WRITTEN);
        noClasses().should().callMethod(System.class, "nanoTime").check(WRITTEN);
        noClasses().should().callMethod(Math.class, "random").check(WRITTEN);
        noClasses().should().accessField(System.class, "out").check(WRITTEN);
        noClasses().should().accessField(System.class, "err").check(WRITTEN);
    }

    /** A map's own order may come from identities or seeds; what is iterated must have an order of its own. */
    @Test
    void shouldKeepNoHashMapWhoseOrderCouldReachADecision() {
        noClasses()
                .should()
                .dependOnClassesThat(type(java.util.HashMap.class).or(type(java.util.IdentityHashMap.class)))
                .check(WRITTEN);
    }

    @Test
    void shouldKeepItsContainersIgnorantOfHoldsAndDrops() {
        noClasses()
                .that()
                .resideInAPackage("io.holdfast.core.store")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.holdfast.core", "io.holdfast.core.message"))
                .check(CORE);
    }

    @Test
    void shouldHaveNoMutableStaticState() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage("io.holdfast.core", "io.holdfast.core.store")
                .should()
                .beFinal()
                .check(CORE);
    }

    @Test
    void shouldShowTheOutsideNoMoreThanItsDoor() {
        assertThat(WRITTEN.stream()
                        .filter(each -> each.getPackageName().equals("io.holdfast.core"))
                        .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "StateMachine",
                        "Answer",
                        "EventSink",
                        "MessageSink",
                        "JournalRecord",
                        "Rules",
                        "Limits",
                        "InvariantViolation");
    }
}
