package io.holdfast.gateway.cli;

/** A flag's value is malformed: the message names flag and value. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param flag as typed, {@code --ring-size}
     * @param what is wrong with the value, and what would be right; never a secret's value
     */
    public UsageException(final String flag, final String what) {
        super(flag + " (" + EnvironmentDefaults.variableOf(flag) + "): " + what);
    }

    public UsageException(final String message) {
        super(message);
    }
}
