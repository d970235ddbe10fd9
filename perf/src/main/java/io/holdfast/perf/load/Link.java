package io.holdfast.perf.load;

import io.netty.channel.IoHandle;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A connection with at most one request in flight. Reads and writes through the buffers of its loop; has some of its own
 * only while an answer, or a request, is through in part.
 *
 * <p>One thread, its loop's.
 */
public abstract class Link implements IoHandle {
    /** Longest answer, head and body: a page of holds is the longest there is. */
    static final int ANSWER_LENGTH_MAX = 4 * 1024 * 1024;

    private final Wire wire;
    private final LinkListener listener;

    private MutableDirectBuffer rest;
    private int restOffset;
    private int restLength;

    private ExpandableArrayBuffer partial;
    private int partialLength;
    private int awaitedLength;

    private boolean isConnected;
    private boolean isAwaiting;
    private boolean isClosed;

    Link(final Wire wire, final LinkListener listener) {
        this.wire = wire;
        this.listener = listener;
    }

    /** Begins to connect; what cannot be made is told to the listener. */
    public final void open() {
        try {
            isConnected = connect();
            register();
        } catch (final IOException e) {
            lose(Failure.CONNECT, e.getMessage());
        }
    }

    /**
     * Connects and sends in one go: on the loopback the connection is there before the call to make it returns.
     *
     * @param length of the request at the beginning of the {@link Wire#request() wire's buffer}
     */
    public final void openAndSend(final int length) {
        try {
            isConnected = connect();
            isAwaiting = true;
            transmit(wire.request(), 0, length);
            register();
        } catch (final IOException e) {
            lose(isConnected ? Failure.RESET : Failure.CONNECT, e.getMessage());
        }
    }

    /**
     * Sends a request, once the connection is there.
     *
     * @param length of the request at the beginning of the {@link Wire#request() wire's buffer}
     */
    public final void send(final int length) {
        if (!isUsable()) {
            throw new IllegalStateException("a request is in flight, or the connection is closed");
        }
        isAwaiting = true;
        try {
            transmit(wire.request(), 0, length);
            if (restLength > 0) {
                interest(true);
            }
        } catch (final IOException e) {
            lose(isConnected ? Failure.RESET : Failure.CONNECT, e.getMessage());
        }
    }

    private void transmit(final MutableDirectBuffer from, final int offset, final int length) throws IOException {
        final int sent = write(offset, length);
        isConnected |= sent > 0;
        if (sent < length) {
            rest = new ExpandableArrayBuffer(length - sent);
            rest.putBytes(0, from, offset + sent, length - sent);
            restOffset = 0;
            restLength = length - sent;
        }
    }

    /** Whether a request can be sent now. */
    public final boolean isUsable() {
        return !isClosed && !isAwaiting;
    }

    /** Whether the connection has been made. */
    final boolean isConnected() {
        return isConnected;
    }

    /** Whether bytes wait for the connection to take them. */
    final boolean hasRest() {
        return restLength > 0;
    }

    /** The connection takes bytes: it has been made, or has room again. */
    final void onWritable() {
        try {
            if (!isConnected) {
                finishConnect();
                isConnected = true;
            }
            if (restLength > 0) {
                wire.request().putBytes(0, rest, restOffset, restLength);
                final int sent = write(0, restLength);
                restOffset += sent;
                restLength -= sent;
            }
            if (restLength == 0) {
                rest = null;
                interest(false);
            }
        } catch (final IOException e) {
            lose(isConnected ? Failure.RESET : Failure.CONNECT, e.getMessage());
        }
    }

    /**
     * There may be something to read.
     *
     * @param isEnding whether the other side has ended, so that one read does not tell all
     */
    final void onReadable(final boolean isEnding) {
        try {
            int count;
            do {
                count = read();
                if (count > 0) {
                    take(wire.answer(), count);
                }
            } while (!isClosed && (count == Wire.ANSWER_BUFFER_LENGTH || isEnding && count > 0));
            if (count < 0) {
                lose(isAwaiting ? Failure.RESET : Failure.IDLE_CLOSE, "the server ended the connection");
            }
        } catch (final IOException e) {
            lose(failureOfReading(), e.getMessage());
        }
    }

    private Failure failureOfReading() {
        if (!isConnected) {
            return Failure.CONNECT;
        }
        return isAwaiting ? Failure.RESET : Failure.IDLE_CLOSE;
    }

    private void take(final DirectBuffer read, final int count) {
        final long nowNs = System.nanoTime();
        if (!isAwaiting) {
            lose(Failure.IDLE_CLOSE, "bytes that nobody asked for");
            return;
        }
        DirectBuffer whole = read;
        int length = count;
        if (partialLength > 0) {
            partial.putBytes(partialLength, read, 0, count);
            partialLength += count;
            whole = partial;
            length = partialLength;
            if (length < awaitedLength) {
                return;
            }
        }
        final Answer answer = wire.answerView();
        final int answerLength = wire.reader().read(whole, length, answer);
        if (answerLength == AnswerReader.MALFORMED || answerLength > 0 && answerLength < length) {
            lose(Failure.NOT_HTTP, "not an answer in HTTP/1.1 with a length");
        } else if (answerLength == length) {
            deliver(answer, nowNs);
        } else {
            keep(read, count, answerLength);
        }
    }

    private void keep(final DirectBuffer read, final int count, final int answerLength) {
        awaitedLength = answerLength;
        if (partialLength == 0) {
            partial = new ExpandableArrayBuffer(Math.max(answerLength, count));
            partial.putBytes(0, read, 0, count);
            partialLength = count;
        }
    }

    private void deliver(final Answer answer, final long nowNs) {
        partial = null;
        partialLength = 0;
        awaitedLength = 0;
        isAwaiting = false;
        if (answer.isLast) {
            close();
        }
        listener.onAnswer(answer, nowNs);
    }

    /** Ends the connection, and tells the listener why. */
    final void lose(final Failure failure, final String detail) {
        if (!isClosed) {
            close();
            listener.onLost(failure, detail);
        }
    }

    /** Ends the connection without a word to the listener. */
    @Override
    public final void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        isAwaiting = false;
        partial = null;
        rest = null;
        wire.forget();
        shut();
    }

    /** @return whether it is made already */
    abstract boolean connect() throws IOException;

    abstract void finishConnect() throws IOException;

    /** Asks to hear of what is to be read, and of room to write while {@link #hasRest()} or not connected. */
    abstract void register() throws IOException;

    /** Whether to hear of room to write, too. */
    abstract void interest(boolean isWriting);

    /** Writes from the wire's request buffer; returns how much went, 0 when there is no room. */
    abstract int write(int offset, int length) throws IOException;

    /** Reads into the wire's answer buffer; returns how much, 0 when there is nothing, -1 at the end. */
    abstract int read() throws IOException;

    abstract void shut();
}
