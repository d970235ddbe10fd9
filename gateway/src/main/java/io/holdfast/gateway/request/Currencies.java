package io.holdfast.gateway.request;

/** Codes of ISO 4217 by their form; whether one is in use is not asked. */
final class Currencies {
    static final int LENGTH = 3;
    static final String NONE = "";

    private Currencies() {}

    static String read(final BodyReader body) throws InvalidRequest {
        final String code = body.string();
        boolean right = code.length() == LENGTH;
        for (int i = 0; right && i < LENGTH; i++) {
            right = code.charAt(i) >= 'A' && code.charAt(i) <= 'Z';
        }
        if (!right) {
            throw body.invalid("three capital letters, a code of ISO 4217, are needed");
        }
        return code;
    }
}
