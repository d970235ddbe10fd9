package io.holdfast.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.message.HoldExpiredDecoder;
import io.holdfast.core.message.HoldExtendedDecoder;
import io.holdfast.core.message.HoldPaidDecoder;
import io.holdfast.core.message.HoldPlacedDecoder;
import io.holdfast.core.message.HoldReleasedDecoder;
import io.holdfast.core.message.MessageHeaderDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * What was released stays readable: bytes that were written then decode to the same words, and a journal that was
 * written then leads to the same state. The files are never edited; a new schema version adds files of its own, made with
 * {@code -Dholdfast.golden=write}.
 */
class GoldenTest {
    private static final String MESSAGES = "golden/messages-0.txt";
    private static final String JOURNAL = "golden/journal-0.txt";
    private static final boolean IS_WRITING = "write".equals(System.getProperty("holdfast.golden"));
    private static final HexFormat HEX = HexFormat.of();

    private static final String SCRIPT = """
            0   start 1
            0   rules live=100 finished=100 refusals=100 adjustments=100 payments=1000 drops=10 names=50 skus=10
            0   create berlin GA=5@4500 VIP=2@9000 EUR max=4 hold=300 grace=15 maxhold=600 closes=+4000 title=Berlin
            0   create later GA=5 opens=+60
            1   place h1 berlin alice GA:2,VIP:1 key=press-1
            1   place h2 berlin bob GA:3
            2   place h3 berlin carol GA:1 key=press-2
            2   place h4 berlin carol GA:1 key=press-2
            2   place h5 berlin alice GA:2
            2   place h6 berlin carol XX:2
            2   place h6 later carol GA:1
            3   extend h1 320
            4   pay pay-1 h1 18000 EUR
            4   pay pay-1 h1 18000 EUR
            4   pay pay-2 h1 18000 EUR
            5   settle pay-2
            6   release h2
            7   adjust berlin GA -1 key=adjustment-1
            8   pause berlin
            9   open berlin
            60  idle
            70  place h7 berlin dave VIP:1
            70  pay pay-3 h2 13500 EUR
            400 idle
            401 create small GA=1@100 EUR title=Small
            402 place h8 small erin GA:1
            403 pay pay-4 h8 100 EUR
            500 close berlin
            500 archive berlin
            501 close later
            """;

    @Test
    void shouldReadEveryMessageAsItWasMeant() throws IOException {
        final List<String> lines = lines(MESSAGES);
        final TreeSet<Integer> kinds = new TreeSet<>();
        for (final String line : lines) {
            final int bar = line.indexOf(" | ");
            final byte[] bytes = HEX.parseHex(line.substring(bar + 3));
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
            kinds.add(header.templateId());
            final String words = line.substring(0, bar);
            if (header.templateId() < 100) {
                final CommandEncoder encoder = new CommandEncoder();
                final int length = encoder.encode(Command.of(words));
                assertThat(Replica.bytes(encoder.buffer(), 0, length)).as(words).isEqualTo(bytes);
            } else {
                assertThat(words(buffer)).isEqualTo(words);
            }
        }
        assertThat(kinds)
                .containsExactly(
                        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 101, 102, 103, 104, 105, 106, 107, 110, 111, 112,
                        113, 120, 121, 122, 130, 131, 140, 141);
    }

    @Test
    void shouldReachTheStateThatTheJournalLedTo() throws IOException {
        final List<String> lines = new ArrayList<>(lines(JOURNAL));
        final String hash = lines.remove(lines.size() - 1);
        final StateMachine again = new StateMachine(1);
        final Replica byEvents = new Replica(2);
        final EventSink sink = new EventSink();
        final UnsafeBuffer events = new UnsafeBuffer(new byte[1 << 18]);
        final JournalRecord reader = new JournalRecord();
        for (final String line : lines) {
            final String[] parts = line.split(" ");
            final long sequence = Long.parseLong(parts[0]);
            final long timeMs = Long.parseLong(parts[1]);
            final byte[] bytes = HEX.parseHex(parts[2]);
            final UnsafeBuffer record = new UnsafeBuffer(bytes);

            byEvents.onRecord(sequence, timeMs, record, bytes.length);
            reader.wrap(record, 0, bytes.length);
            sink.wrap(events, 0, events.capacity());
            again.decide(sequence, timeMs, record, reader.commandOffset(), reader.commandLength(), sink, new Answer());

            assertThat(Replica.bytes(events, 0, sink.length()))
                    .as("events of record %d", sequence)
                    .isEqualTo(Replica.bytes(record, reader.eventsOffset(), reader.eventsLength()));
        }
        assertThat(lines).hasSizeGreaterThan(200);
        assertThat("hash " + Long.toHexString(byEvents.core().stateHash())).isEqualTo(hash);
        assertThat("hash " + Long.toHexString(again.stateHash())).isEqualTo(hash);
    }

