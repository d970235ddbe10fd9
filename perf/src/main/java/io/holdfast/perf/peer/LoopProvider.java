package io.holdfast.perf.peer;

import io.lettuce.core.resource.EventLoopGroupProvider;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives Lettuce an event loop that serves HTTP already, so that a question to Redis and its answer change no
 * thread.
 */
final class LoopProvider implements EventLoopGroupProvider {
    private final EventLoop loop;

    LoopProvider(final EventLoop loop) {
        this.loop = loop;
    }

    /** Lettuce asks for the class that it would make itself, and uses what it gets as an EventLoopGroup only. */
    @Override
    @SuppressWarnings("unchecked")
    public <T extends EventLoopGroup> T allocate(final Class<T> type) {
        return (T) loop;
    }

    @Override
    public int threadPoolSize() {
        return 1;
    }

    /** The loop is not Lettuce's to end. */
    @Override
    public Future<Boolean> release(
            final EventExecutorGroup group, final long quietPeriod, final long timeout, final TimeUnit unit) {
        return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
    }

    @Override
    public Future<Boolean> shutdown(final long quietPeriod, final long timeout, final TimeUnit unit) {
        return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
    }
}
