package io.holdfast.settlement.state;

import io.holdfast.core.store.SlabSource;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.agrona.BufferUtil;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Has the next slabs of a state ready: allocated, and touched for the first time, on a thread of its own. To touch 8 MiB
 * takes milliseconds, which every request behind the writer would wait for (ADR 0019).
 *
 * <p>For one user at a time; whoever is faster than the thread makes a slab itself, and waits for nobody while there is memory.
 * There are several, so that the thread goes on meanwhile: with one it would idle until that is taken.
 */
public final class SlabReserve implements SlabSource, AutoCloseable {
    /** Slabs that are ready when nobody took one for a while. */
    static final int AHEAD = 4;

    private static final String THREAD = "holdfast-memory";

    private final IntFunction<ByteBuffer> allocator;
    private final Thread thread = new Thread(this::run, THREAD);
    private final ManyToManyConcurrentArrayQueue<ByteBuffer> ready = new ManyToManyConcurrentArrayQueue<>(AHEAD);

    /** Held by the thread while it makes a slab. */
    private final Object making = new Object();

    private volatile boolean isClosed;

    private SlabReserve(final IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
    }

    /** Starts the thread, which makes the first slabs at once. */
    public static SlabReserve start() {
        return start(ByteBuffer::allocateDirect);
    }

    /** The same with memory from elsewhere, by length; asked by both threads. */
    static SlabReserve start(final IntFunction<ByteBuffer> allocator) {
        final SlabReserve reserve = new SlabReserve(allocator);
        reserve.thread.setDaemon(true);
        reserve.thread.start();
        return reserve;
    }

    @Override
    public ByteBuffer next() {
        final ByteBuffer made = ready.poll();
        final ByteBuffer slab = made == null ? makeHere() : made;
        LockSupport.unpark(thread);
        return slab;
    }

    /** Where there is no more memory, what the thread has in hand may be the last of it. */
    private ByteBuffer makeHere() {
        try {
            return allocator.apply(LARGE);
        } catch (final OutOfMemoryError e) {
            synchronized (making) {
                final ByteBuffer last = ready.poll();
                if (last == null) {
                    throw e;
                }
                return last;
            }
        }
    }

    /** Slabs that are ready now. */
    int readyCount() {
        return ready.size();
    }

    private void run() {
        while (!isClosed) {
            if (!makeReady()) {
                LockSupport.park(this);
            }
        }
        ready.drain(BufferUtil::free);
    }

    /**
     * Where there is no more memory whoever needs it will find out, and say so; this thread tries again when asked.
     *
     * @return false when there is nothing to do for now
     */
    private boolean makeReady() {
        synchronized (making) {
            try {
                return ready.size() < AHEAD && offer(allocator.apply(LARGE));
            } catch (final OutOfMemoryError e) {
                return false;
            }
        }
    }

    /** A slab that was being taken may still be in its place when the queue counts one less. */
    private boolean offer(final ByteBuffer slab) {
        final boolean isReady = ready.offer(slab);
        if (!isReady) {
            BufferUtil.free(slab);
        }
        return isReady;
    }

    /** Ends the thread, and gives back what nobody took. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself
        }
    }
}
