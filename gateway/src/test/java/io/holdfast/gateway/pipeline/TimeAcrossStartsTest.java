package io.holdfast.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.journal.SimulatedDisk;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults 25 to 27 over two lives: the wall clock was put forward or back while the server was down. */
class TimeAcrossStartsTest {
    private static final Path DATA = Path.of("/data");
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final SimulatedDisk disk = new SimulatedDisk();
    private final UUID hold = new UUID(1, 2);
    private long placedAtMs;

    @BeforeEach
    void placeHoldInAnEarlierLife() throws Exception {
        final SteppedServer server = new SteppedServer(DATA, disk);
        final SteppedServer.Loop loop = server.openLoop();
        server.call(loop, false, exchange -> TestMessages.createDrop(exchange.message(), "d", 10, 300));
        placedAtMs = server.call(
                        loop, false, exchange -> TestMessages.placeHold(exchange.message(), "d", "b", "k", hold))
                .answer()
                .timeMs();
        server.journal.close();
    }

    private Exchange queryHold(final SteppedServer server, final SteppedServer.Loop loop) throws Exception {
        return server.call(loop, true, exchange -> TestMessages.queryHold(exchange.message(), hold));
    }

    private static void pass(final SteppedServer server, final long seconds) {
        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldExpireNothingForAMinuteAfterAStartWithTheClockADayAhead() throws Exception {
        final SteppedServer server = new SteppedServer(DATA, disk, SteppedServer.WALL_CLOCK_MS + DAY_MS);
        final SteppedServer.Loop loop = server.openLoop();

        pass(server, 59);
        server.step();
        assertThat(Outcome.verdict(queryHold(server, loop))).isEqualTo("HELD");
        pass(server, 2);
        server.step();

        final Exchange expired = queryHold(server, loop);
        assertThat(Outcome.verdict(expired)).isEqualTo("EXPIRED");
        assertThat(expired.answer().timeMs()).isGreaterThanOrEqualTo(placedAtMs + DAY_MS);
        server.journal.close();
    }

    @Test
    void shouldGoOnFromTheJournalsTimeWithTheClockADayBehind() throws Exception {
        final SteppedServer server = new SteppedServer(DATA, disk, SteppedServer.WALL_CLOCK_MS - DAY_MS);
        final SteppedServer.Loop loop = server.openLoop();

        final Exchange first = queryHold(server, loop);
        pass(server, 299);
        server.step();
        final Exchange held = queryHold(server, loop);
        pass(server, 2);
        server.step();
        final Exchange expired = queryHold(server, loop);

        assertThat(first.answer().timeMs()).isBetween(placedAtMs, placedAtMs + 1_000);
        assertThat(Outcome.verdict(held)).isEqualTo("HELD");
        assertThat(Outcome.verdict(expired)).isEqualTo("EXPIRED");
        server.journal.close();
    }
}
