package io.holdfast.gateway.request;

/** A request breaks the syntax. Thrown for every bad body, so it carries no stack trace. */
public final class InvalidRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field path of the member, name of the header or parameter, or null when the body as a whole is
     *     meant
     * @param rule what would have been right
     */
    public InvalidRequest(final String field, final String rule) {
        super(field == null ? rule : field + ": " + rule, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
