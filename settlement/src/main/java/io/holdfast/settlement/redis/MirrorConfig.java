package io.holdfast.settlement.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * The Redis that is mirrored to: a single server, or what answers for one.
 *
 * @param url {@code redis://[USER:PASSWORD@]HOST:PORT[/DATABASE]}, or {@code rediss://} for TLS
 * @param rushWritesPerSecond up to so many records a second the mirror keeps up; while the log grows faster it writes fewer
 *     keys than that, down to a twentieth, and what is beyond waits in the log until the rush is over
 */
public record MirrorConfig(String url, int rushWritesPerSecond) {
    /** What a mirror keeps up with unless told otherwise: the sale's processors are few. */
    public static final int RUSH_WRITES_PER_SECOND = 10_000;

    private static final int DATABASE_MAX = 1 << 20;

    public MirrorConfig {
        Objects.requireNonNull(url, "url");
        if (rushWritesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "the mirror must write a key a second or more, not " + rushWritesPerSecond);
        }
        parse(url);
        database(url);
    }

    public MirrorConfig(final String url) {
        this(url, RUSH_WRITES_PER_SECOND);
    }

    private static URI parse(final String url) {
        try {
            final URI uri = new URI(url);
            final boolean isRedis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            if (isRedis && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException("the Redis URL cannot be read: " + e.getReason(), e);
        }
        throw new IllegalArgumentException("a Redis URL is redis://[USER:PASSWORD@]HOST:PORT[/DATABASE], or rediss://");
    }

    private static int database(final String url) {
        final String path = parse(url).getPath();
        if (path.isEmpty() || path.equals("/")) {
            return 0;
        }
        try {
            final int database = Integer.parseInt(path.substring(1));
            if (database >= 0 && database <= DATABASE_MAX) {
                return database;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("a Redis database is a number, not " + path.substring(1), e);
        }
        throw new IllegalArgumentException("a Redis database is a number from 0 on, not " + path.substring(1));
    }

    /** The database's number. */
    int database() {
        return database(url);
    }

    /** Without path, as Redisson takes it. */
    String address() {
        final URI uri = parse(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Hides user and password. */
    @Override
    public String toString() {
        final URI uri = parse(url);
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
    }
}
