package io.holdfast.gateway.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One keep-alive connection, one request at a time. Plain on purpose: what it sees is what was sent. */
final class HttpClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    HttpClient(final int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Status, head and body of an answer. */
    record Reply(int status, String head, String body) {
        /** The text of a member of the body, without quotes; null when it is not there. */
        String member(final String name) {
            final Matcher matcher =
                    Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(body);
            return matcher.find() ? matcher.group(1) : null;
        }

        boolean isReplay() {
            return head.toLowerCase(Locale.ROOT).contains("idempotent-replayed: true");
        }
    }

    Reply send(final String method, final String path, final String fields, final String body) throws IOException {
        final byte[] content = body.getBytes(UTF_8);
        final String type = content.length == 0 ? "" : "Content-Type: application/json\r\n";
        final String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + type
                + "Content-Length: " + content.length + "\r\n\r\n";
        final byte[] headBytes = head.getBytes(ISO_8859_1);
        final byte[] all = new byte[headBytes.length + content.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(content, 0, all, headBytes.length, content.length);
        socket.getOutputStream().write(all);
        return receive();
    }

    private Reply receive() throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            final int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            head.append((char) next);
        }
        final Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        final int count = length.find() ? Integer.parseInt(length.group(1)) : 0;
        final byte[] body = in.readNBytes(count);
        if (body.length < count) {
            throw new EOFException("the connection ended within a body");
        }
        return new Reply(Integer.parseInt(head.substring(9, 12)), head.toString(), new String(body, UTF_8));
    }

    Reply storefront(final String method, final String path, final String key, final String body) throws IOException {
        final String idempotency = key.isEmpty() ? "" : "Idempotency-Key: " + key + "\r\n";
        return send(method, path, "Authorization: Bearer " + ServerProcess.API_KEY + "\r\n" + idempotency, body);
    }

    Reply operator(final String method, final String path, final String body) throws IOException {
        return send(method, path, "Authorization: Bearer " + ServerProcess.ADMIN_KEY + "\r\n", body);
    }

    Reply buy(final String drop, final String buyer) throws IOException {
        return storefront(
                "POST",
                "/v1/drops/" + drop + "/holds",
                "press-of-" + buyer,
                "{\"buyer\":\"" + buyer + "\",\"items\":[{\"sku\":\"GA\",\"quantity\":1}]}");
    }

    /** Notifies of a payment as a payment provider does, signed with the secret. */
    Reply pay(final String body, final String secret) throws IOException {
        final long seconds = System.currentTimeMillis() / 1_000;
        return send(
                "POST",
                "/v1/payments",
                "Holdfast-Signature: t=" + seconds + ",v1=" + signature(seconds + "." + body, secret) + "\r\n",
                body);
    }

    private static String signature(final String signed, final String secret) {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
