package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.audit.SampleJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a whole: help, usage, exit status. */
final class MainTest extends CommandFixture {
    @Test
    void shouldPrintVersionOnStandardOutputWhenAsked() {
        assertThat(run("--version")).isEqualTo(0);
        assertThat(printed()).startsWith("holdfast ");
        assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "help",
        "--help",
        "help serve",
        "serve --help",
        "demo --help",
        "journal --help",
        "journal stat --help",
        "journal print --help",
        "journal verify --help",
        "journal replay --help",
        "journal explain --help",
        "reconcile --help",
        "token --help"
    })
    void shouldShowUsageOnStandardOutputWhenHelpIsAsked(final String line) {
        assertThat(run(line.split(" "))).isEqualTo(0);
        assertThat(printed()).contains("Usage: holdfast");
    }

    @Test
    void shouldKnowEveryFlagWhenServeIsAskedForHelp() {
        run("serve", "--help");

        assertThat(printed())
                .contains(
                        "--host",
                        "--port",
                        "--management-port",
                        "--management-host",
                        "--data-dir",
                        "--api-key",
                        "--admin-key",
                        "--payment-secret",
                        "--buyer-token-secret",
                        "--webhook-url",
                        "--webhook-secret",
                        "--cors-origin",
                        "--private-stock",
                        "--postgres-url",
                        "--postgres-user",
                        "--postgres-password",
                        "--redis-url",
                        "--tls-cert",
                        "--tls-key",
                        "--ring-size",
                        "--max-connections",
                        "--buyer-rate",
                        "--address-rate",
                        "--retain-bytes",
                        "--disk-reserve",
                        "--archive-dir",
                        "--accept-lost-tail",
                        "--dev");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "frobnicate",
        "serve --frobnicate",
        "serve --port abc",
        "serve --dev --port 70000",
        "serve --dev --ring-size 1000",
        "serve --dev --ring-size 512",
        "serve --dev --max-connections 0",
        "serve --dev --buyer-rate -1",
        "serve --dev --disk-reserve 5furlongs",
        "serve --dev --retain-bytes 1MiB",
        "serve --dev --postgres-url postgres://db/holdfast",
        "serve --dev --redis-url http://cache:6379",
        "serve --dev --redis-url redis://cache",
        "serve --dev --webhook-url ftp://x --webhook-secret whsec_AAAA",
        "serve --dev --webhook-url https:///hook --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
        "serve --dev --webhook-url https://x --webhook-secret secret",
        "serve --dev --webhook-url https://x --webhook-secret whsec_c2hvcnQ=",
        "serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3*",
        "serve --dev --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
        "'serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3,'",
        "'serve --dev --webhook-url https://x --webhook-secret whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3,whsec_c2hvcnQ='",
        "serve --dev --postgres-url jdbc:postgresql://db:5432/holdfast",
        "serve --dev --data-dir x --archive-dir ./x",
        "serve --dev --cors-origin https://shop.example/path",
        "serve --dev --cors-origin https://me@shop.example",
        "serve --dev --cors-origin *",
        "serve --dev --cors-origin https://x:99999",
        "serve --dev --cors-origin shop.example",
        "'serve --dev --cors-origin https://shop.example,'",
        "token",
        "token --buyer b --drop d --ttl soon",
        "token --buyer b --drop d --ttl 500ms",
        "token --buyer b --drop d --ttl 25h",
        "token --buyer b --drop d --buyer-token-secret short",
        "token --buyer b/c --drop d --buyer-token-secret 0123456789abcdef0123456789abcdef",
        "token --buyer b --drop '' --buyer-token-secret 0123456789abcdef0123456789abcdef",
        "serve --dev --tls-cert cert.pem",
        "serve --dev --buyer-token-secret short",
        "serve --dev --api-key same --admin-key same",
        "serve --api-key short",
        "serve extra",
        "journal",
        "journal explain",
        "journal print --from yesterday",
        "journal print --hold 17",
        "journal frobnicate"
    })
    void shouldSayWrongUsageWhenCommandLineIsMalformed(final String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitStatus.USAGE);
        assertThat(said()).startsWith("holdfast: ");
        assertThat(out.size()).isZero();
        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"stat", "print", "verify", "replay", "explain --buyer b-1"})
    void shouldSayCannotStartWhenThereIsNoJournal(final String tool) {
        final String line = "journal " + tool + " --data-dir ";

        assertThat(run((line + directory).split(" "))).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(run((line + directory.resolve("absent")).split(" "))).isEqualTo(ExitStatus.CANNOT_START);
        assertThat(said()).contains(directory.toString()).contains("next step");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldPrintVerdictWhenJournalOfEnvironmentIsVerified() {
        environment.put("HOLDFAST_DATA_DIR", directory.toString());
        try (SampleJournal journal = new SampleJournal(directory)) {
            journal.startServer().createDrop("d", 5, 0).placeHold(UUID.randomUUID(), "d", "b-1", 2);
        }

        assertThat(run("journal", "verify")).isEqualTo(ExitStatus.OK);
        assertThat(printed())
                .matches("verified 3 records, state hash [0-9a-f]{16}: sold \\+ held never above capacity\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void shouldExitWithNoWhenVerificationFindsDamage() throws IOException {
        try (SampleJournal journal = new SampleJournal(directory)) {
            journal.startServer().createDrop("d", 5, 0).placeHold(UUID.randomUUID(), "d", "b-1", 2);
        }
        final Path segment = directory.resolve("journal/00000000000000000000.log");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[4096 + 700] ^= 1;
        Files.write(segment, bytes);

        assertThat(run("journal", "verify", "--data-dir", directory.toString())).isEqualTo(ExitStatus.NO);
        assertThat(said()).contains(segment.toString()).contains("offset");
        assertThat(out.size()).isZero();
    }
}
