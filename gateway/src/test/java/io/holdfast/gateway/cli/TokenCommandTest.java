package io.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.access.BuyerTokens;
import io.holdfast.gateway.access.InvalidToken;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code token} from the outside. */
final class TokenCommandTest extends CommandFixture {
    private static final String SECRET = "a-buyer-token-secret-of-32-bytes";

    /** Reads what was printed, as a server would that many seconds from now. */
    private BuyerToken readIn(final long seconds) throws InvalidToken {
        final BuyerTokens tokens = new BuyerTokens(SECRET, () -> System.currentTimeMillis() + seconds * 1_000);
        return tokens.read("Bearer " + printed().strip());
    }

    private boolean isGoodIn(final long seconds) {
        try {
            return readIn(seconds) != null;
        } catch (final InvalidToken e) {
            assertThat(e).hasMessageContaining("expired");
            return false;
        }
    }

    @Test
    void shouldPrintATokenThatTheServerTakesAndNothingElse() throws InvalidToken {
        environment.put("HOLDFAST_BUYER_TOKEN_SECRET", SECRET);

        assertThat(run("token", "--buyer", "b-17", "--drop", "tour-berlin", "--ttl", "2h"))
                .isEqualTo(ExitStatus.OK);

        assertThat(printed()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}\n");
        assertThat(said()).isEmpty();
        assertThat(readIn(0).buyer()).isEqualTo("b-17");
        assertThat(readIn(0).drop()).isEqualTo("tour-berlin");
        assertThat(isGoodIn(7_100)).isTrue();
        assertThat(isGoodIn(7_202)).isFalse();
    }

    @Test
    void shouldTakeTheSecretFromAFileAndLastAnHourUnlessToldOtherwise() throws IOException {
        Files.writeString(directory.resolve("secret"), SECRET + "\n");
        environment.put(
                "HOLDFAST_BUYER_TOKEN_SECRET_FILE", directory.resolve("secret").toString());

        assertThat(run("token", "--buyer", "b-17", "--drop", "d")).isEqualTo(ExitStatus.OK);

        assertThat(isGoodIn(3_500)).isTrue();
        assertThat(isGoodIn(3_602)).isFalse();
    }

    @Test
    void shouldSayWhatIsMissingWithoutASecret() {
        assertThat(run("token", "--buyer", "b-17", "--drop", "d")).isEqualTo(ExitStatus.CANNOT_START);

        assertThat(said()).contains("--buyer-token-secret", "HOLDFAST_BUYER_TOKEN_SECRET", "next step");
        assertThat(out.size()).isZero();
    }
}
