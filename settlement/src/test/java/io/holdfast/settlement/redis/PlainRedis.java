package io.holdfast.settlement.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A Redis client of a socket and nothing else, so that the mirror's own is not asked whether the mirror is right. */
final class PlainRedis implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    PlainRedis(final int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command's answer: a string, a Long, null, or a list of these; bytes are taken for Latin-1. */
    Object ask(final String... words) {
        try {
            final StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
            for (final String word : words) {
                command.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            out.write(command.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return answer();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object answer() throws IOException {
        final String line = line();
        final String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new IllegalStateException(rest);
            case ':' -> Long.parseLong(rest);
            case '$' -> {
                final int length = Integer.parseInt(rest);
                if (length < 0) {
                    yield null;
                }
                final String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
                in.readNBytes(2);
                yield text;
            }
            case '*' -> {
                final List<Object> items = new ArrayList<>();
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    items.add(answer());
                }
                yield items;
            }
            default -> throw new IllegalStateException(line);
        };
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) b);
        }
        in.read();
        return line.toString();
    }

    /** The fields of a hash; empty when there is none. */
    Map<String, String> hash(final String key) {
        final List<?> fields = (List<?>) ask("HGETALL", key);
        final Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i += 2) {
            map.put((String) fields.get(i), (String) fields.get(i + 1));
        }
        return map;
    }

    TreeSet<String> keys(final String pattern) {
        final TreeSet<String> keys = new TreeSet<>();
        ((List<?>) ask("KEYS", pattern)).forEach(key -> keys.add((String) key));
        return keys;
    }

    long ttlMs(final String key) {
        return (Long) ask("PTTL", key);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
