package io.holdfast.gateway.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.holdfast.gateway.warmup.Script.Line;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.agrona.CloseHelper;

/**
 * Buyers with a connection each, all of whom ask before anybody is answered, so that the stand-in sees batches as in a drop.
 * Now and then one goes and another comes, for in a drop nearly everybody does, and to open and close a connection is most of
 * what that costs.
 */
final class Crowd implements AutoCloseable {
    static final int BUYERS = Script.ROUND;

    /** Of all connections so many are new each time: of a hundred thousand requests, 12,500 ports. */
    private static final int NEW_EACH_TIME = BUYERS / 8;

    private static final int TIMEOUT_MS = 10_000;
    private static final int ANSWER_BYTES_MAX = 256 * 1024;
    private static final String HEAD_END = "\r\n\r\n";
    private static final String LENGTH = "\r\nContent-Length: ";

    private final StandIn server;
    private final Script script;
    private final Line[] said = new Line[BUYERS];
    private final Socket[] sockets = new Socket[BUYERS];
    private final byte[] answer = new byte[ANSWER_BYTES_MAX];

    private int nextToGo;

    /**
     * Has all of them come, and the script's opening said.
     *
     * @throws IOException when the server cannot be reached, or answers what it should not
     */
    Crowd(final StandIn server, final Script script) throws IOException {
        this.server = server;
        this.script = script;
        try {
            for (int i = 0; i < BUYERS; i++) {
                connect(i);
            }
            for (final Line line : script.opening()) {
                say(0, line);
                hear(0);
            }
        } catch (final IOException | RuntimeException e) {
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
     * Has everybody ask once, awaits the answers, and lets some go and others come.
     *
     * @return how many these were
     * @throws IOException when one does not come, or is not what it should be
     */
    int askOnce() throws IOException {
        server.requireSound();
        for (int i = 0; i < BUYERS; i++) {
            say(i, script.next());
        }
        for (int i = 0; i < BUYERS; i++) {
            hear(i);
        }
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

    private void say(final int buyer, final Line line) throws IOException {
        said[buyer] = line;
        sockets[buyer].getOutputStream().write(line.request().getBytes(ISO_8859_1));
    }

    private void hear(final int buyer) throws IOException {
        final Line line = said[buyer];
        final String heard = receive(buyer);
        if (line.statuses().stream().noneMatch(status -> heard.startsWith("HTTP/1.1 " + status + ' '))) {
            throw new IOException("the stand-in answered: " + heard + " to "
                    + line.request().substring(0, line.request().indexOf('\r')));
        }
        script.heard(line, heard);
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
        final int field = text.indexOf(LENGTH);
        final int value = field + LENGTH.length();
        final int bodyLength = field < 0 ? 0 : Integer.parseInt(text.substring(value, text.indexOf('\r', value)));
        return text.length() == headEnd + HEAD_END.length() + bodyLength;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(sockets);
    }
}