    /** The event in words, with the hold's image that it carries. */
    private static String words(final UnsafeBuffer event) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, 0);
        final int block = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        return switch (header.templateId()) {
            case HoldPlacedDecoder.TEMPLATE_ID,
                    HoldExtendedDecoder.TEMPLATE_ID,
                    HoldReleasedDecoder.TEMPLATE_ID,
                    HoldExpiredDecoder.TEMPLATE_ID,
                    HoldPaidDecoder.TEMPLATE_ID ->
                MessageText.of(event, 0) + ": " + MessageText.of(event, block + Integer.BYTES);
            default -> MessageText.of(event, 0);
        };
    }

    private static List<String> lines(final String resource) throws IOException {
        if (IS_WRITING) {
            write();
        }
        try (InputStream in = GoldenTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), US_ASCII).lines().toList();
        }
    }

    private static void write() throws IOException {
        final CoreDriver driver = new CoreDriver(3);
        final Map<String, String> messages = new LinkedHashMap<>();
        final StringBuilder journal = new StringBuilder();
        final JournalRecord reader = new JournalRecord();
        final List<Command> command = new ArrayList<>();
        driver.journalTo((sequence, timeMs, record, length) -> {
            final String bytes = HEX.formatHex(Replica.bytes(record, 0, length));
            journal.append(sequence)
                    .append(' ')
                    .append(timeMs)
                    .append(' ')
                    .append(bytes)
                    .append('\n');
            reader.wrap(record, 0, length);
            note(
                    messages,
                    record,
                    reader.commandOffset(),
                    reader.commandLength(),
                    command.get(0).toString());
            while (reader.nextEvent()) {
                note(messages, record, reader.eventOffset(), reader.eventLength(), null);
            }
        });
        for (final String line : SCRIPT.lines().toList()) {
            command.clear();
            command.add(Command.of(line.substring(4)));
            driver.at(Double.parseDouble(line.substring(0, 4).trim())).run(command.get(0));
        }
        final RandomCommands random = new RandomCommands(2026, RandomCommands.Spread.TINY);
        for (int i = 0; i < 200; i++) {
            command.clear();
            driver.advance(random.nextAdvanceMs());
            command.add(random.next());
            driver.run(command.get(0));
            random.answered(driver.answer());
        }
        journal.append("hash ")
                .append(Long.toHexString(driver.core().stateHash()))
                .append('\n');
        final Path golden = Path.of("src/test/resources/golden");
        Files.createDirectories(golden);
        Files.writeString(golden.resolve("journal-0.txt"), journal);
        final StringBuilder text = new StringBuilder();
        messages.values().forEach(line -> text.append(line).append('\n'));
        Files.writeString(golden.resolve("messages-0.txt"), text);
    }

    /** Keeps the first message of each kind, and of each refusal. */
    private static void note(
            final Map<String, String> messages,
            final UnsafeBuffer record,
            final int offset,
            final int length,
            final String command) {
        final byte[] bytes = Replica.bytes(record, offset, length);
        final String words = command == null ? words(new UnsafeBuffer(bytes)) : command;
        final String kind = words.startsWith("CommandRejected")
                ? words
                : Integer.toString(
                        new MessageHeaderDecoder().wrap(record, offset).templateId());
        messages.putIfAbsent(kind, words + " | " + HEX.formatHex(bytes));
    }
}
