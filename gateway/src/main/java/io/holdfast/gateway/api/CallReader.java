package io.holdfast.gateway.api;

import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.request.BodyReader;
import io.holdfast.gateway.request.DropRequest;
import io.holdfast.gateway.request.ExtendRequest;
import io.holdfast.gateway.request.HoldId;
import io.holdfast.gateway.request.HoldOwner;
import io.holdfast.gateway.request.HoldRequest;
import io.holdfast.gateway.request.IdempotencyKey;
import io.holdfast.gateway.request.InvalidRequest;
import io.holdfast.gateway.request.Messages;
import io.holdfast.gateway.request.NoRequest;
import io.holdfast.gateway.request.PageQuery;
import io.holdfast.gateway.request.PaymentRequest;
import io.holdfast.gateway.request.Queries;
import io.holdfast.gateway.request.StockRequest;
import io.holdfast.gateway.request.Text;
import io.holdfast.gateway.sequencer.Exchange;

/** Reads what a call says and encodes it into an exchange. One for each event loop. */
final class CallReader {
    private static final Text NO_BUYER = new Text();

    private final BodyReader body = new BodyReader();
    private final HoldRequest holdRequest = new HoldRequest(body);
    private final ExtendRequest extendRequest = new ExtendRequest(body);
    private final PaymentRequest paymentRequest = new PaymentRequest(body);
    private final DropRequest dropRequest = new DropRequest(body);
    private final StockRequest stockRequest = new StockRequest(body);
    private final NoRequest noRequest = new NoRequest(body);
    private final PageQuery page = new PageQuery();
    private final Messages messages = new Messages();
    private final Queries queries = new Queries();
    private final HoldIds holdIds = new HoldIds();
    private final HoldId hold = new HoldId();
    private final Text key = new Text();
    private final HoldOwner owner = new HoldOwner();

    private Text buyer = NO_BUYER;

    /** The buyer that the call read last names; empty when it names none. */
    Text buyer() {
        return buyer;
    }

    /**
     * Encodes the command or query.
     *
     * @param token what a buyer has shown who asks; null for everybody else
     * @return false when the path names a hold that cannot exist
     */
    boolean read(
            final Route route, final Call call, final Target target, final BuyerToken token, final Exchange exchange)
            throws InvalidRequest {
        buyer = NO_BUYER;
        final Text name = target.name();
        switch (route.resource()) {
            case HOLD, HOLD_EXTEND -> {
                if (!target.isNameSound() || !hold.set(name.toString())) {
                    return false;
                }
            }
            case REFUND_DONE ->
                require(target.isNameSound(), "payment", "1 to 255 visible ASCII characters are needed");
            case PAYMENTS, DROPS, REFUNDS -> {}
            default ->
                require(target.isNameSound() && name.isName(), "drop", "1 to 64 of A-Z a-z 0-9 . _ : @ - are needed");
        }
        switch (route) {
            case PLACE_HOLD -> placeHold(call, name, token, exchange);
            case LIST_HOLDS -> listHolds(call, target, token, exchange);
            case GET_HOLD, RELEASE_HOLD, EXTEND_HOLD -> onHold(route, call, token, exchange);
            case GET_DROP, LIST_DROPS, LIST_REFUNDS -> query(route, call, target, exchange);
            case CREATE_DROP -> {
                dropRequest.read(call.body(), call.bodyLength());
                exchange.ready(messages.createDrop(exchange.message(), name, dropRequest), false);
            }
            case ADJUST_STOCK -> {
                IdempotencyKey.read(call.fields().idempotencyKey(), key);
                IdempotencyKey.require(key);
                stockRequest.read(call.body(), call.bodyLength());
                exchange.ready(messages.adjustStock(exchange.message(), name, stockRequest, key), false);
            }
            case RECORD_PAYMENT -> {
                paymentRequest.read(call.body(), call.bodyLength());
                exchange.ready(messages.recordPayment(exchange.message(), paymentRequest), false);
            }
            default -> bare(route, call, name, exchange);
        }
        return true;
    }

    private void placeHold(final Call call, final Text drop, final BuyerToken token, final Exchange exchange)
            throws InvalidRequest {
        IdempotencyKey.read(call.fields().idempotencyKey(), key);
        holdRequest.read(call.body(), call.bodyLength(), token == null);
        buyer = holdRequest.buyer();
        nameBearer(token);
        holdIds.next(hold);
        exchange.ready(messages.placeHold(exchange.message(), hold, drop, holdRequest, key), false);
    }

    private void listHolds(final Call call, final Target target, final BuyerToken token, final Exchange exchange)
            throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        page.read(target.query(), PageQuery.Narrowing.HOLDS);
        buyer = page.buyer();
        nameBearer(token);
        exchange.ready(queries.holds(exchange.message(), target.name(), page), true);
    }

    /** Who has shown a token need not say again who it is. */
    private void nameBearer(final BuyerToken token) {
        if (token != null && buyer.isEmpty()) {
            buyer.set(token.buyer(), 0, token.buyer().length());
        }
    }

    /** Whose the hold is the core sees: to the bearer of a token it knows no others. */
    private void onHold(final Route route, final Call call, final BuyerToken token, final Exchange exchange)
            throws InvalidRequest {
        owner.setAnybody();
        if (token != null) {
            owner.set(token.drop(), token.buyer());
        }
        buyer = owner.buyer();
        if (route == Route.EXTEND_HOLD) {
            extendRequest.read(call.body(), call.bodyLength());
            final int seconds = extendRequest.seconds();
            exchange.ready(messages.extendHold(exchange.message(), hold, owner, seconds), false);
            return;
        }
        noRequest.read(call.body(), call.bodyLength());
        if (route == Route.RELEASE_HOLD) {
            exchange.ready(messages.releaseHold(exchange.message(), hold, owner), false);
        } else {
            exchange.ready(queries.hold(exchange.message(), hold, owner), true);
        }
    }

    private void query(final Route route, final Call call, final Target target, final Exchange exchange)
            throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        final int length = switch (route) {
            case GET_DROP -> queries.drop(exchange.message(), target.name());
            case LIST_DROPS -> {
                page.read(target.query(), PageQuery.Narrowing.NONE);
                yield queries.drops(exchange.message(), page);
            }
            default -> {
                page.read(target.query(), PageQuery.Narrowing.REFUNDS);
                yield queries.refunds(exchange.message(), page);
            }
        };
        exchange.ready(length, true);
    }

    private void bare(final Route route, final Call call, final Text name, final Exchange exchange)
            throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        final int length = switch (route) {
            case OPEN_DROP -> messages.openDrop(exchange.message(), name);
            case PAUSE_DROP -> messages.pauseDrop(exchange.message(), name);
            case CLOSE_DROP -> messages.closeDrop(exchange.message(), name);
            case ARCHIVE_DROP -> messages.archiveDrop(exchange.message(), name);
            case SETTLE_REFUND -> messages.settleRefund(exchange.message(), name);
            default -> throw new IllegalStateException("no command for " + route);
        };
        exchange.ready(length, false);
    }

    private static void require(final boolean right, final String field, final String rule) throws InvalidRequest {
        if (!right) {
            throw new InvalidRequest(field, rule);
        }
    }
}
