package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel is told, for what Netty asks for. */
class KeptEpollTest {
    private final List<IoOps> told = new ArrayList<>();

    private IoRegistration kept;
    private EpollIoOps reading;

    @BeforeEach
    void register() {
        assumeTrue(Epoll.isAvailable());
        kept = new KeptEpoll.Kept(new Recorded());
        reading = EpollIoOps.EPOLLRDHUP.with(EpollIoOps.EPOLLIN);
    }

    @Test
    void shouldTellOfANewConnectionOnce() {
        kept.submit(EpollIoOps.EPOLLRDHUP);
        kept.submit(reading);

        assertThat(told).containsExactly(reading);
    }

    @Test
    void shouldTellWhenReadingEndsAndBeginsAgain() {
        kept.submit(EpollIoOps.EPOLLRDHUP);
        kept.submit(reading);
        kept.submit(EpollIoOps.EPOLLRDHUP);
        kept.submit(reading);

        assertThat(told).containsExactly(reading, EpollIoOps.EPOLLRDHUP, reading);
    }

    @Test
    void shouldKeepASocketOfWhichNothingIsWantedByEdges() {
        kept.submit(reading);
        kept.submit(EpollIoOps.NONE);
        kept.submit(EpollIoOps.EPOLLOUT);
        kept.submit(EpollIoOps.NONE);

        assertThat(told).containsExactly(reading, EpollIoOps.EPOLLET, EpollIoOps.EPOLLOUT, EpollIoOps.EPOLLET);
    }

    /** A listening socket begins so. */
    @Test
    void shouldTellAnythingElseAsItIs() {
        kept.submit(EpollIoOps.EPOLLERR);
        kept.submit(EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLIN));

        assertThat(told).containsExactly(EpollIoOps.EPOLLERR, EpollIoOps.EPOLLERR.with(EpollIoOps.EPOLLIN));
    }

    private final class Recorded implements IoRegistration {
        @Override
        public long submit(final IoOps ops) {
            told.add(ops);
            return 0;
        }

        @Override
        public <T> T attachment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return true;
        }
    }
}
