package io.holdfast.gateway.audit;

import static io.holdfast.gateway.audit.SampleJournal.DROP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.journal.JournalCorruptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalToolsTest {
    private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID THIRD = UUID.fromString("00000000-0000-4000-8000-000000000003");

    @TempDir
    private Path directory;

    private SampleJournal journal;

    @BeforeEach
    void writeJournal() {
        journal = new SampleJournal(directory);
        journal.startServer()
                .createDrop(DROP, 5, 0)
                .at("12:00:03.123")
                .placeHold(FIRST, DROP, "b-17", 2, "press-1")
                .placeHold(SECOND, DROP, "b-18", 3)
                .at("12:00:04")
                .placeHold(THIRD, DROP, "b-17", 2)
                .at("12:01:00")
                .recordPayment(FIRST, "pi_1", 1)
                .recordPayment(FIRST, "pi_2", 9000)
                .settleRefund("pi_1")
                .at("12:10:00")
                .expireHolds();
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }

    @Test
    void shouldVerifyWhenServerStillHasTheJournalOpen() {
        final String verdict = tell((history, output) -> new Verifier(output).run(history));

        assertThat(verdict)
                .isEqualTo(String.format(
                        "verified %d records, state hash %016x: sold + held never above capacity%n",
                        journal.sequence(), journal.machine().stateHash()));
    }

    @Test
    void shouldNameSequenceWhenJournaledEventsAreNotTheDecision() {
        journal.corruptNextEventAt(30).placeHold(UUID.randomUUID(), DROP, "b-19", 1);

        assertThatThrownBy(() -> tell((history, output) -> new Verifier(output).run(history)))
                .isInstanceOf(FaultFoundException.class)
                .hasMessageContaining("sequence " + journal.sequence())
                .hasMessageContaining("PlaceHold");
    }

    @Test
    void shouldNameFileAndOffsetWhenBytesWereFlipped() throws IOException {
        journal.close();
        final Path segment = directory.resolve("journal/00000000000000000000.log");
        final byte[] bytes = Files.readAllBytes(segment);
        bytes[4096 + 1000] ^= 1;
        Files.write(segment, bytes);

        assertThatThrownBy(() -> tell((history, output) -> new Verifier(output).run(history)))
                .isInstanceOf(JournalCorruptException.class)
                .hasMessageContaining(segment.toString())
                .hasMessageContaining("offset");
    }

    @Test
    void shouldPrintOneObjectPerRecordWhenUnfiltered() {
        final String[] lines = print(new RecordFilter(null, null, null)).split("\n");

        assertThat(lines).hasSize(9);
        assertThat(lines[2])
                .startsWith("{\"sequence\":3,\"time\":\"2026-11-23T12:00:03.123Z\",\"position\":")
                .contains("\"command\":{\"type\":\"PlaceHold\",\"hold\":\"" + FIRST
                        + "\",\"items\":[{\"quantity\":2,\"sku\":\"GA\"}],\"drop\":\"tour-berlin\",\"buyer\":\"b-17\","
                        + "\"key\":\"press-1\"}")
                .contains("\"events\":[{\"type\":\"HoldPlaced\",\"image\":{\"type\":\"HoldImage\",\"hold\":\"" + FIRST)
                .contains("\"expiresAt\":\"2026-11-23T12:05:03.123Z\"")
                .contains("\"status\":\"HELD\"")
                .endsWith("}]}");
        assertThat(lines[4]).contains("\"reason\":\"sold-out\"").contains("\"final\":false");
    }

    @Test
    void shouldPrintPaymentsOfBuyerWhenTheyNameTheHoldOnly() {
        final String printed = print(new RecordFilter(null, "b-17", null));

        assertThat(printed.split("\n")).hasSize(5);
        assertThat(printed)
                .contains("PaymentUnfulfilled")
                .contains("RefundSettled")
                .doesNotContain("b-18");
    }

    @Test
    void shouldPrintHoldOnlyWhenHoldIsAsked() {
        final String printed = print(new RecordFilter(DROP, null, SECOND));

        assertThat(printed.split("\n")).hasSize(2);
        assertThat(printed).contains("HoldPlaced").contains("HoldExpired");
    }

    @Test
    void shouldPrintRangeWhenSequenceAndTimeAreGiven() {
        final String printed = run((scan, output) -> new Printer(
                        output,
                        new RecordFilter(null, null, null),
                        Moment.parse("4"),
                        Moment.parse("2026-11-23T12:00:04Z"))
                .run(scan));

        assertThat(printed.split("\n")).hasSize(2);
        assertThat(printed).startsWith("{\"sequence\":4,").contains("{\"sequence\":5,");
    }

    @Test
    void shouldReplayStateOfTheMomentWhenUntilIsGiven() {
        final String state = tell((history, output) -> new Replay(output, Moment.parse("4")).run(history, false));

        assertThat(state)
                .startsWith(
                        "{\"sequence\":4,\"time\":\"2026-11-23T12:00:03.123Z\",\"drops\":[{\"drop\":\"tour-berlin\"")
                .contains("\"capacity\":5,\"available\":0,\"held\":5,\"sold\":0")
                .endsWith("]}]}\n")
                .doesNotContain("\"holds\"");
    }

    @Test
    void shouldReplayHoldsWhenAsked() {
        final String state = tell((history, output) -> new Replay(output, Moment.END).run(history, true));

        assertThat(state)
                .contains("\"available\":3,\"held\":0,\"sold\":2")
                .contains("\"holds\":[{\"hold\":\"" + FIRST)
                .contains("},{\"hold\":\"" + SECOND)
                .contains("\"status\":\"EXPIRED\"")
                .contains("\"order\":\"" + FIRST + "\"");
    }

    @Test
    void shouldTellStoryInSentencesWhenBuyerIsKnown() {
        final String story = run((scan, output) -> new Story(output, "b-17", null).run(scan));

        assertThat(story)
                .isEqualTo("2026-11-23 (UTC)\n"
                        + "12:00:03.123 asked for 2 × GA of tour-berlin; got hold " + FIRST
                        + " until 12:05:03 (sequence 3)\n"
                        + "12:00:04.000 asked for 2 × GA of tour-berlin; refused: sold out: GA had 0 left and 5 held, "
                        + "so some could still come back (sequence 5)\n"
                        + "12:01:00.000 payment pi_1 of 0.01 EUR for hold " + FIRST
                        + " bought nothing, since the amount was another one; a refund is due (sequence 6)\n"
                        + "12:01:00.000 paid 90.00 EUR with payment pi_2; hold " + FIRST
                        + ", 2 × GA of tour-berlin, is now the order of that id (sequence 7)\n"
                        + "12:01:00.000 got back the 0.01 EUR of payment pi_1 (sequence 8)\n");
    }

    @Test
    void shouldTellExpiryWhenHoldWasNotPaid() {
        final String story = run((scan, output) -> new Story(output, "b-18", DROP).run(scan));

        assertThat(story)
                .endsWith("12:10:00.000 had not paid in time: hold " + SECOND + ", 3 × GA of tour-berlin, expired and "
                        + "went back to stock; it was to be paid by 12:05:03 (sequence 9)\n");
    }

    @Test
    void shouldTellRepeatsExtensionsAndReleasesWhenTheyHappened() {
        final UUID hold = UUID.randomUUID();
        journal.at("12:20:00")
                .placeHold(hold, DROP, "b-20", 1, "press-9")
                .placeHold(UUID.randomUUID(), DROP, "b-20", 1, "press-9")
                .at("12:21:00")
                .extendHold(hold, 400)
                .releaseHold(hold)
                .extendHold(hold, 60);

        final String story = run((scan, output) -> new Story(output, "b-20", DROP).run(scan));

        assertThat(story)
                .contains(
                        "asked for 1 × GA of tour-berlin once more; nothing new, it stays as decided at sequence 10 (sequence 11)")
                .contains("asked for 400 s more for hold " + hold + "; got until 12:27:40 (sequence 12)")
                .contains("gave back hold " + hold + ", 1 × GA of tour-berlin (sequence 13)")
                .contains("asked for 60 s more for hold " + hold + "; refused: the hold had ended (sequence 14)");
    }

    @Test
    void shouldSayThatNothingIsKnownWhenBuyerIsAStranger() {
        final String story = run((scan, output) -> new Story(output, "b-99", null).run(scan));

        assertThat(story).isEqualTo("The journal says nothing about buyer b-99.\n");
    }

    @Test
    void shouldCountEventsWhenStatIsAsked() {
        final String text = run((scan, output) -> new Statistics(output).run(scan, false));
        final String json = run((scan, output) -> new Statistics(output).run(scan, true));

        assertThat(text).contains("records      9").contains("first time   2026-11-23T12:00:00.000Z");
        assertThat(json)
                .contains("\"records\":9,\"firstSequence\":1,\"lastSequence\":9")
                .contains("\"lastTime\":\"2026-11-23T12:10:00.000Z\"")
                .contains("\"HoldPlaced\":2,")
                .contains("\"CommandRejected\":1");
    }

    @Test
    void shouldShowThatADropIsSoldOut() {
        final UUID hold = UUID.randomUUID();
        journal.placeHold(hold, DROP, "b-21", 3).recordPayment(hold, "pi_3", 13_500);

        final String printed = print(new RecordFilter(DROP, "b-21", hold));
        final String story = run((scan, output) -> new Story(output, "b-21", null).run(scan));

        assertThat(printed)
                .contains(
                        "{\"type\":\"DropSoldOut\",\"dropNumber\":1,\"image\":{\"type\":\"DropImage\",\"sequence\":11,")
                .contains("\"capacity\":5,\"available\":0,\"held\":0,\"sold\":5");
        assertThat(run((scan, output) -> new Statistics(output).run(scan, true)))
                .contains("\"DropSoldOut\":1");
        assertThat(tell((history, output) -> new Verifier(output).run(history))).startsWith("verified 11 records");
        assertThat(story).contains("is now the order of that id (sequence 11)");
    }

    private String print(final RecordFilter filter) {
        return run((scan, output) -> new Printer(output, filter, Moment.BEGINNING, Moment.END).run(scan));
    }

    private String run(final BiConsumer<JournalScan, Output> tool) {
        return tell((history, output) -> {
            try (JournalScan scan = history.openOldest()) {
                tool.accept(scan, output);
            }
        });
    }

    private String tell(final BiConsumer<History, Output> tool) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        tool.accept(new History(directory, Optional.empty(), Progress.silent(), said -> {}), new Output(printed));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
