package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Steady state allocates nothing: no garbage, no pause of the collector's making. What grows with the number of live
 * entries (pages of the arena, indexes) has grown when the measuring begins.
 */
class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int ATTEMPTS = 5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final StateMachine core = new StateMachine(7);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[1 << 18]);
    private final EventSink sink = new EventSink();
    private final Answer answer = new Answer();

    private long sequence;
    private long timeMs = Command.START_MS;
    private long nextId = 1;

    /** Commands that are encoded once; a round changes only the ids in them. */
    private final ExpandableArrayBuffer place = encode("place h1 berlin buyer-1 GA:2,VIP:1 key=key-of-a-press");

    private final ExpandableArrayBuffer soldOut = encode("place h1 berlin buyer-2 GA:100 key=key-of-another");
    private final ExpandableArrayBuffer soldOutAnon = encode("place h1 berlin buyer-3 GA:100");
    private final ExpandableArrayBuffer limited = encode("place h1 berlin buyer-1 GA:100 key=beyond");
    private final ExpandableArrayBuffer extend = encode("extend h1 400");
    private final ExpandableArrayBuffer release = encode("release h1");
    private final ExpandableArrayBuffer pay = encode("pay payment-id-0001 h1 0 EUR");
    private final ExpandableArrayBuffer payUnknown = encode("pay payment-id-0002 h0 0 EUR");
    private final ExpandableArrayBuffer settle = encode("settle payment-id-0002");
    private final ExpandableArrayBuffer idle = encode("idle");
    private final ExpandableArrayBuffer queryHold = encode("hold h1 drop=berlin buyer=buyer-1");
    private final ExpandableArrayBuffer queryDrop = encode("drop berlin");
    private final ExpandableArrayBuffer queryHolds = encode("holds berlin buyer=buyer-1 entries=10");
    private final ExpandableArrayBuffer queryRefunds = encode("refunds after=1 entries=10");

    private static final int HOLD_LEAST = 16;

    private ExpandableArrayBuffer encode(final String text) {
        final CommandEncoder encoder = new CommandEncoder();
        encoder.encode(Command.of(text));
        return encoder.buffer();
    }

    private void decide(final ExpandableArrayBuffer command) {
        sink.wrap(record, 0, record.capacity());
        core.decide(++sequence, timeMs, command, 0, 128, sink, answer);
    }

    private void decideOnHold(final ExpandableArrayBuffer command, final long hold) {
        command.putLong(HOLD_LEAST, hold);
        decide(command);
    }

    /** One life of everything: granted, repeated, extended, released or expired, refused, paid, asked for. */
    private void round() {
        timeMs += 1_000;
        final long first = nextId++;
        final long second = nextId++;
        place.putByte(KEY_AT, (byte) ('a' + first % 26));
        place.putByte(KEY_AT + 1, (byte) ('a' + first / 26 % 26));
        decideOnHold(place, first);
        decideOnHold(place, first);
        decideOnHold(extend, first);
        core.query(timeMs, queryHold, 0, answer);
        core.query(timeMs, queryDrop, 0, answer);
        core.query(timeMs, queryHolds, 0, answer);
        decideOnHold(soldOut, second);
        decideOnHold(soldOut, second);
        decideOnHold(soldOutAnon, second);
        decideOnHold(limited, second);
        decideOnHold(payUnknown, 0);
        core.query(timeMs, queryRefunds, 0, answer);
        decide(settle);
        if (first % 4 < 2) {
            decideOnHold(release, first);
            decideOnHold(pay, first);
            decideOnHold(pay, first);
        }
        decide(idle);
    }

    private static final int KEY_AT = keyOffset();

    private static int keyOffset() {
        final CommandEncoder encoder = new CommandEncoder();
        final int length = encoder.encode(Command.of("place h1 berlin buyer-1 GA:2,VIP:1 key=key-of-a-press"));
        return length - "key-of-a-press".length();
    }

    @Test
    void shouldAllocateNothingPerCommandInSteadyState() {
        // given
        decide(encode("rules finished=50 refusals=50 payments=1000000"));
        decide(encode("create berlin GA=90 VIP=90 max=120"));
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }

        // when
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round();
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }

        // then a compiler's or a counter's own bytes aside, which do not come back each time
        assertThat(fewest).as("bytes in %d rounds", ROUNDS).isZero();
        assertThat(core.liveHolds()).isPositive();
    }
}
