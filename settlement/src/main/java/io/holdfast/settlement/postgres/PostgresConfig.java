package io.holdfast.settlement.postgres;

import java.util.Objects;

/**
 * The database that payments settle into.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DB}
 * @param password empty for none
 */
public record PostgresConfig(String url, String user, String password) {
    public PostgresConfig {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Hides the password, and the URL's parameters, where another may stand. */
    @Override
    public String toString() {
        return url.split("\\?", 2)[0] + " as " + user;
    }
}
