package io.holdfast.gateway.request;

/** Where the path says all: no body, or an empty object. */
public final class NoRequest {
    private final BodyReader reader;
    private final BodyReader.Part part = NoRequest::object;

    public NoRequest(final BodyReader reader) {
        this.reader = reader;
    }

    public void read(final byte[] bytes, final int length) throws InvalidRequest {
        if (length > 0) {
            reader.read(bytes, length, part);
        }
    }

    private static void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        if (body.nextMember() != null) {
            throw body.unknown();
        }
    }
}
