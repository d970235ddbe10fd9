package io.holdfast.gateway.pipeline;

import static io.holdfast.gateway.sequencer.Submission.ACCEPTED;
import static io.holdfast.gateway.sequencer.Submission.JOURNAL_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.pipeline.TestClient.Outcome;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Submission;
import io.holdfast.journal.FaultyFiles;
import io.holdfast.journal.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Faults 2 to 5, 15, 16 and 20, simulated: lanes, writer and a disk in memory take turns as chance has it; the disk fails
 * in any operation, the process is killed, the power goes. In every life that follows, all that was answered must be
 * there, whoever presses again must get the same hold, and no query may have seen what is gone.
 *
 * <p>{@code -Dholdfast.seed=…} begins with another seed, {@code -Dholdfast.simulations=…} runs more of them. Segments are
 * prepared by a thread of the journal's own, so a seed repeats a run up to the moment at which one of those is ready.
 */
@Timeout(300)
class PowerLossTest {
    private static final Path DATA = Path.of("/data");
    private static final int RUNS = Integer.getInteger("holdfast.simulations", 60);
    private static final int LIVES = 5;
    private static final int TURNS_MAX = 40;
    private static final int BUYERS = 60;
    private static final int STOCK = 40;

    /** What is known of one press of Buy. */
    private static final class Press {
        final String key;
        UUID hold = null;

        /** The last status that was answered; null before there was an answer. */
        String answered = null;

        /** Whether a release or payment was sent whose outcome nobody heard. */
        boolean isReleaseOpen = false;

        boolean isPaymentOpen = false;

        Press(final String key) {
            this.key = key;
        }
    }

    /** What an exchange was about, until it comes back. */
    private record Errand(String kind, Press press, UUID hold) {}

    private Random random;
    private SimulatedDisk disk;
    private FaultyFiles files;
    private Map<String, Press> presses;
    private boolean isDropAnswered;
    private boolean isFaultPossible;
    private long highestSequence;
    private int answers;

