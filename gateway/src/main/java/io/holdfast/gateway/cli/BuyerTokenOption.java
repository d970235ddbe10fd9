package io.holdfast.gateway.cli;

import io.holdfast.gateway.ServerConfig.Secret;
import io.holdfast.gateway.access.BuyerTokens;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What buyer tokens are signed with: the server checks them by it, and whoever knows it can make some. */
final class BuyerTokenOption implements FromEnvironment {
    static final String FLAG = "--buyer-token-secret";

    @Option(
            names = FLAG,
            paramLabel = "SECRET",
            description = "Signs buyer tokens, 32 bytes or more; they are off without.")
    private String value;

    boolean isGiven() {
        return value != null;
    }

    /** The secret, checked, or empty when none was given. */
    Optional<Secret> secret() {
        if (value == null) {
            return Optional.empty();
        }
        KeyOptions.checkLength(FLAG, value, BuyerTokens.SECRET_BYTES_MIN);
        return Optional.of(new Secret(value));
    }
}
