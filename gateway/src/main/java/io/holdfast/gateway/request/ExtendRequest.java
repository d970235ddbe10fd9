package io.holdfast.gateway.request;

/** {@code {"seconds":120}} */
public final class ExtendRequest {
    private static final int SECONDS = 1;

    private final BodyReader reader;
    private final BodyReader.Part part = this::object;

    private int seconds;

    public ExtendRequest(final BodyReader reader) {
        this.reader = reader;
    }

    public void read(final byte[] bytes, final int length) throws InvalidRequest {
        reader.read(bytes, length, part);
    }

    public int seconds() {
        return seconds;
    }

    private void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            if (!"seconds".equals(member)) {
                throw body.unknown();
            }
            body.once(SECONDS);
            seconds = body.integer(1, DropRequest.HOLD_SECONDS_MAX);
        }
        body.require(SECONDS, "seconds");
    }
}
