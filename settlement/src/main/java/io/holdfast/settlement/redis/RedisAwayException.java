package io.holdfast.settlement.redis;

/** Redis does not answer, or not as it should; what was asked of it may be done or not. */
final class RedisAwayException extends Exception {
    private static final long serialVersionUID = 1;

    RedisAwayException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
