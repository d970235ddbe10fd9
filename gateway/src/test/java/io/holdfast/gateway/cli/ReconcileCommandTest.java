package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.embedded.EmbeddedRedis;
import io.holdfast.gateway.audit.SampleJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code reconcile} from the outside: flags, environment, output, exit status. */
final class ReconcileCommandTest extends CommandFixture {
    private void sampleJournal() {
        try (SampleJournal sample = new SampleJournal(directory)) {
            sample.startServer()
                    .createDrop(SampleJournal.DROP, 10, 4)
                    .placeHold(new UUID(1, 1), SampleJournal.DROP, "alice", 2)
                    .recordPayment(new UUID(1, 1), "pi_1", 9_000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reconcile | nothing to compare the journal with: give --postgres-url (HOLDFAST_POSTGRES_URL)",
                "reconcile --postgres-url jdbc:postgresql://h:1/d | --postgres-user",
                "reconcile --postgres-url h:1/d --postgres-user u | --postgres-url",
                "reconcile --redis-url http://h:1 | --redis-url",
                "reconcile --redis-url redis://h:1 --frobnicate | --frobnicate"
            })
    void shouldSayWrongUsageWhenFlagsAreWrong(final String line, final String said) {
        assertThat(run((line + " --data-dir " + directory).split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(said()).contains(said);
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldNameFlagAndNextStepWhenSomethingCannotBeRead() {
        assertThat(run("reconcile", "--redis-url", "redis://127.0.0.1:1", "--data-dir", directory + "/absent"))
                .isEqualTo(ExitStatus.CANNOT_START);
        assertThat(run("reconcile", "--redis-url", "redis://127.0.0.1:1", "--data-dir", directory.toString()))
                .isEqualTo(ExitStatus.CANNOT_START);
        sampleJournal();
        assertThat(run("reconcile", "--redis-url", "redis://:secret@127.0.0.1:1", "--data-dir", directory.toString()))
                .isEqualTo(ExitStatus.CANNOT_START);
        environment.put("HOLDFAST_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/d");
        environment.put("HOLDFAST_POSTGRES_USER", "u");
        assertThat(run("reconcile", "--data-dir", directory.toString())).isEqualTo(ExitStatus.CANNOT_START);

        assertThat(said().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("holdfast: ") && line.contains("next step"))
                .anyMatch(line -> line.contains("--data-dir"))
                .anyMatch(line -> line.contains("--redis-url redis://127.0.0.1:1"))
                .anyMatch(line -> line.contains("--postgres-url"))
                .noneMatch(line -> line.contains("secret"));
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldExitWithNoWhenItMeetsDamage() throws Exception {
        sampleJournal();
        final Path segment = directory.resolve("journal/00000000000000000000.log");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[4096 + 700] ^= 1;
        Files.write(segment, bytes);

        assertThat(run("reconcile", "--redis-url", "redis://127.0.0.1:1", "--data-dir", directory.toString()))
                .isEqualTo(ExitStatus.NO);

        assertThat(said()).contains(segment.toString()).contains("next step");
    }

    @Test
    void shouldNameDifferencesAndExitByThemAndRepair() throws Exception {
        sampleJournal();
        try (EmbeddedRedis redis = EmbeddedRedis.start(Files.createDirectories(directory.resolve("redis")))) {
            final String[] compare = {"reconcile", "--data-dir", directory.toString(), "--redis-url", redis.url()};

            final int status = run(compare);

            assertThat(status).isEqualTo(ExitStatus.NO);
            assertThat(printed())
                    .isEqualTo(
                            "stock tour-berlin: missing in Redis (sequence 4, GA:available 8, GA:held 0, GA:sold 2)\n"
                                    + "compared 1 drops up to sequence 4: 1 differences (1 redis stock missing)\n");

            out.reset();
            assertThat(run(
                            "reconcile",
                            "--repair",
                            "--json",
                            "--data-dir",
                            directory.toString(),
                            "--redis-url",
                            redis.url()))
                    .isEqualTo(ExitStatus.OK);
            assertThat(printed())
                    .startsWith("{\"ok\":true,")
                    .contains(
                            "\"repairs\":[ \"repaired holdfast:stock:tour-berlin: written as the journal has it\"]",
                            "\"differences\":[]")
                    .endsWith("}\n");

            out.reset();
            assertThat(run(compare)).isEqualTo(ExitStatus.OK);
        }
        assertThat(said()).isEmpty();
    }
}
