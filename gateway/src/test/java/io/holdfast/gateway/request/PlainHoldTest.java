package io.holdfast.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short cut may only take what the strict reader takes, and must read the same in it. */
class PlainHoldTest {
    private static final long SEED = 20_261_124;
    private static final int ROUNDS = 200_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        " ",
        "\n",
        "\"",
        "\"buyer\"",
        "\"items\"",
        "\"sku\"",
        "\"quantity\"",
        "\"GA\"",
        "\"b-1\"",
        "1",
        "2",
        "100",
        "101",
        "0",
        "01",
        "-1",
        "1.0",
        "1e1",
        "null",
        "true",
        "\\",
        "\\u0041",
        "x",
        "\u0000",
        "\u00e4",
        "{\"sku\":\"GA\",\"quantity\":1}",
        "{\"quantity\":2,\"sku\":\"VIP\"}"
    };

    private final HoldRequest plain = new HoldRequest(new BodyReader());
    private final HoldRequest strict = new HoldRequest(new BodyReader());
    private final PlainHold shortcut = new PlainHold(plain);

    @Test
    void shouldTakeTheUsualSpellingWithoutTheStrictReader() {
        assertThat(shortcut("{\"buyer\":\"b-17\",\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}"))
                .isTrue();
        assertThat(shortcut(
                        " { \"items\" : [ { \"quantity\" : 100 , \"sku\" : \"a.b_c:d@e-F9\" } ] ,\"buyer\":\"b\"}\n"))
                .isTrue();
    }

    @Test
    void shouldDoWithoutTheBuyerOnlyWhereItIsKnown() {
        final byte[] bytes = "{\"items\":[{\"sku\":\"GA\",\"quantity\":2}]}".getBytes(StandardCharsets.UTF_8);

        assertThat(shortcut.read(bytes, bytes.length, true)).isFalse();
        assertThat(shortcut.read(bytes, bytes.length, false)).isTrue();
        assertThat(said(plain)).isEqualTo(" [GA=2]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeOnlyWhatTheStrictReaderTakesAndReadItAlike(final boolean needsBuyer) {
        final SplittableRandom random = new SplittableRandom(SEED);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final String text = mutated(random);
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (shortcut.read(bytes, bytes.length, needsBuyer)) {
                taken++;
                assertThat(strictly(bytes, needsBuyer))
                        .as("seed %d, round %d: %s", SEED, round, text)
                        .isEqualTo(said(plain));
            }
        }
        assertThat(taken).isGreaterThan(ROUNDS / 100);
    }

    private boolean shortcut(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return shortcut.read(bytes, bytes.length, true);
    }

    /** What the strict reader reads, by a spelling that the short cut declines: an escaped name. */
    private String strictly(final byte[] bytes, final boolean needsBuyer) {
        final byte[] declined = new String(bytes, StandardCharsets.UTF_8)
                .replace("\"items\"", "\"\\u0069tems\"")
                .getBytes(StandardCharsets.UTF_8);
        try {
            strict.read(declined, declined.length, needsBuyer);
            return said(strict);
        } catch (final InvalidRequest e) {
            return e.getMessage();
        }
    }

    private static String said(final HoldRequest hold) {
        final List<String> items = new ArrayList<>();
        for (int i = 0; i < hold.itemCount(); i++) {
            items.add(hold.sku(i) + "=" + hold.quantity(i));
        }
        return hold.buyer() + " " + items;
    }

    private static String mutated(final SplittableRandom random) {
        final List<String> pieces = new ArrayList<>(List.of(
                "{",
                "\"buyer\"",
                ":",
                "\"b-1\"",
                ",",
                "\"items\"",
                ":",
                "[",
                "{\"sku\":\"GA\",\"quantity\":1}",
                "]",
                "}"));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            final int at = random.nextInt(pieces.size());
            final String piece = PIECES[random.nextInt(PIECES.length)];
            switch (random.nextInt(4)) {
                case 0 -> pieces.set(at, piece);
                case 1 -> pieces.add(at, piece);
                case 2 -> pieces.remove(at);
                default -> pieces.addAll(at, List.of("{\"sku\":\"" + random.nextInt(3) + "\",\"quantity\":3}", ","));
            }
        }
        return String.join("", pieces);
    }
}
