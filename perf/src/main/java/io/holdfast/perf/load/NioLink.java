package io.holdfast.perf.load;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** A connection on the JDK's selector, where there is no epoll. */
final class NioLink extends Link implements NioIoHandle {
    private final Wire wire;
    private final SocketChannel channel;

    private IoRegistration registration;

    NioLink(final Wire wire, final LinkListener listener) {
        super(wire, listener);
        this.wire = wire;
        try {
            this.channel = SocketChannel.open();
            channel.configureBlocking(false);
        } catch (final IOException e) {
            throw new UncheckedIOException("opening a socket", e);
        }
    }

    @Override
    boolean connect() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        final InetSocketAddress source = wire.nextSource();
        if (source != null) {
            channel.bind(source);
        }
        return channel.connect(wire.target().address());
    }

    @Override
    void finishConnect() throws IOException {
        channel.finishConnect();
    }

    @Override
    void register() {
        registration = wire.register(this);
        interest(hasRest() || !isConnected());
    }

    @Override
    void interest(final boolean isWriting) {
        if (!isWriting) {
            registration.submit(NioIoOps.READ);
        } else {
            registration.submit(isConnected() ? NioIoOps.READ.with(NioIoOps.WRITE) : NioIoOps.CONNECT);
        }
    }

    /** The JDK refuses to write before the connection is made. */
    @Override
    int write(final int offset, final int length) throws IOException {
        if (!channel.isConnected()) {
            return 0;
        }
        final ByteBuffer buffer = wire.request().byteBuffer();
        return channel.write(buffer.limit(offset + length).position(offset));
    }

    @Override
    int read() throws IOException {
        return channel.isConnected() ? channel.read(wire.answer().byteBuffer().clear()) : 0;
    }

    @Override
    public void handle(final IoRegistration registered, final IoEvent event) {
        final NioIoOps ops = ((NioIoEvent) event).ops();
        if (ops.contains(NioIoOps.CONNECT) || ops.contains(NioIoOps.WRITE)) {
            onWritable();
        }
        if (ops.contains(NioIoOps.READ) && channel.isOpen()) {
            onReadable(false);
        }
    }

    @Override
    void shut() {
        if (registration != null) {
            registration.cancel();
        }
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("closing a connection", e);
        }
    }

    @Override
    public SelectableChannel selectableChannel() {
        return channel;
    }
}
