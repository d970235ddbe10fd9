package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whom it visits when, and what it then sends; time goes on as the test says. */
class EventStreamsTest {
    private static final String HEARTBEAT = ":\n\n";

    private final List<Runnable> rounds = new ArrayList<>();
    private final List<Error> errors = new ArrayList<>();
    private final EventStreams streams = new EventStreams(rounds::add, errors::add, 1_000);

    private long nowNs = Long.MAX_VALUE - 1_000;
    private byte[] newest = bytes("a");

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What came, and how it ended. */
    private static final class Watcher implements EventStreams.Receiver {
        private final List<String> heard = new ArrayList<>();
        private boolean ready = true;
        private Runnable onEnd = () -> {};

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void send(final byte[] bytes) {
            heard.add(new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void end() {
            heard.add("end");
            onEnd.run();
        }

        @Override
        public void cut() {
            heard.add("cut");
        }
    }

    private EventStreams.Stream add(final Watcher watcher, final EventFeed feed) {
        return streams.add(watcher, feed, null, nowNs);
    }

    private void roundAfterMs(final long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
        streams.round(nowNs);
    }

    @Test
    void shouldSendTheNewestAtOnceAndThenOnlyWhatIsNew() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);

        roundAfterMs(0);
        roundAfterMs(100);
        newest = bytes("b");
        roundAfterMs(100);
        roundAfterMs(100);

        assertThat(watcher.heard).containsExactly("a", "b");
    }

