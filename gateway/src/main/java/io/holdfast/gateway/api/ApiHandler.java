package io.holdfast.gateway.api;

import io.holdfast.gateway.access.BuyerToken;
import io.holdfast.gateway.access.Caller;
import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.http.CallHandler;
import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Origins;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.JsonBuffer;
import io.holdfast.gateway.limits.RateLimit;
import io.holdfast.gateway.management.LoopMetrics;
import io.holdfast.gateway.request.InvalidRequest;
import io.holdfast.gateway.request.Text;
import io.holdfast.gateway.sequencer.AnswerHandler;
import io.holdfast.gateway.sequencer.Exchange;
import io.holdfast.gateway.sequencer.Lane;
import io.holdfast.gateway.sequencer.Sequencer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One event loop's way from requests to the sequencer and back. */
final class ApiHandler implements CallHandler, AnswerHandler {
    private static final int NO_CONTENT = 204;
    private static final int OK = 200;
    private static final long RETRY_OVERLOADED_SECONDS = 1;
    private static final long RETRY_UNAVAILABLE_SECONDS = 5;
    private static final String BEARER = "Bearer realm=\"holdfast\"";
    private static final String NO_PROXY_BUFFERING = "X-Accel-Buffering"; // nginx's
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Executor eventLoop;
    private final Guard guard;
    private final Rates rates;
    private final Origins origins;
    private final StockPages stockPages;
    private final DeskCalls deskCalls;
    private final LoopMetrics metrics;
    private final Lane lane;
    private final ExchangePool exchanges;

    private final Target target = new Target();
    private final CallReader reader = new CallReader();
    private final AnswerWriter answers;
    private final Runnable flush = this::flush;

    private boolean flushComing;

    /** The tables that all loops share. */
    record Rates(RateLimit buyers, RateLimit addresses) {}

    ApiHandler(
            final Executor eventLoop,
            final Sequencer sequencer,
            final int inFlightMax,
            final Guard guard,
            final Rates rates,
            final Outlook outlook) {
        this.eventLoop = eventLoop;
        this.guard = guard;
        this.rates = rates;
        this.origins = outlook.origins();
        this.stockPages = new StockPages(outlook.publicStock());
        this.deskCalls = outlook.deskCalls();
        this.metrics = outlook.metrics();
        this.answers = new AnswerWriter(metrics);
        this.exchanges = new ExchangePool(inFlightMax);
        this.lane = sequencer.openLane(eventLoop, this, inFlightMax);
    }

    /** What is read and written beside the way to the sequencer. */
    record Outlook(Origins origins, PublicStock publicStock, DeskCalls deskCalls, LoopMetrics metrics) {}

    @Override
    public void onCall(final Call call) {
        final Resource resource = target.resolve(call.target());
        if (resource == null) {
            nowhere(call);
            return;
        }
        final Route route = Route.find(resource, call.method());
        if (route == null) {
            otherMethod(call, resource);
            return;
        }
        call.route(route.ordinal());
        final Fault fault = guard.check(route, call, target);
        if (fault != null) {
            turnAway(call, route, fault);
        } else if (!MediaType.isSupported(call.fields(), call.bodyLength())) {
            refuse(call, Fault.UNSUPPORTED_MEDIA_TYPE);
        } else if (route == Route.DESCRIBE_PROBLEM
                || route == Route.WATCH_DROP
                || route == Route.GET_DROP && !hasKey()) {
            showPublic(call, route);
        } else if (route == Route.TAKE_SNAPSHOT || route == Route.LIST_DEAD_LETTERS) {
            askDesk(call, route);
        } else {
            order(call, route);
        }
    }

    @Override
    public void onSent(final int route, final int status, final long elapsedNs) {
        metrics.answered(route, status, elapsedNs);
    }

