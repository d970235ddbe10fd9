package io.holdfast.gateway.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.agrona.CloseHelper;

/**
 * Buyers with a connection each, all of whom ask before anybody is answered, so that the stand-in sees batches as in a drop.
 * Most press Buy, some for what is sold out, some again; others look at the drop. Now and then one goes and another comes, for
 * in a drop nearly everybody does, and to open and close a connection is most of what that costs.
 */
final class Crowd implements AutoCloseable {
    static final int BUYERS = 32;

    /** Of all connections so many are new each time: of a hundred thousand requests, 12,500 ports. */
    private static final int NEW_EACH_TIME = BUYERS / 8;

    private static final int TIMEOUT_MS = 10_000;
    private static final int ANSWER_BYTES_MAX = 16 * 1024;
    private static final int KINDS = 8;
    private static final String PLENTY = "warm-up";
    private static final String GONE = "warm-up-gone";
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "\r\nContent-Length: ";

    private final StandIn server;
    private final Socket[] sockets = new Socket[BUYERS];
    private final byte[] answer = new byte[ANSWER_BYTES_MAX];

    private int presses;

    private int nextToGo;

    /** @throws IOException when the server cannot be reached */
    Crowd(final StandIn server) throws IOException {
        this.server = server;
        try {
            for (int i = 0; i < BUYERS; i++) {
                connect(i);
            }
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private void connect(final int buyer) throws IOException {
        final InetSocketAddress address = server.address();
        sockets[buyer] = new Socket(address.getAddress(), address.getPort());
        sockets[buyer].setTcpNoDelay(true);
        sockets[buyer].setSoTimeout(TIMEOUT_MS);
    }

    /**
     * One with more than all of them can buy, one of which nothing is left.
     *
     * @param areLimited whether there is an end to the drop, and to what one buyer gets
     */
    void createDrops(final boolean arePriced, final boolean areLimited) throws IOException {
        final String price = arePriced ? ",\"priceMinor\":4500,\"currency\":\"EUR\"" : "";
        final String limits =
                areLimited ? "\"closesAt\":\"2099-01-01T00:00:00Z\",\"maxHoldSeconds\":600,\"maxPerBuyer\":4," : "";
        for (final String drop : new String[] {PLENTY, GONE}) {
            final int capacity = drop.equals(GONE) ? 1 : 10_000_000;
            final String definition =
                    "{" + limits + "\"skus\":[{\"sku\":\"GA\",\"capacity\":" + capacity + price + "}]}";
            ask(0, request("PUT", "/v1/drops/" + drop, server.access().adminKey(), "", definition), 201);
        }
        ask(0, press(GONE, "first"), 201);
    }

    /**
     * Has everybody ask once, awaits the answers, and lets some go and others come.
     *
     * @return how many these were
     * @throws IOException when one does not come, or is not what it should be
     */
    int pressOnce() throws IOException {
        server.requireSound();
        for (int i = 0; i < BUYERS; i++) {
            send(i, request(presses + i));
        }
        for (int i = 0; i < BUYERS; i++) {
            requireStatus(receive(i), expected(presses + i));
        }
        presses += BUYERS;
        replaceSome();
        return BUYERS;
    }

    private void replaceSome() throws IOException {
        for (int i = 0; i < NEW_EACH_TIME; i++) {
            sockets[nextToGo].close();
            connect(nextToGo);
            nextToGo = (nextToGo + 1) % BUYERS;
        }
    }

    private String request(final int number) {
        return switch (number % KINDS) {
            case 0 -> press(PLENTY, "b-" + (number - 1)); // the same press of Buy once more
            case 1, 2 -> press(GONE, "b-" + number);
            case 3 -> request("GET", "/v1/drops/" + PLENTY, server.access().apiKey(), "", "");
            default -> press(PLENTY, "b-" + number);
        };
    }

    private static int expected(final int number) {
        return switch (number % KINDS) {
            case 1, 2 -> 409;
            case 3 -> 200;
            default -> 201;
        };
    }

    private String press(final String drop, final String buyer) {
        return request(
                "POST",
                "/v1/drops/" + drop + "/holds",
                server.access().apiKey(),
                "Idempotency-Key: press-" + buyer + "\r\n",
                "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}");
    }

    private static String request(
            final String method, final String path, final String key, final String field, final String body) {
        final String content = body.isEmpty() ? "" : "Content-Type: application/json" + LENGTH + body.length() + "\r\n";
        return method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: holdfast-warm-up\r\nAccept: */*\r\n"
                + "Authorization: Bearer " + key + "\r\n" + field + content + "\r\n" + body;
    }

    private void ask(final int buyer, final String request, final int expected) throws IOException {
        send(buyer, request);
        requireStatus(receive(buyer), expected);
    }

    private void send(final int buyer, final String request) throws IOException {
        sockets[buyer].getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private static void requireStatus(final String answered, final int expected) throws IOException {
        if (!answered.startsWith("HTTP/1.1 " + expected + ' ')) {
            throw new IOException("the stand-in answered: " + answered);
        }
    }

    private String receive(final int buyer) throws IOException {
        int count = 0;
        while (true) {
            final int more = sockets[buyer].getInputStream().read(answer, count, answer.length - count);
            if (more <= 0) {
                throw new EOFException("the stand-in closed a connection");
            }
            count += more;
            final String text = new String(answer, 0, count, ISO_8859_1);
            if (isWhole(text)) {
                return text;
            }
        }
    }

    private static boolean isWhole(final String text) {
        final int headEnd = text.indexOf(HEAD_END);
        if (headEnd < 0) {
            return false;
        }
        final int length = text.indexOf(LENGTH) + LENGTH.length();
        final int bodyLength = Integer.parseInt(text.substring(length, text.indexOf('\r', length)));
        return text.length() == headEnd + HEAD_END.length() + bodyLength;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(sockets);
    }
}
