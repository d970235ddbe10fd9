package io.holdfast.gateway.json;

/**
 * The part of a problem (RFC 9457) that is the same each time, made once: a sale that is sold out says little
 * else.
 */
public final class ProblemJson {
    private ProblemJson() {}

    /** An object with type, title, status, detail and code, still open for further members. */
    public static byte[] opening(final int status, final String code, final String title, final String detail) {
        return new JsonBuffer()
                .raw("{\"type\":\"/problems/")
                .raw(code)
                .raw("\",\"title\":")
                .string(title)
                .raw(",\"status\":")
                .number(status)
                .raw(",\"detail\":")
                .string(detail)
                .raw(",\"code\":\"")
                .raw(code)
                .raw('"')
                .toByteArray();
    }
}
