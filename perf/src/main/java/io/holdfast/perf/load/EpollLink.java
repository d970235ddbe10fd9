package io.holdfast.perf.load;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** A connection on epoll, edge-triggered: one call to register it, none between its requests. */
final class EpollLink extends Link implements EpollIoHandle {
    private static final EpollIoOps READING =
            EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /** From linux/in.h: the port is chosen when the destination is known, so it may be used for others, too. */
    private static final int IPPROTO_IP = 0;

    private static final int IP_BIND_ADDRESS_NO_PORT = 24;

    private final Wire wire;
    private final LinuxSocket socket;

    private IoRegistration registration;
    private boolean isHearingOfRoom;

    EpollLink(final Wire wire, final LinkListener listener) {
        super(wire, listener);
        this.wire = wire;
        this.socket = LinuxSocket.newSocketStream(wire.isIpv6());
    }

    @Override
    boolean connect() throws IOException {
        socket.setTcpNoDelay(true);
        final InetSocketAddress source = wire.nextSource();
        if (source != null) {
            socket.setIntOpt(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
            socket.bind(source);
        }
        return socket.connect(wire.target().address());
    }

    @Override
    void finishConnect() throws IOException {
        socket.finishConnect();
    }

    @Override
    void register() {
        registration = wire.register(this);
        isHearingOfRoom = hasRest() || !isConnected();
        registration.submit(isHearingOfRoom ? READING_AND_WRITING : READING);
    }

    @Override
    void interest(final boolean isWriting) {
        if (isHearingOfRoom != isWriting) {
            isHearingOfRoom = isWriting;
            registration.submit(isWriting ? READING_AND_WRITING : READING);
        }
    }

    @Override
    int write(final int offset, final int length) throws IOException {
        return socket.sendAddress(wire.request().addressOffset(), offset, offset + length);
    }

    @Override
    int read() throws IOException {
        return socket.recvAddress(wire.answer().addressOffset(), 0, Wire.ANSWER_BUFFER_LENGTH);
    }

    @Override
    public void handle(final IoRegistration registered, final IoEvent event) {
        final EpollIoOps ops = ((EpollIoEvent) event).ops();
        if (isHearingOfRoom && (ops.contains(EpollIoOps.EPOLLOUT) || ops.contains(EpollIoOps.EPOLLERR))) {
            onWritable();
        }
        if (socket.isOpen()) {
            final boolean isEnding = ops.contains(EpollIoOps.EPOLLRDHUP) || ops.contains(EpollIoOps.EPOLLERR);
            onReadable(isEnding);
        }
    }

    /** A closed descriptor has left epoll by itself: the registration need not be taken back by a call. */
    @Override
    void shut() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("closing a connection", e);
        }
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }
}
