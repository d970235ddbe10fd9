package io.holdfast.perf.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
    private static final String NO_STORES = "/no/such/stores";

    @ParameterizedTest
    @CsvSource({
        "http-3-1, EVENT_LOOPS",
        "holdfast-writer, WRITER",
        "holdfast-settle, FOLLOWERS",
        "holdfast-mirror, FOLLOWERS",
        "holdfast-snapsh, FOLLOWERS",
        "G1 Conc#0, COLLECTOR",
        "GC Thread#1, COLLECTOR",
        "C2 CompilerThre, COMPILER",
        "management-1-1, OTHER",
        "holdfast-journa, OTHER"
    })
    void shouldKnowWhoseAThreadIs(final String name, final Stage stage) {
        assertThat(Stage.ofThread(name)).isEqualTo(stage);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldCountWhatAThreadDidBetweenTwoMoments() throws Exception {
        final long pid = ProcessHandle.current().pid();
        final ThreadTimes before = ThreadTimes.read(pid, NO_STORES);
        final Thread worker = new Thread(AccountsTest::work, "http-of-a-test");
        worker.start();
        worker.join();
        final Thread waiting = new Thread(AccountsTest::workAndWait, "holdfast-writer");
        waiting.setDaemon(true);
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        final ThreadTimes after = ThreadTimes.read(pid, NO_STORES);

        assertThat(after.count(Stage.WRITER)).isEqualTo(before.count(Stage.WRITER) + 1);
        assertThat(after.count(Stage.STORES)).isZero();
        assertThat(after.microsSince(before).get(Stage.WRITER)).isPositive();
        assertThat(after.microsSince(after).values()).containsOnly(0.0);
        waiting.interrupt();
    }

    private static void work() {
        for (int i = 0; i < 1_000_000; i++) {
            Thread.onSpinWait();
        }
    }

    private static void workAndWait() {
        work();
        try {
            synchronized (AccountsTest.class) {
                AccountsTest.class.wait();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldRefuseAProcessThatHasEnded() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ThreadTimes.read(Integer.MAX_VALUE, NO_STORES))
                .withMessageContaining("has ended");
    }

    @Test
    void shouldCountProcessorsThatWorkedOrWereTakenAway() throws Exception {
        final ProcessorTimes times =
                ProcessorTimes.of("cpu  100 20 300 5000 600 7 8 9 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");

        assertThat(times.busySeconds()).isEqualTo(4.44);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ProcessorTimes.of("intr 1 2 3"));
    }

    @Test
    void shouldReadWhatTheJournalDidFromMetrics() {
        final String before = metrics(10, 0.5, 100, 4_096);
        final String after = metrics(30, 2.5, 900, 204_096);

        assertThat(JournalCounters.of(after).since(JournalCounters.of(before)))
                .isEqualTo(new JournalCounters(20, 2, 800, 200_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalCounters.of("# nothing\n"))
                .withMessageContaining("holdfast_journal_sync_seconds_count");
    }

    private static String metrics(final int syncs, final double seconds, final double records, final double bytes) {
        return "# HELP holdfast_journal_sync_seconds Write and sync of one batch.\n"
                + "holdfast_journal_sync_seconds_bucket{le=\"1.0E-4\"} 3\n"
                + "holdfast_journal_sync_seconds_count " + syncs + "\n"
                + "holdfast_journal_sync_seconds_sum " + seconds + "\n"
                + "holdfast_journal_batch_records_sum " + records + "\n"
                + "holdfast_journal_durable_position " + bytes + "\n";
    }
}
