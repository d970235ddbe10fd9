package io.holdfast.settlement.state;

import io.holdfast.core.store.SlabSource;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.agrona.BufferUtil;

/**
 * Has the next slab of a state ready: allocated, and touched for the first time, on a thread of its own. To touch 8 MiB
 * takes milliseconds, which every request behind the writer would wait for (ADR 0019).
 *
 * <p>For one user at a time; whoever is faster than the thread makes a slab itself, and waits for nobody while there is memory.
 */
public final class SlabReserve implements SlabSource, AutoCloseable {
    private static final String THREAD = "holdfast-memory";

    private final IntFunction<ByteBuffer> allocator;
    private final Thread thread = new Thread(this::run, THREAD);
    private final AtomicReference<ByteBuffer> ready = new AtomicReference<>();

    /** Held by the thread while it makes a slab. */
    private final Object making = new Object();

    private volatile boolean isClosed;

    private SlabReserve(final IntFunction<ByteBuffer> allocator) {
        this.allocator = allocator;
    }

    /** Starts the thread, which makes the first slab at once. */
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
        final ByteBuffer made = ready.getAndSet(null);
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
                final ByteBuffer last = ready.getAndSet(null);
                if (last == null) {
                    throw e;
                }
                return last;
            }
        }
    }

    /** The slab that is ready, or null. */
    ByteBuffer ready() {
        return ready.get();
    }

    private void run() {
        while (!isClosed) {
            if (ready.get() == null) {
                makeReady();
            }
            if (!isClosed) {
                LockSupport.park(this);
            }
        }
        final ByteBuffer unused = ready.getAndSet(null);
        if (unused != null) {
            BufferUtil.free(unused);
        }
    }

    /** Where there is no more memory whoever needs it will find out, and say so; this thread tries again when asked. */
    private void makeReady() {
        synchronized (making) {
            try {
                ready.set(allocator.apply(LARGE));
            } catch (final OutOfMemoryError e) {
                ready.set(null);
            }
        }
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
