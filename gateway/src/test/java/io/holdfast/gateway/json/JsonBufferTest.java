package io.holdfast.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
    private final JsonBuffer json = new JsonBuffer();

    private String text() {
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteNumbersWhenTheyAreExtreme() {
        json.number(0).raw(' ').number(-1).raw(' ').number(10).raw(' ').number(Long.MAX_VALUE);
        json.raw(' ').number(Long.MIN_VALUE);

        assertThat(text()).isEqualTo("0 -1 10 9223372036854775807 -9223372036854775808");
    }

    @Test
    void shouldEscapeWhatJsonForbidsWhenWritingStrings() {
        json.string("a\"b\\c\n\u0000\u001f\u007fä€😀");

        assertThat(text()).isEqualTo("\"a\\\"b\\\\c\\u000a\\u0000\\u001f\u007fä€😀\"");
    }

    @Test
    void shouldEscapeAlikeWhenTheTextIsInABuffer() {
        final byte[] utf8 = "x\"ä\\".getBytes(StandardCharsets.UTF_8);

        json.string(new UnsafeBuffer(utf8), 1, utf8.length - 1);

        assertThat(text()).isEqualTo("\"\\\"ä\\\\\"");
    }

    @Test
    void shouldWriteUuidsLikeThePlatform() {
        final UUID uuid = UUID.fromString("0e0f1234-5678-4abc-9def-0123456789ab");

        json.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());

        assertThat(text()).isEqualTo('"' + uuid.toString() + '"');
    }

    @Test
    void shouldGrowWhenMuchIsWritten() {
        final String quotes = "\"".repeat(10_000);

        json.string(quotes).string(new UnsafeBuffer(quotes.getBytes(StandardCharsets.US_ASCII)), 0, 10_000);

        assertThat(json.length()).isEqualTo(2 * (2 * 10_000 + 2));
        assertThat(json.clear().length()).isZero();
    }
}
