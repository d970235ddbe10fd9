package io.holdfast.gateway.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults 5 and 15 as the kernel sees them: strace watches the server's system calls, and makes a sync fail.
 *
 * <p>Needs strace, and the right to trace. Where it is missing the tests are skipped, unless {@code
 * -Dholdfast.strace=required} makes that a failure, as the continuous build does.
 */
@Tag("repeated")
@Timeout(300)
class TracedSyncTest {
    private static final int HOLDS = 30;
    private static final int FAILING = 12;
    private static final String STOCK = "{\"skus\":[{\"sku\":\"GA\",\"capacity\":1000}]}";

    @TempDir
    private Path data;

    @TempDir
    private Path traces;

    @BeforeAll
    static void requireStrace() throws Exception {
        final boolean isThere = canTrace();
        if ("required".equals(System.getProperty("holdfast.strace"))) {
            assertThat(isThere).as("strace is required").isTrue();
        }
        assumeTrue(isThere, "strace is not there, or may not trace");
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            final Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true").start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException e) {
            return false;
        }
    }

    @Test
    void shouldSyncBetweenEachRequestAndItsAnswer() throws Exception {
        final Path trace = traces.resolve("trace");
        final ServerProcess server = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(server.port());
                Tracer tracer = Tracer.attach(server, trace, "-s", "24", "-e", "trace=fdatasync,write,writev,sendto")) {
            tracer.requireAttached();
            client.operator("PUT", "/v1/drops/d", STOCK);
            for (int i = 0; i < HOLDS; i++) {
                assertThat(client.buy("d", "b-" + i).status()).isEqualTo(201);
            }
        }
        assertThat(server.terminate()).isZero();

        final List<String> calls = syncsAndAnswers(trace);

        assertThat(calls.stream().filter("answer"::equals)).hasSize(HOLDS + 1);
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).equals("answer")) {
                assertThat(calls.subList(0, i)).as("call %d", i).endsWith("sync");
            }
        }
    }

    /** The trace as a list of syncs that returned and answers of 201 that were written, in the order of the kernel. */
    private static List<String> syncsAndAnswers(final Path trace) throws IOException {
        final List<String> calls = new ArrayList<>();
        for (final String line : Files.readAllLines(trace)) {
            final boolean isSyncReturned =
                    line.contains("fdatasync") && line.trim().endsWith("= 0");
            if (isSyncReturned) {
                calls.add("sync");
            } else if (line.contains("HTTP/1.1 201")) {
                calls.add("answer");
            }
        }
        return calls;
    }

    @Test
    void shouldExitWithFourAndAnswerNobodyWhenASyncFails() throws Exception {
        final Path trace = traces.resolve("trace");
        final ServerProcess server = ServerProcess.start(data);
        int held = 0;
        int status = 201;
        try (HttpClient client = new HttpClient(server.port());
                Tracer tracer = Tracer.attach(
                        server, trace, "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=" + FAILING)) {
            tracer.requireAttached();
            client.operator("PUT", "/v1/drops/d", STOCK);
            while (status == 201 && held < HOLDS) {
                status = client.buy("d", "b-" + held).status();
                held += status == 201 ? 1 : 0;
            }
            assertThat(server.awaitExit()).as(server.log()).isEqualTo(4);
        }

        assertThat(status).isEqualTo(503);
        assertThat(held).isEqualTo(FAILING - 2);
        assertThat(syncsBegunAfterTheFailed(trace)).isEmpty();
        requireHolds(held);
    }

    /** Others than the writer sync too, files of their own: what counts is what begins behind the failure. */
    private static List<String> syncsBegunAfterTheFailed(final Path trace) throws IOException {
        final List<String> calls = Files.readAllLines(trace);
        assertThat(calls).as("the trace").anyMatch(line -> line.contains("(INJECTED)"));
        return calls.stream()
                .dropWhile(line -> !line.contains("(INJECTED)"))
                .skip(1)
                .filter(line -> line.contains("fdatasync(")) // not the end of one that began before
                .toList();
    }

    /** What was acknowledged is there after a start on a sound disk; the one that was in doubt is there or not. */
    private void requireHolds(final int acknowledged) throws Exception {
        final ServerProcess server = ServerProcess.start(data);
        try (HttpClient client = new HttpClient(server.port())) {
            final int held = Integer.parseInt(
                    client.storefront("GET", "/v1/drops/d", "", "").member("held"));
            assertThat(held).isBetween(acknowledged, acknowledged + 1);
            for (int i = 0; i < acknowledged; i++) {
                assertThat(client.buy("d", "b-" + i).isReplay()).isTrue();
            }
        }
        assertThat(server.terminate()).isZero();
    }
}