    /** Reads the call into an exchange and puts that in the sequencer's order. */
    private void order(final Call call, final Route route) {
        final Exchange exchange = exchanges.take();
        if (exchange == null) {
            retryLater(call, Fault.OVERLOADED, RETRY_OVERLOADED_SECONDS);
            return;
        }
        try {
            if (!reader.read(route, call, target, guard.token(), exchange)) {
                exchanges.give(exchange);
                refuse(call, Fault.UNKNOWN_HOLD);
                return;
            }
        } catch (final InvalidRequest e) {
            exchanges.give(exchange);
            invalid(call, e);
            return;
        }
        final Text buyer = reader.buyer();
        final String overreach = overreach(route, buyer);
        if (overreach != null) {
            exchanges.give(exchange);
            call.send(Fault.FORBIDDEN.write(call.reply(), overreach));
            return;
        }
        final long waitNs = waitNs(call, buyer);
        if (waitNs > 0) {
            exchanges.give(exchange);
            rateLimited(call, waitNs);
            return;
        }
        submit(call, exchange);
    }

    /** What the caller may not ask of this buyer, or null when it may. */
    private String overreach(final Route route, final Text buyer) {
        if (guard.token() != null) {
            return buyer.is(guard.token().buyer()) ? null : "The buyer token is another buyer's.";
        }
        final boolean isForEverybody = route == Route.LIST_HOLDS && buyer.isEmpty();
        return isForEverybody && guard.caller() != Caller.OPERATOR
                ? "With this key a buyer must be named: ?buyer=."
                : null;
    }

    /** How long the caller has to wait; 0 when it may go on, and is then counted. */
    private long waitNs(final Call call, final Text buyer) {
        final long nowNs = System.nanoTime();
        final long addressWaitNs = guard.token() == null ? 0 : rates.addresses().admit(call.address(), nowNs);
        if (addressWaitNs > 0 || buyer.isEmpty()) {
            return addressWaitNs;
        }
        return rates.buyers().admit(buyer.bytes(), buyer.length(), nowNs);
    }

    /** Callers with a key are counted by what they ask for, everybody else by where they come from, too. */
    private boolean hasKey() {
        return guard.caller() == Caller.STOREFRONT || guard.caller() == Caller.OPERATOR;
    }

    private void submit(final Call call, final Exchange exchange) {
        exchange.context(call);
        switch (lane.submit(exchange)) {
            case ACCEPTED -> {
                if (!flushComing) {
                    flushComing = true;
                    eventLoop.execute(flush);
                }
            }
            case OVERLOADED -> giveUp(call, exchange, Fault.OVERLOADED, RETRY_OVERLOADED_SECONDS);
            case JOURNAL_FULL -> giveUp(call, exchange, Fault.JOURNAL_FULL, RETRY_UNAVAILABLE_SECONDS);
            case UNAVAILABLE -> giveUp(call, exchange, Fault.SHUTTING_DOWN, RETRY_UNAVAILABLE_SECONDS);
        }
    }

    /** Runs at the end of the pass in which something was submitted first. */
    private void flush() {
        flushComing = false;
        lane.flush();
    }

    @Override
    public void onAnswer(final Exchange exchange) {
        final Call call = (Call) exchange.context();
        try {
            answers.write(Route.of(call.route()), exchange, call.reply());
        } catch (final RuntimeException | Error e) {
            exchanges.give(exchange);
            call.fail(e);
            return;
        }
        exchanges.give(exchange);
        call.send(call.reply());
    }

    private void giveUp(final Call call, final Exchange exchange, final Fault fault, final long seconds) {
        exchanges.give(exchange);
        retryLater(call, fault, seconds);
    }

    private void askDesk(final Call call, final Route route) {
        try {
            deskCalls.ask(route, call, target);
        } catch (final InvalidRequest e) {
            invalid(call, e);
        }
    }

