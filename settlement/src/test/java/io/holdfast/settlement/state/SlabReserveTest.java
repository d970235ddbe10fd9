package io.holdfast.settlement.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.store.SlabSource;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;

class SlabReserveTest {
    @Test
    void shouldHaveSomeSlabsReadyAndReplaceEachThatIsTaken() {
        final List<Thread> makers = new CopyOnWriteArrayList<>();
        try (SlabReserve reserve = SlabReserve.start(length -> {
            makers.add(Thread.currentThread());
            return ByteBuffer.allocateDirect(length);
        })) {
            for (int i = 1; i <= 3; i++) {
                await().untilAsserted(() -> assertThat(reserve.readyCount()).isEqualTo(SlabReserve.AHEAD));
                final ByteBuffer slab = reserve.next();
                assertThat(slab.capacity()).isEqualTo(SlabSource.LARGE);
                BufferUtil.free(slab);
            }

            await().untilAsserted(() -> assertThat(makers).hasSize(SlabReserve.AHEAD + 3));
            assertThat(makers).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void shouldGoOnMakingSlabsWhileTheUserMakesOneToo() {
        final Thread caller = Thread.currentThread();
        final CountDownLatch areAllReady = new CountDownLatch(SlabReserve.AHEAD);
        final CountDownLatch isCallerMaking = new CountDownLatch(1);
        try (SlabReserve reserve = SlabReserve.start(length -> {
            if (Thread.currentThread() == caller) {
                isCallerMaking.countDown();
                awaitUninterruptibly(areAllReady);
            } else {
                awaitUninterruptibly(isCallerMaking);
                areAllReady.countDown();
            }
            return ByteBuffer.allocateDirect(length);
        })) {
            BufferUtil.free(reserve.next());
        }
    }

    @Test
    void shouldGiveEachSlabOnceToWhoeverIsFasterThanItsThread() {
        final List<ByteBuffer> slabs = new ArrayList<>();
        try (SlabReserve reserve = SlabReserve.start()) {
            for (int i = 0; i < 40; i++) {
                slabs.add(reserve.next());
            }
        }

        assertThat(slabs.stream().map(BufferUtil::address).distinct()).hasSameSizeAs(slabs);
        assertThat(slabs).allMatch(slab -> slab.capacity() == SlabSource.LARGE);
        slabs.forEach(BufferUtil::free);
    }

    @Test
    void shouldGiveBackWhatNobodyTookAndStillServeWhoeverComesLate() {
        final long before = directBytes();
        final SlabReserve reserve = SlabReserve.start();
        await().untilAsserted(() -> assertThat(reserve.readyCount()).isPositive());

        reserve.close();

        assertThat(directBytes()).isLessThan(before + SlabSource.LARGE);
        final ByteBuffer late = reserve.next();
        assertThat(late.capacity()).isEqualTo(SlabSource.LARGE);
        BufferUtil.free(late);
    }

    @Test
    void shouldTakeWhatItsThreadHasInHandWhereThereIsNoOtherMemory() {
        final Thread caller = Thread.currentThread();
        final CountDownLatch isMaking = new CountDownLatch(1);
        final CountDownLatch hasRefused = new CountDownLatch(1);
        try (SlabReserve reserve = SlabReserve.start(length -> {
            if (Thread.currentThread() == caller) {
                hasRefused.countDown();
                throw new OutOfMemoryError("as the test will have it");
            }
            isMaking.countDown();
            awaitUninterruptibly(hasRefused);
            return ByteBuffer.allocateDirect(length);
        })) {
            awaitUninterruptibly(isMaking);

            final ByteBuffer slab = reserve.next();

            assertThat(slab.capacity()).isEqualTo(SlabSource.LARGE);
            BufferUtil.free(slab);
        }
    }

    @Test
    void shouldSayThatThereIsNoMemoryAndTryAgainWhenAsked() {
        final AtomicBoolean isShort = new AtomicBoolean(true);
        try (SlabReserve reserve = SlabReserve.start(length -> {
            if (isShort.get()) {
                throw new OutOfMemoryError("as the test will have it");
            }
            return ByteBuffer.allocateDirect(length);
        })) {
            assertThatThrownBy(reserve::next).isInstanceOf(OutOfMemoryError.class);
            isShort.set(false);

            BufferUtil.free(reserve.next());

            await().untilAsserted(() -> assertThat(reserve.readyCount()).isPositive());
        }
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
