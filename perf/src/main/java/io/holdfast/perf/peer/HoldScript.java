package io.holdfast.perf.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The script that decides a hold within Redis, {@code hold.lua}: its keys, its arguments, and what it says. For
 * any thread.
 *
 * @param text in Lua
 */
record HoldScript(String text) {
    private static final int KEYS = 3;
    private static final int ARGUMENTS = 8;

    static HoldScript load() throws IOException {
        try (InputStream script = HoldScript.class.getResourceAsStream("hold.lua")) {
            return new HoldScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The stock of a drop: a hash with a field for each SKU. */
    static String stockKey(final String drop) {
        return "stock:" + drop;
    }

    /** The press's own key comes last, and only if it has one. */
    static byte[][] keys(final HoldRequest request, final String hold) {
        final byte[][] keys = new byte[request.hasKey() ? KEYS + 1 : KEYS][];
        keys[0] = bytes(stockKey(request.drop().name()));
        keys[1] = bytes("buyers:" + request.drop().name());
        keys[2] = bytes("hold:" + hold);
        if (request.hasKey()) {
            keys[KEYS] = bytes("press:" + request.drop().name() + ':' + request.buyer() + ':' + request.key());
        }
        return keys;
    }

    static byte[][] arguments(final HoldRequest request, final String hold, final long nowMs) {
        final DropDefinition drop = request.drop();
        final byte[][] arguments = new byte[ARGUMENTS + 2 * request.items().size()][];
        final String asked = request.asked();
        final String now = Long.toString(nowMs);
        arguments[0] = bytes(request.buyer());
        arguments[1] = drop.buyerLimitArgument();
        arguments[2] = drop.holdMsArgument();
        arguments[3] = DropDefinition.REFUSAL_MS_ARGUMENT;
        arguments[4] = bytes(drop.name() + ' ' + request.buyer() + ' ' + asked + ' ' + now);
        arguments[5] = bytes(asked);
        arguments[6] = bytes(hold);
        arguments[7] = bytes(now);
        int at = ARGUMENTS;
        for (final HoldRequest.Item item : request.items()) {
            arguments[at++] = bytes(item.sku());
            arguments[at++] = bytes(Integer.toString(item.quantity()));
        }
        return arguments;
    }

    /**
     * What the script said.
     *
     * @param hold that it was asked for, which a grant has
     * @throws IllegalStateException when that is nothing it says
     */
    static Verdict verdict(final byte[] said, final String hold, final long nowMs) {
        final String text = new String(said, StandardCharsets.UTF_8);
        final boolean isReplayed = text.charAt(0) == 'R';
        final String[] words = (isReplayed ? text.substring(2) : text).split(" ");
        return switch (words[0]) {
            case "G" ->
                isReplayed
                        ? Verdict.granted(words[2], Long.parseLong(words[3]), Long.parseLong(words[1]), true)
                        : Verdict.granted(hold, nowMs, Long.parseLong(words[1]), false);
            case "S" -> Verdict.soldOut(words[1], Long.parseLong(words[2]), isReplayed);
            case "L" -> Verdict.refused(Verdict.Kind.BUYER_LIMIT, Long.parseLong(words[1]), isReplayed);
            case "K" -> Verdict.refused(Verdict.Kind.KEY_REUSED, 0, false);
            case "U" -> Verdict.refused(Verdict.Kind.UNKNOWN_SKU, 0, false);
            default -> throw new IllegalStateException(String.format(Locale.ROOT, "the script said '%s'", text));
        };
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