    /** Answers from what needs no order, held to the address's rate. */
    private void showPublic(final Call call, final Route route) {
        if (!hasKey()) {
            final long waitNs = rates.addresses().admit(call.address(), System.nanoTime());
            if (waitNs > 0) {
                rateLimited(call, waitNs);
                return;
            }
        }
        if (route == Route.DESCRIBE_PROBLEM) {
            if (ProblemPages.write(target.name().toString(), call.reply())) {
                call.send(call.reply());
            } else {
                refuse(call, Fault.NOT_FOUND);
            }
            return;
        }
        if (!target.isNameSound() || !target.name().isName()) {
            invalid(call, new InvalidRequest("drop", "1 to 64 of A-Z a-z 0-9 . _ : @ - are needed"));
            return;
        }
        final StockPages.Page drop = stockPages.find(target.name().toString());
        if (drop == null) {
            refuse(call, Fault.UNKNOWN_DROP);
        } else if (route == Route.WATCH_DROP) {
            watch(call, target.name().toString());
        } else {
            call.reply().begin(OK, ContentType.JSON).body().raw(drop.json());
            call.send(call.reply());
        }
    }

    /** Goes on for as long as the drop is there, and what let the caller in is good. */
    private void watch(final Call call, final String drop) {
        final Reply head = call.reply().begin(OK, ContentType.EVENTS).field(NO_PROXY_BUFFERING, "no");
        if (call.isHead()) {
            call.send(head);
            return;
        }
        final StockEvents events = stockPages.events(drop);
        final byte[] known = events.isNewest(call.fields().lastEventId()) ? events.newest() : null;
        final BuyerToken token = guard.token();
        if (!call.stream(head, token == null ? events : () -> guard.isGood(token) ? events.newest() : null, known)) {
            retryLater(call, Fault.OVERLOADED, RETRY_UNAVAILABLE_SECONDS);
        }
    }

    private static void nowhere(final Call call) {
        if ("*".equals(call.target()) && "OPTIONS".equals(call.method())) {
            call.send(call.reply().begin(NO_CONTENT, ContentType.NONE).field("Allow", Route.ALLOW_ANYWHERE));
        } else {
            refuse(call, Fault.NOT_FOUND);
        }
    }

    private void otherMethod(final Call call, final Resource resource) {
        final Reply reply = call.reply();
        if ("OPTIONS".equals(call.method())) {
            reply.begin(NO_CONTENT, ContentType.NONE);
            final String fromPages = Route.allowFromPages(resource);
            if (fromPages != null && origins.isPreflight(call)) {
                origins.allow(reply, fromPages);
            }
        } else {
            Fault.METHOD_NOT_ALLOWED.write(reply);
        }
        call.send(reply.field("Allow", Route.allow(resource)));
    }

    private void turnAway(final Call call, final Route route, final Fault fault) {
        final Reply reply = call.reply();
        if (fault == Fault.UNAUTHORIZED && route == Route.RECORD_PAYMENT) {
            fault.write(reply, "A valid and recent Holdfast-Signature is needed; nothing was recorded.");
            reply.field("WWW-Authenticate", "Holdfast-Signature");
        } else if (guard.detail() == null) {
            fault.write(reply);
            challenge(fault, reply, BEARER);
        } else {
            fault.write(reply, guard.detail());
            challenge(fault, reply, BEARER + ", error=\"invalid_token\"");
        }
        call.send(reply);
    }

    /** RFC 6750, 3. */
    private static void challenge(final Fault fault, final Reply reply, final String challenge) {
        if (fault == Fault.UNAUTHORIZED) {
            reply.field("WWW-Authenticate", challenge);
        }
    }

    private static void refuse(final Call call, final Fault fault) {
        call.send(fault.write(call.reply()));
    }

    private static void retryLater(final Call call, final Fault fault, final long seconds) {
        call.send(fault.write(call.reply()).retryAfter(seconds));
    }

    private static void rateLimited(final Call call, final long waitNs) {
        retryLater(call, Fault.RATE_LIMITED, Math.max(1, (waitNs + NS_PER_SECOND - 1) / NS_PER_SECOND));
    }

    private static void invalid(final Call call, final InvalidRequest e) {
        final JsonBuffer json = Fault.INVALID_REQUEST.begin(call.reply(), e.getMessage());
        if (e.field() != null) {
            json.raw(",\"field\":").string(e.field());
        }
        json.raw('}');
        call.send(call.reply());
    }
}