    @Test
    void shouldSendTenASecondAtMostAndLeaveOutWhatIsOld() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);
        roundAfterMs(0);

        for (int ms = 10; ms <= 1_000; ms += 10) {
            newest = bytes("at " + ms);
            roundAfterMs(10);
        }

        assertThat(watcher.heard)
                .hasSize(11)
                .startsWith("a", "at 100", "at 200")
                .endsWith("at 1000");
    }

    @Test
    void shouldSendWhatCameTooSoonAsSoonAsItIsTime() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);
        roundAfterMs(0);
        newest = bytes("b");

        roundAfterMs(99);
        assertThat(watcher.heard).containsExactly("a");
        roundAfterMs(1);

        assertThat(watcher.heard).containsExactly("a", "b");
    }

    @Test
    void shouldGiveASignOfLifeWhenNothingIsNew() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);
        roundAfterMs(0);

        roundAfterMs(14_999);
        assertThat(watcher.heard).containsExactly("a");
        roundAfterMs(1);
        roundAfterMs(14_999);

        assertThat(watcher.heard).containsExactly("a", HEARTBEAT);
    }

    @Test
    void shouldNotRepeatWhatIsKnown() {
        final Watcher watcher = new Watcher();
        streams.add(watcher, () -> newest, newest, nowNs);

        roundAfterMs(0);
        newest = bytes("b");
        roundAfterMs(100);

        assertThat(watcher.heard).containsExactly(HEARTBEAT, "b");
    }

    @Test
    void shouldPassOverWhoTakesNothingAndThenShowTheNewest() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);
        roundAfterMs(0);
        watcher.ready = false;
        newest = bytes("b");
        roundAfterMs(20_000);
        newest = bytes("c");
        watcher.ready = true;

        roundAfterMs(0);

        assertThat(watcher.heard).containsExactly("a", "c");
    }

    @Test
    void shouldEndWhenTheFeedDoes() {
        final Watcher watcher = new Watcher();
        add(watcher, () -> newest);
        roundAfterMs(0);
        newest = null;

        roundAfterMs(100);

        assertThat(watcher.heard).containsExactly("a", "end");
    }

    @Test
    void shouldVisitSoManyInARoundAndAllInTurn() {
        final int count = 2 * EventStreams.VISITS_PER_ROUND_MAX + 50;
        final List<Watcher> watchers = new ArrayList<>();
        final List<EventStreams.Stream> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            watchers.add(new Watcher());
            added.add(add(watchers.get(i), () -> newest));
        }

        roundAfterMs(0);
        assertThat(watchers).filteredOn(each -> !each.heard.isEmpty()).hasSize(EventStreams.VISITS_PER_ROUND_MAX);
        roundAfterMs(0);
        roundAfterMs(0);

        assertThat(watchers).allSatisfy(each -> assertThat(each.heard).containsExactly("a"));
        assertThat(streams.count()).isEqualTo(count);
        for (int i = 0; i < count; i += 2) {
            streams.forget(added.get(i));
        }
        newest = bytes("b");
        roundAfterMs(100);
        roundAfterMs(0);
        for (int i = 0; i < count; i++) {
            assertThat(watchers.get(i).heard).as("%d", i).hasSize(i % 2 == 0 ? 1 : 2);
        }
        assertThat(streams.count()).isEqualTo(count / 2);
    }

    @Test
    void shouldSendSoMuchInARoundAndGoOnInTheNext() {
        final int fit = 4;
        newest = new byte[EventStreams.BYTES_PER_ROUND_MAX / fit];
        final List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 2 * fit; i++) {
            watchers.add(new Watcher());
            add(watchers.get(i), () -> newest);
        }

        roundAfterMs(0);
        assertThat(watchers).filteredOn(each -> !each.heard.isEmpty()).hasSize(fit);
        roundAfterMs(0);

        assertThat(watchers).allSatisfy(each -> assertThat(each.heard).hasSize(1));
    }

    @Test
    void shouldEndAllThoughOneCannot() {
        final List<Watcher> watchers = List.of(new Watcher(), new Watcher(), new Watcher());
        final List<EventStreams.Stream> added = new ArrayList<>();
        for (final Watcher watcher : watchers) {
            added.add(add(watcher, () -> newest));
        }
        watchers.get(0).onEnd = () -> streams.forget(added.get(0));
        watchers.get(1).onEnd = () -> {
            throw new IllegalStateException("a fault for the test");
        };
        watchers.get(2).onEnd = () -> streams.forget(added.get(2));

        streams.endAll();

        assertThat(watchers.get(0).heard).containsExactly("end");
        assertThat(watchers.get(1).heard).containsExactly("end", "cut");
        assertThat(watchers.get(2).heard).containsExactly("end");
    }

    @Test
    void shouldBeFullAtItsMaximum() {
        final EventStreams few = new EventStreams(rounds::add, errors::add, 2);
        few.add(new Watcher(), () -> newest, null, nowNs);
        assertThat(few.isFull()).isFalse();
        few.add(new Watcher(), () -> newest, null, nowNs);
        assertThat(few.isFull()).isTrue();
    }

    @Test
    void shouldCutOffWhomItCannotServeAndGoOn() {
        final Watcher broken = new Watcher();
        final Watcher sound = new Watcher();
        add(broken, () -> {
            throw new IllegalStateException("a fault for the test");
        });
        add(sound, () -> newest);

        roundAfterMs(0);

        assertThat(broken.heard).containsExactly("cut");
        assertThat(sound.heard).containsExactly("a");
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldTellOfAnErrorThatTheProcessShouldNotOutlive() {
        add(new Watcher(), () -> {
            throw new OutOfMemoryError("for the test");
        });

        assertThatThrownBy(() -> roundAfterMs(0)).isInstanceOf(OutOfMemoryError.class);

        assertThat(errors).hasSize(1);
    }

    @Test
    void shouldScheduleNothingWhileNobodyWatches() {
        assertThat(rounds).isEmpty();
        final EventStreams.Stream stream = add(new Watcher(), () -> newest);
        add(new Watcher(), () -> newest);
        assertThat(rounds).hasSize(1);
        roundAfterMs(0);
        assertThat(rounds).hasSize(2);

        streams.forget(stream);
        streams.endAll();
        assertThat(streams.count()).isEqualTo(1);
    }

    @Test
    void shouldStopWhenTheLastHasGone() {
        final EventStreams.Stream stream = add(new Watcher(), () -> newest);
        streams.forget(stream);

        roundAfterMs(0);

        assertThat(rounds).hasSize(1);
        add(new Watcher(), () -> newest);
        assertThat(rounds).hasSize(2);
    }
}
