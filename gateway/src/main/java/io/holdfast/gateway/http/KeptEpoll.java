package io.holdfast.gateway.http;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's epoll, in which a socket stays until it closes.
 *
 * <p>When Netty (4.2.18) wants no event of a socket any more it takes it out of epoll, yet believes it is in there: its next
 * change fails with {@code ENOENT}, and what was still to be written is lost. So it would be with a client that has closed its
 * sending side, whose answer is made later and larger than what the socket takes at once. Here such a socket stays in, by
 * edges: the kernel tells of an error or a hang-up once. Without edges it would tell of them endlessly.
 *
 * <p>A new connection goes in with the wish to read, which Netty has a moment later in the same task: one call to the kernel
 * instead of two. That relies on auto-read being on when a connection is registered.
 */
final class KeptEpoll implements IoHandler {
    private final IoHandler epoll;

    private KeptEpoll(final IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        final IoHandlerFactory factory = EpollIoHandler.newFactory();
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(final ThreadAwareExecutor executor) {
                return new KeptEpoll(factory.newHandler(executor));
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    @Override
    public IoRegistration register(final IoHandle handle) throws Exception {
        return new Kept(epoll.register(handle));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(final IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(final Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    /** One socket in epoll; for its event loop's thread. */
    static final class Kept implements IoRegistration {
        private static final EpollIoOps TO_READ = EpollIoOps.EPOLLRDHUP.with(EpollIoOps.EPOLLIN);

        private final IoRegistration registration;

        /** What the kernel was last told to watch; null before it has been told of the socket. */
        private IoOps watched;

        Kept(final IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        public long submit(final IoOps ops) {
            final IoOps wanted = toWatch(ops);
            if (wanted.equals(watched)) {
                return 0;
            }
            final long id = registration.submit(wanted);
            watched = wanted;
            return id;
        }

        private IoOps toWatch(final IoOps ops) {
            if (EpollIoOps.NONE.equals(ops)) {
                return EpollIoOps.EPOLLET;
            }
            return watched == null && EpollIoOps.EPOLLRDHUP.equals(ops) ? TO_READ : ops;
        }

        @Override
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
