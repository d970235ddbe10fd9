package io.holdfast.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptTest {
    private static final int CROWD = 50;

    private final CountDownLatch isBusy = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger openAtFirst = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();

    private HttpListener listener;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        listener = PlainListener.of(this::handle, error -> {});
        address = listener.start();
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(sockets);
        listener.close();
    }

    private void handle(final Call call) {
        if (call.target().equals("/busy")) {
            isBusy.countDown();
            awaitGoOn();
        } else {
            openAtFirst.compareAndSet(0, listener.openCount());
        }
        call.send(call.reply().begin(200, ContentType.NONE));
    }

    private void awaitGoOn() {
        try {
            goOn.await(10, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket ask(final String target) throws IOException {
        final Socket socket = new Socket(address.getAddress(), address.getPort());
        sockets.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Else the kernel's queue of those who wait overflows in a storm, and they come again a second later. */
    @Test
    void shouldAcceptAllWhoWaitBeforeItReadsWhatTheyAsk() throws Exception {
        ask("/busy");
        assertThat(isBusy.await(10, TimeUnit.SECONDS)).isTrue();
        Socket last = null;
        for (int i = 0; i < CROWD; i++) {
            last = ask("/count");
        }

        goOn.countDown();

        assertThat(last.getInputStream().read()).isEqualTo('H');
        assertThat(openAtFirst.get()).isEqualTo(1 + CROWD);
    }
}