    @Test
    void shouldKeepEveryAnswerThroughLossOfPower() throws Exception {
        final long first = Long.getLong("holdfast.seed", System.nanoTime());
        int total = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                run(seed);
            } catch (final AssertionError | Exception e) {
                throw new AssertionError("-Dholdfast.seed=" + seed + ": " + e.getMessage(), e);
            }
            total += answers;
        }
        assertThat(total).as("answers in all runs").isGreaterThan(RUNS * 10);
    }

    private void run(final long seed) throws Exception {
        random = new Random(seed);
        disk = new SimulatedDisk();
        files = new FaultyFiles(disk);
        presses = new LinkedHashMap<>();
        isDropAnswered = false;
        highestSequence = 0;
        answers = 0;
        for (int life = 0; life < LIVES; life++) {
            live(life == LIVES - 1);
        }
    }

    private void live(final boolean isLast) throws Exception {
        files.fault(FaultyFiles.Fault.NONE);
        isFaultPossible = false;
        final SteppedServer server = new SteppedServer(DATA, files);
        assertThat(server.core.sequence()).as("last sequence").isGreaterThanOrEqualTo(highestSequence);
        final List<SteppedServer.Loop> loops = List.of(openLoop(server), openLoop(server), openLoop(server));
        createDrop(server, loops.get(0));
        check(server, loops.get(0));
        try {
            if (!isLast) {
                isFaultPossible = true;
                faultSometimes();
            }
            final int turns = random.nextInt(TURNS_MAX);
            for (int i = 0; i < turns; i++) {
                turn(server, loops);
            }
        } catch (final RuntimeException e) {
            assertThat(e).hasMessageContaining("a fault for the test");
        }
        for (final SteppedServer.Loop loop : loops) {
            if (random.nextBoolean()) {
                loop.runTasks();
            }
        }
        end(server);
    }

    private void createDrop(final SteppedServer server, final SteppedServer.Loop loop) throws Exception {
        submit(
                loop,
                new Errand("drop", null, null),
                exchange -> TestMessages.createDrop(exchange.message(), "d", STOCK, 36_000));
        settle(server, loop);
        assertThat(isDropAnswered).isTrue();
    }

    /** An operation, some way ahead, fails: it alone, or it and all after it; a write lets some bytes through. */
    private void faultSometimes() {
        final int failing = random.nextInt(60);
        final boolean isForever = random.nextBoolean();
        final boolean isShort = random.nextBoolean();
        final int[] count = {0};
        files.fault((operation, path, length) -> {
            final int now = count[0]++;
            if (now == failing || (isForever && now > failing)) {
                if (operation == FaultyFiles.Operation.WRITE && isShort && length > 1 && now == failing) {
                    return length / 2;
                }
                throw new IOException("a fault for the test");
            }
            return length;
        });
    }

    private void turn(final SteppedServer server, final List<SteppedServer.Loop> loops) throws Exception {
        final SteppedServer.Loop loop = loops.get(random.nextInt(loops.size()));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> send(loop);
            case 3, 4 -> {
                if (server.ring.buffer().getCursor() != server.ring.consumed().get()) {
                    server.step();
                }
            }
            case 5 -> server.nanos.addAndGet(random.nextInt(1_000_000_000));
            default -> loop.runTasks();
        }
    }

    private void send(final SteppedServer.Loop loop) {
        final String buyer = "b-" + random.nextInt(BUYERS);
        final Press press = presses.computeIfAbsent(buyer, name -> new Press("press-of-" + name));
        final int what = random.nextInt(4);
        if (what < 2 || press.hold == null) {
            final UUID hold = new UUID(random.nextLong(), random.nextLong());
            submit(
                    loop,
                    new Errand("place", press, hold),
                    exchange -> TestMessages.placeHold(exchange.message(), "d", buyer, press.key, hold));
        } else if (what == 2) {
            press.isReleaseOpen = true;
            submit(
                    loop,
                    new Errand("release", press, press.hold),
                    exchange -> TestMessages.releaseHold(exchange.message(), press.hold));
        } else {
            press.isPaymentOpen = true;
            submit(
                    loop,
                    new Errand("pay", press, press.hold),
                    exchange -> TestMessages.recordPayment(exchange.message(), "pay-of-" + buyer, press.hold));
        }
    }

    private void submit(final SteppedServer.Loop loop, final Errand errand, final ToIntFunction<Exchange> encoder) {
        final Exchange exchange = SteppedServer.Loop.exchange(encoder, "query".equals(errand.kind()));
        exchange.context(errand);
        final Submission submission = loop.submit(exchange);
        if (isFaultPossible) {
            assertThat(submission).as("a spare may have failed to be made").isIn(ACCEPTED, JOURNAL_FULL);
        } else {
            assertThat(submission).isEqualTo(ACCEPTED);
        }
    }

    private SteppedServer.Loop openLoop(final SteppedServer server) {
        final SteppedServer.Loop loop = server.openLoop();
        loop.onAnswer = this::heard;
        return loop;
    }

    /** From here on it must be kept: somebody has heard it. */
    private void heard(final Exchange exchange) {
        if (!exchange.isAnswered()) {
            return;
        }
        answers++;
        highestSequence = Math.max(highestSequence, exchange.answer().sequence());
        final Errand errand = (Errand) exchange.context();
        final Press press = errand.press();
        final String verdict = Outcome.verdict(exchange);
        switch (errand.kind()) {
            case "drop" -> isDropAnswered = true;
            case "place" -> heardPlace(press, errand.hold(), exchange, verdict);
            case "release" -> press.answered = "RELEASED".equals(verdict) ? verdict : press.answered;
            case "pay" -> press.answered = press.answered == null ? null : "PAID";
            default -> heardQuery(press, verdict);
        }
    }

    private static void heardPlace(final Press press, final UUID hold, final Exchange exchange, final String verdict) {
        if (verdict.equals("SOLD_OUT")) {
            assertThat(press.answered).as("a hold that was granted").isNull();
            return;
        }
        final boolean isRepeated = exchange.answer().repeated();
        if (press.hold == null && !isRepeated) {
            press.hold = hold;
        } else if (press.hold == null) {
            press.hold = holdOf(exchange);
        }
        assertThat(holdOf(exchange)).as("the hold of " + press.key).isEqualTo(press.hold);
        press.answered = verdict;
    }

    private static UUID holdOf(final Exchange exchange) {
        final var image = new io.holdfast.core.message.HoldImageDecoder()
                .wrapAndApplyHeader(exchange.answer().buffer(), 0, new io.holdfast.core.message.MessageHeaderDecoder());
        return new UUID(image.hold().mostSignificantBits(), image.hold().leastSignificantBits());
    }

    private static void heardQuery(final Press press, final String verdict) {
        final List<String> possible = new ArrayList<>(List.of(press.answered));
        if (press.isReleaseOpen) {
            possible.add("RELEASED");
        }
        if (press.isPaymentOpen) {
            possible.add("PAID");
        }
        if (press.answered.equals("PAID")) {
            possible.retainAll(List.of("PAID"));
        }
        assertThat(verdict).as("hold of " + press.key).isIn(possible);
        press.answered = verdict;
    }

    /** Asks for every hold that anybody was told of. */
    private void check(final SteppedServer server, final SteppedServer.Loop loop) throws Exception {
        for (final Press press : presses.values()) {
            if (press.answered != null) {
                submit(
                        loop,
                        new Errand("query", press, press.hold),
                        exchange -> TestMessages.queryHold(exchange.message(), press.hold));
            }
        }
        settle(server, loop);
    }

    private static void settle(final SteppedServer server, final SteppedServer.Loop loop) throws Exception {
        while (server.ring.buffer().getCursor() != server.ring.consumed().get()) {
            server.step();
        }
        loop.runTasks();
        assertThat(server.failures).isEmpty();
    }

    private void end(final SteppedServer server) {
        final int how = random.nextInt(4);
        if (how > 0) {
            die(server);
        }
        server.journal.close();
        if (how > 1) {
            disk.losePower(random);
        } else {
            disk.killProcess();
        }
    }

    /** Nothing reaches the disk any more; once the journal knows that, it does not even try to close. */
    private void die(final SteppedServer server) {
        files.fault((operation, path, length) -> {
            throw new IOException("a fault for the test: the process is dead");
        });
        try {
            server.openLoop()
                    .submit(SteppedServer.Loop.exchange(
                            exchange -> TestMessages.createDrop(exchange.message(), "d", STOCK, 36_000), false));
            server.step();
        } catch (final Exception e) {
            assertThat(e).hasMessageContaining("a fault for the test");
        }
    }
}
