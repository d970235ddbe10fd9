package io.holdfast.gateway.api;

import io.holdfast.gateway.access.ApiKeys;
import io.holdfast.gateway.access.Caller;
import io.holdfast.gateway.access.PaymentSignature;
import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.http.Fault;

/** Says who may use a route. One for each event loop. */
final class Guard {
    private final ApiKeys keys;
    private final PaymentSignature signature;
    private final boolean privateStock;

    private Caller caller = Caller.NOBODY;

    Guard(final ApiKeys keys, final PaymentSignature signature, final boolean privateStock) {
        this.keys = keys;
        this.signature = signature;
        this.privateStock = privateStock;
    }

    /** Null when the call may go on; {@link #caller} then says for whom. */
    Fault check(final Route route, final Call call) {
        caller = Caller.NOBODY;
        if (route == Route.RECORD_PAYMENT) {
            return signature.isValid(call.fields().signature(), call.body(), call.bodyLength())
                    ? null
                    : Fault.UNAUTHORIZED;
        }
        caller = keys.caller(call.fields().authorization());
        return switch (route) {
            case DESCRIBE_PROBLEM -> null;
            case GET_DROP -> caller == Caller.NOBODY && !privateStock ? null : either();
            case LIST_HOLDS -> either();
            case PLACE_HOLD, GET_HOLD, RELEASE_HOLD, EXTEND_HOLD -> only(Caller.STOREFRONT);
            default -> only(Caller.OPERATOR);
        };
    }

    Caller caller() {
        return caller;
    }

    private Fault either() {
        return caller == Caller.STOREFRONT || caller == Caller.OPERATOR ? null : Fault.UNAUTHORIZED;
    }

    private Fault only(final Caller right) {
        if (caller == right) {
            return null;
        }
        return either() == null ? Fault.FORBIDDEN : Fault.UNAUTHORIZED;
    }
}
