package io.holdfast.gateway.api;

import io.holdfast.gateway.access.ApiKeys;
import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.access.BuyerTokens;
import io.holdfast.gateway.access.Caller;
import io.holdfast.gateway.access.InvalidToken;
import io.holdfast.gateway.access.PaymentSignature;
import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.http.Fault;

/** Says who may use a route. One for each event loop. */
final class Guard {
    private final ApiKeys keys;
    private final BuyerTokens tokens;
    private final PaymentSignature signature;
    private final boolean privateStock;

    private Caller caller = Caller.NOBODY;
    private BuyerToken token;
    private String detail;

    /** @param tokens null where there are no buyer tokens */
    Guard(final ApiKeys keys, final BuyerTokens tokens, final PaymentSignature signature, final boolean privateStock) {
        this.keys = keys;
        this.tokens = tokens;
        this.signature = signature;
        this.privateStock = privateStock;
    }

    /** Null when the call may go on; {@link #caller} then says for whom, otherwise {@link #detail} may say why not. */
    Fault check(final Route route, final Call call, final Target target) {
        caller = Caller.NOBODY;
        token = null;
        detail = null;
        if (route == Route.RECORD_PAYMENT) {
            return signature.isValid(call.fields().signature(), call.body(), call.bodyLength())
                    ? null
                    : Fault.UNAUTHORIZED;
        }
        identify(call.fields().authorization());
        return switch (route) {
            case DESCRIBE_PROBLEM -> null;
            case GET_DROP, WATCH_DROP -> caller == Caller.NOBODY && !privateStock ? null : inOwnDrop(target, anyKey());
            case LIST_HOLDS -> inOwnDrop(target, anyKey());
            case PLACE_HOLD -> inOwnDrop(target, only(Caller.STOREFRONT));
            case GET_HOLD, RELEASE_HOLD, EXTEND_HOLD -> token != null ? null : only(Caller.STOREFRONT);
            default -> only(Caller.OPERATOR);
        };
    }

    Caller caller() {
        return caller;
    }

    /** Whether a token that was good once is so still. */
    boolean isGood(final BuyerToken shown) {
        return tokens.isGood(shown);
    }

    /** What the caller has shown, when that is a buyer; null for everybody else. */
    BuyerToken token() {
        return token;
    }

    /** What exactly was wrong, or null where the fault itself says it. */
    String detail() {
        return detail;
    }

    private void identify(final String authorization) {
        caller = keys.caller(authorization);
        if (caller == Caller.STRANGER && tokens != null) {
            try {
                token = tokens.read(authorization);
                caller = token == null ? Caller.STRANGER : Caller.BUYER;
            } catch (final InvalidToken e) {
                detail = e.getMessage();
            }
        }
    }

    /** Whoever has a token is let in where it is for, and everybody else as they otherwise are. */
    private Fault inOwnDrop(final Target target, final Fault otherwise) {
        if (token == null) {
            return otherwise;
        }
        if (target.isNameSound() && target.name().is(token.drop())) {
            return null;
        }
        detail = "The buyer token is for another drop.";
        return Fault.FORBIDDEN;
    }

    private Fault anyKey() {
        return caller == Caller.STOREFRONT || caller == Caller.OPERATOR ? null : Fault.UNAUTHORIZED;
    }

    private Fault only(final Caller right) {
        if (caller == right) {
            return null;
        }
        return caller == Caller.BUYER || anyKey() == null ? Fault.FORBIDDEN : Fault.UNAUTHORIZED;
    }
}
