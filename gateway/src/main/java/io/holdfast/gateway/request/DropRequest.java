package io.holdfast.gateway.request;

import io.holdfast.core.message.CreateDropEncoder;
import io.holdfast.gateway.json.Rfc3339;
import java.time.DateTimeException;

/** The definition of a drop, with what was left out filled in. */
public final class DropRequest {
    static final int CAPACITY_MAX = 10_000_000;
    static final int HOLD_SECONDS_MAX = 86_400;

    private static final int GRACE_SECONDS_MAX = 3_600;
    private static final int HOLD_SECONDS_DEFAULT = 300;
    private static final int MAX_HOLD_SECONDS_DEFAULT = 600;
    private static final int GRACE_SECONDS_DEFAULT = 15;
    private static final int NAME_LENGTH_MAX = 200;

    private static final int NAME = 1;
    private static final int OPENS_AT = 1 << 1;
    private static final int CLOSES_AT = 1 << 2;
    private static final int HOLD_SECONDS = 1 << 3;
    private static final int GRACE_SECONDS = 1 << 4;
    private static final int MAX_HOLD_SECONDS = 1 << 5;
    private static final int MAX_PER_BUYER = 1 << 6;
    private static final int SKUS = 1 << 7;

    private final BodyReader reader;
    private final BodyReader.Part part = this::object;
    private final SkuDefinitions skus = new SkuDefinitions();

    private String name;
    private long opensAtMs;
    private long closesAtMs;
    private int holdSeconds;
    private int graceSeconds;
    private int maxHoldSeconds;
    private int maxPerBuyer;

    public DropRequest(final BodyReader reader) {
        this.reader = reader;
    }

    public void read(final byte[] bytes, final int length) throws InvalidRequest {
        name = null;
        opensAtMs = CreateDropEncoder.opensAtMsNullValue();
        closesAtMs = CreateDropEncoder.closesAtMsNullValue();
        graceSeconds = GRACE_SECONDS_DEFAULT;
        maxPerBuyer = 0;
        reader.read(bytes, length, part);
    }

    /** For people; the drop's own name where none was given. */
    String nameOr(final Text drop) {
        return name == null ? drop.toString() : name;
    }

    SkuDefinitions skus() {
        return skus;
    }

    long opensAtMs() {
        return opensAtMs;
    }

    long closesAtMs() {
        return closesAtMs;
    }

    int holdSeconds() {
        return holdSeconds;
    }

    int paymentGraceSeconds() {
        return graceSeconds;
    }

    int maxHoldSeconds() {
        return maxHoldSeconds;
    }

    int maxPerBuyer() {
        return maxPerBuyer;
    }

    private void object(final BodyReader body) throws InvalidRequest {
        body.beginObject();
        for (String member = body.nextMember(); member != null; member = body.nextMember()) {
            member(body, member);
        }
        body.require(SKUS, "skus");
        fillSeconds(body);
        if (body.hasSeen(OPENS_AT) && body.hasSeen(CLOSES_AT) && closesAtMs <= opensAtMs) {
            throw new InvalidRequest("closesAt", "must be after opensAt");
        }
    }

    private void member(final BodyReader body, final String member) throws InvalidRequest {
        switch (member) {
            case "name" -> {
                body.once(NAME);
                name = displayName(body);
            }
            case "opensAt" -> {
                body.once(OPENS_AT);
                opensAtMs = time(body);
            }
            case "closesAt" -> {
                body.once(CLOSES_AT);
                closesAtMs = time(body);
            }
            case "holdSeconds" -> {
                body.once(HOLD_SECONDS);
                holdSeconds = body.integer(1, HOLD_SECONDS_MAX);
            }
            case "paymentGraceSeconds" -> {
                body.once(GRACE_SECONDS);
                graceSeconds = body.integer(0, GRACE_SECONDS_MAX);
            }
            case "maxHoldSeconds" -> {
                body.once(MAX_HOLD_SECONDS);
                maxHoldSeconds = body.integer(1, HOLD_SECONDS_MAX);
            }
            case "maxPerBuyer" -> {
                body.once(MAX_PER_BUYER);
                maxPerBuyer = body.integer(0, Integer.MAX_VALUE);
            }
            case "skus" -> {
                body.once(SKUS);
                skus.read(body);
            }
            default -> throw body.unknown();
        }
    }

    /** Where one of the two is given, the other's default makes room for it. */
    private void fillSeconds(final BodyReader body) throws InvalidRequest {
        if (!body.hasSeen(HOLD_SECONDS)) {
            holdSeconds = body.hasSeen(MAX_HOLD_SECONDS)
                    ? Math.min(HOLD_SECONDS_DEFAULT, maxHoldSeconds)
                    : HOLD_SECONDS_DEFAULT;
        }
        if (!body.hasSeen(MAX_HOLD_SECONDS)) {
            maxHoldSeconds = Math.max(MAX_HOLD_SECONDS_DEFAULT, holdSeconds);
        }
        if (holdSeconds > maxHoldSeconds) {
            throw new InvalidRequest("holdSeconds", "must not be above maxHoldSeconds");
        }
    }

    private static String displayName(final BodyReader body) throws InvalidRequest {
        final String text = body.string();
        boolean right = !text.isEmpty() && text.length() <= NAME_LENGTH_MAX;
        for (int i = 0; right && i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                right = !Character.isSurrogate(c) && !Character.isISOControl(c);
            }
        }
        if (!right) {
            throw body.invalid("1 to " + NAME_LENGTH_MAX + " characters, none a control character, are needed");
        }
        return text;
    }

    private static long time(final BodyReader body) throws InvalidRequest {
        try {
            final long timeMs = Rfc3339.parse(body.string());
            if (timeMs >= 0) {
                return timeMs;
            }
        } catch (final DateTimeException e) {
            throw body.invalid("a time by RFC 3339 is needed, such as 2026-11-23T12:00:00.000Z");
        }
        throw body.invalid("a time after 1970 is needed");
    }
}
