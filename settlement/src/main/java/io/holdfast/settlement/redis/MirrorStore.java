package io.holdfast.settlement.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The mirror's keys in Redis, and the fence before them.
 *
 * <p>{@code holdfast:cursor} bears the token of the one writer. Each connection sets a new one before anything else, and each
 * script does nothing unless the token is still its own: what an earlier connection had on its way, or another process sends,
 * has no effect. After any exception the connection is closed, and {@link #connect} must come first.
 */
final class MirrorStore implements AutoCloseable {
    private static final byte[] CURSOR_KEY = ascii("holdfast:cursor");
    private static final byte[] NOTHING = {};
    private static final long NONE = -1;

    private final MirrorConfig config;
    private final RedisThreads threads = new RedisThreads();
    private final MirrorFigures figures;
    private final byte[] journal;
    private final UtcText utc = new UtcText();

    /** Tells this process from others; the number behind it tells its connections apart. */
    private final String writer = UUID.randomUUID() + ":";

    private int connections;
    private RedisLink link;
    private byte[] token;

    /** The last sequence that Redis confirmed; {@link #NONE} while nothing is known of what it holds. */
    private long confirmedSequence = NONE;

    MirrorStore(final MirrorConfig config, final UUID journal, final MirrorFigures figures) {
        this.config = config;
        this.figures = figures;
        this.journal = ascii(journal.toString());
    }

    boolean isConnected() {
        return link != null;
    }

    /**
     * Connects and takes the pen.
     *
     * @return whether Redis is as it was left, as far as the cursor says
     */
    boolean connect() throws RedisAwayException, InterruptedException {
        close(link);
        link = RedisLink.connect(config, threads);
        token = ascii(writer + ++connections);
        final List<Object> before = ask(MirrorScript.CLAIM, List.of(token));
        final boolean isKept = confirmedSequence != NONE
                && text(before.get(0)).startsWith(writer)
                && text(before.get(1)).equals(text(journal))
                && sequence(before.get(2)) >= confirmedSequence;
        if (!isKept) {
            confirmedSequence = NONE;
        }
        return isKept;
    }

    /**
     * Writes a batch without moving the cursor.
     *
     * @return keys that hold what they should not, and were left so
     */
    List<byte[]> write(final WriteBatch batch) throws RedisAwayException, MirrorLostException, InterruptedException {
        return write(batch, List.of(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING));
    }

    /**
     * Writes a batch and moves the cursor to a record up to which all is written then.
     *
     * @param nowMs logical time now, in epoch milliseconds
     * @return keys that hold what they should not, and were left so
     */
    List<byte[]> write(
            final WriteBatch batch, final long sequence, final long position, final long timeMs, final long nowMs)
            throws RedisAwayException, MirrorLostException, InterruptedException {
        final List<byte[]> refused = write(
                batch,
                List.of(
                        ascii(Long.toString(sequence)),
                        ascii(Long.toString(position)),
                        ascii(utc.of(timeMs)),
                        ascii(utc.of(nowMs)),
                        journal));
        confirmedSequence = sequence;
        return refused;
    }

    private List<byte[]> write(final WriteBatch batch, final List<byte[]> cursor)
            throws RedisAwayException, MirrorLostException, InterruptedException {
        final List<byte[]> arguments = new ArrayList<>();
        arguments.add(token);
        arguments.add(batch.holds());
        arguments.add(batch.stock());
        arguments.addAll(cursor);
        arguments.addAll(batch.rawKeys());
        final List<Object> answer = ask(MirrorScript.WRITE, arguments);
        if (answer.get(0) == null) {
            final String holder = text(answer.get(1));
            final boolean isAnothers = !holder.isEmpty() && !holder.startsWith(writer);
            throw lost(isAnothers ? "another server writes to this Redis" : "Redis was flushed", isAnothers);
        }
        if (sequence(answer.get(0)) < confirmedSequence) {
            throw lost("Redis was set back to an older state", false);
        }
        if (!batch.isEmpty()) {
            figures.batches.increment();
        }
        figures.written.add(batch.written());
        figures.deleted.add(batch.deleted());
        final List<byte[]> refused = new ArrayList<>();
        for (final Object key : answer.subList(1, answer.size())) {
            refused.add((byte[]) key);
        }
        return refused;
    }

    /** Reads a page of the mirror's keys, as {@code page.lua} has it. */
    List<Object> page(final byte[] scanCursor, final int keys) throws RedisAwayException, InterruptedException {
        return ask(MirrorScript.PAGE, List.of(scanCursor, ascii(Integer.toString(keys))));
    }

    private List<Object> ask(final MirrorScript script, final List<byte[]> arguments)
            throws RedisAwayException, InterruptedException {
        boolean isAnswered = false;
        try {
            final List<Object> answer = link.run(script, CURSOR_KEY, arguments);
            isAnswered = true;
            return answer;
        } finally {
            if (!isAnswered) {
                disconnect();
            }
        }
    }

    private MirrorLostException lost(final String reason, final boolean isTakenByAnother) {
        disconnect();
        confirmedSequence = NONE;
        return new MirrorLostException(reason, isTakenByAnother);
    }

    private static String text(final Object value) {
        return value == null ? "" : new String((byte[]) value, StandardCharsets.US_ASCII);
    }

    /** A sequence as Redis has it; {@link #NONE} for what is none. */
    private static long sequence(final Object value) {
        final String text = text(value);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : NONE;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives the connection up: what was asked last may be done or not. */
    void disconnect() {
        close(link);
        link = null;
    }

    private static void close(final RedisLink old) {
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        disconnect();
        threads.close();
    }
}
