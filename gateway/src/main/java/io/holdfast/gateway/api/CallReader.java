package io.holdfast.gateway.api;

import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.request.BodyReader;
import io.holdfast.gateway.request.DropRequest;
import io.holdfast.gateway.request.ExtendRequest;
import io.holdfast.gateway.request.HoldId;
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

    private Text buyer = NO_BUYER;

    /** The buyer that the call read last names; empty when it names none. */
    Text buyer() {
        return buyer;
    }

    /**
     * Encodes the command or query.
     *
     * @return false when the path names a hold that cannot exist
     */
    boolean read(final Route route, final Call call, final Target target, final Exchange exchange)
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
            case PLACE_HOLD -> placeHold(call, name, exchange);
            case GET_HOLD, GET_DROP, LIST_DROPS, LIST_HOLDS, LIST_REFUNDS -> query(route, call, target, exchange);
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
            case EXTEND_HOLD -> {
                extendRequest.read(call.body(), call.bodyLength());
                exchange.ready(messages.extendHold(exchange.message(), hold, extendRequest.seconds()), false);
            }
            default -> bare(route, call, name, exchange);
        }
        return true;
    }

    private void placeHold(final Call call, final Text drop, final Exchange exchange) throws InvalidRequest {
        IdempotencyKey.read(call.fields().idempotencyKey(), key);
        holdRequest.read(call.body(), call.bodyLength());
        buyer = holdRequest.buyer();
        holdIds.next(hold);
        exchange.ready(messages.placeHold(exchange.message(), hold, drop, holdRequest, key), false);
    }

    private void query(final Route route, final Call call, final Target target, final Exchange exchange)
            throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        final int length = switch (route) {
            case GET_HOLD -> queries.hold(exchange.message(), hold);
            case GET_DROP -> queries.drop(exchange.message(), target.name());
            case LIST_DROPS -> {
                page.read(target.query(), PageQuery.Narrowing.NONE);
                yield queries.drops(exchange.message(), page);
            }
            case LIST_REFUNDS -> {
                page.read(target.query(), PageQuery.Narrowing.REFUNDS);
                yield queries.refunds(exchange.message(), page);
            }
            default -> {
                page.read(target.query(), PageQuery.Narrowing.HOLDS);
                buyer = page.buyer();
                yield queries.holds(exchange.message(), target.name(), page);
            }
        };
        exchange.ready(length, true);
    }

    private void bare(final Route route, final Call call, final Text name, final Exchange exchange)
            throws InvalidRequest {
        noRequest.read(call.body(), call.bodyLength());
        final int length = switch (route) {
            case RELEASE_HOLD -> messages.releaseHold(exchange.message(), hold);
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
