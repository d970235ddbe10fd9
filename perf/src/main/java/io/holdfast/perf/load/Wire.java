package io.holdfast.perf.load;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the connections of one loop share: the kernel's queue of events, and one buffer for each way. One thread. */
public final class Wire {
    static final int ANSWER_BUFFER_LENGTH = 64 * 1024;

    private static final byte[] LOOPBACK_NETWORK = {127, 0, 0};

    private final WirePlan plan;
    private final ManualIoEventLoop events;
    private final boolean isEpoll = Epoll.isAvailable();
    private final InetSocketAddress[] sources;

    private final UnsafeBuffer request = new UnsafeBuffer(ByteBuffer.allocateDirect(RequestSource.REQUEST_LENGTH_MAX));
    private final UnsafeBuffer answer = new UnsafeBuffer(ByteBuffer.allocateDirect(ANSWER_BUFFER_LENGTH));
    private final AnswerReader reader = new AnswerReader(Link.ANSWER_LENGTH_MAX);
    private final Answer answerView = new Answer();

    private int sourceIndex;
    private int openLinks;

    Wire(final WirePlan plan, final Thread thread) {
        this.plan = plan;
        final IoHandlerFactory handlers = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.events = new ManualIoEventLoop(thread, handlers);
        this.sources = sources(plan);
    }

    private static InetSocketAddress[] sources(final WirePlan plan) {
        final InetSocketAddress[] sources = new InetSocketAddress[plan.sourceCount()];
        for (int i = 0; i < sources.length; i++) {
            final byte[] address = {LOOPBACK_NETWORK[0], LOOPBACK_NETWORK[1], LOOPBACK_NETWORK[2], (byte) (i + 1)};
            try {
                sources[i] = new InetSocketAddress(InetAddress.getByAddress(address), 0);
            } catch (final UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }
        return sources;
    }

    /** A connection, not yet opened; the caller has asked {@link #hasRoom()} before. */
    public Link newLink(final LinkListener listener) {
        final Link link = isEpoll ? new EpollLink(this, listener) : new NioLink(this, listener);
        openLinks++;
        return link;
    }

    /** Whether one more connection may be opened. */
    public boolean hasRoom() {
        return openLinks < plan.linksMax();
    }

    /** Connections open, or opening. */
    public int openLinks() {
        return openLinks;
    }

    /** Where a request is written before it is sent. */
    public UnsafeBuffer request() {
        return request;
    }

    UnsafeBuffer answer() {
        return answer;
    }

    AnswerReader reader() {
        return reader;
    }

    Answer answerView() {
        return answerView;
    }

    HttpTarget target() {
        return plan.target();
    }

    boolean isIpv6() {
        return plan.target().address().getAddress() instanceof Inet6Address;
    }

    /** Null where the system chooses. */
    InetSocketAddress nextSource() {
        if (sources.length == 0) {
            return null;
        }
        sourceIndex = sourceIndex + 1 == sources.length ? 0 : sourceIndex + 1;
        return sources[sourceIndex];
    }

    IoRegistration register(final IoHandle handle) {
        return events.register(handle).getNow();
    }

    void forget() {
        openLinks--;
    }

    ManualIoEventLoop events() {
        return events;
    }
}
