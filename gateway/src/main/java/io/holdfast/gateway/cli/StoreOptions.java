package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Postgres;
import io.holdfast.gateway.ServerConfig.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The stores behind the journal; they need not be reachable, only named. */
final class StoreOptions implements FromEnvironment {
    private static final Pattern POSTGRES_URL = Pattern.compile(
            "jdbc:postgresql://(?:[^:/?#\\s\\[\\]]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})/[^/?#\\s]+(\\?\\S*)?");
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--postgres-url",
            paramLabel = "URL",
            description = "Where payments settle: jdbc:postgresql://HOST:PORT/DB.")
    private String postgresUrl;

    @Option(names = "--postgres-user", paramLabel = "USER", description = "User of --postgres-url.")
    private String postgresUser;

    @Option(names = "--postgres-password", paramLabel = "PASSWORD", description = "Password of --postgres-user.")
    private String postgresPassword;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "Where holds and stock are mirrored: redis://HOST:PORT.")
    private String redisUrl;

    /** Adds the flags without which a server in production does not start. */
    void addMissing(final List<String> missing) {
        if (postgresUrl == null) {
            missing.add("--postgres-url");
        }
        if (postgresUser == null) {
            missing.add("--postgres-user");
        }
        if (redisUrl == null) {
            missing.add("--redis-url");
        }
    }

    /** Refuses a database without a user, which only a server in production is refused for otherwise. */
    void refuseHalf() {
        if (postgresUrl != null && postgresUser == null) {
            throw new UsageException("--postgres-user", "missing, and --postgres-url is given");
        }
    }

    Optional<Postgres> postgres() {
        if (postgresUrl == null) {
            return Optional.empty();
        }
        final Matcher matcher = POSTGRES_URL.matcher(postgresUrl);
        if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(1)))) {
            throw new UsageException("--postgres-url", "not of the form jdbc:postgresql://HOST:PORT/DB");
        }
        return Optional.of(new Postgres(
                postgresUrl, postgresUser, Optional.ofNullable(postgresPassword).map(Secret::new)));
    }

    Optional<Secret> redis() {
        if (redisUrl == null) {
            return Optional.empty();
        }
        if (!isRedisUrl(redisUrl)) {
            throw new UsageException("--redis-url", "not of the form redis://HOST:PORT");
        }
        return Optional.of(new Secret(redisUrl));
    }

    private static boolean isRedisUrl(final String url) {
        try {
            final URI uri = URI.create(url);
            final boolean isRedis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            return isRedis && uri.getHost() != null && isPort(uri.getPort());
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPort(final int port) {
        return port > 0 && port <= PORT_MAX;
    }
}
