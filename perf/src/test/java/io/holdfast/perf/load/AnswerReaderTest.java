package io.holdfast.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String CREATED =
            "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nContent-LENGTH:  13 \r\nLocation: /x\r\n\r\n";
    private static final String BODY = "{\"hold\":\"h\"}\n";

    private final AnswerReader reader = new AnswerReader(1_000);
    private final Answer answer = new Answer();

    private int read(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return reader.read(new UnsafeBuffer(bytes), bytes.length, answer);
    }

    @Test
    void shouldReadStatusAndBodyWhenAnswerIsWhole() {
        final int length = read(CREATED + BODY);

        assertThat(length).isEqualTo(CREATED.length() + BODY.length());
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(BODY);
        assertThat(answer.isLast()).isFalse();
        assertThat(answer.retryAfterSeconds()).isEqualTo(Answer.NO_RETRY_AFTER);
    }

    @Test
    void shouldAskForMoreWhereverTheAnswerIsCut() {
        for (int length = 1; length < CREATED.length(); length++) {
            assertThat(read(CREATED.substring(0, length))).isEqualTo(AnswerReader.INCOMPLETE);
        }

        assertThat(read(CREATED)).isEqualTo(CREATED.length() + BODY.length());
    }

    @Test
    void shouldTellRefusalWhenBodyIsProblem() {
        final String problem = "{\"type\":\"/problems/overloaded\",\"status\":503}";

        read("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: Close\r\ncontent-length: "
                + problem.length() + "\r\n\r\n" + problem);

        assertThat(answer.problem()).isEqualTo("overloaded");
        assertThat(answer.retryAfterSeconds()).isEqualTo(2);
        assertThat(answer.isLast()).isTrue();
    }

    @Test
    void shouldNeedNoLengthWhenStatusHasNoBody() {
        final String text = "HTTP/1.1 204 No Content\r\n\r\n";

        assertThat(read(text)).isEqualTo(text.length());
        assertThat(answer.bodyLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void shouldRefuseWhatItCannotRead(final String text) {
        assertThat(read(text)).isEqualTo(AnswerReader.MALFORMED);
    }
}
