package io.holdfast.gateway.management;

import io.holdfast.gateway.http.Call;
import io.holdfast.gateway.http.CallHandler;
import io.holdfast.gateway.http.ContentType;
import io.holdfast.gateway.http.Fault;
import io.holdfast.gateway.http.Reply;
import io.holdfast.gateway.json.JsonBuffer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** {@code /livez}, {@code /readyz}, {@code /status} and {@code /metrics}. */
final class ManagementHandler implements CallHandler {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int UNAVAILABLE = 503;

    private final ManagementView view;
    private final PrometheusMeterRegistry registry;

    ManagementHandler(final ManagementView view, final PrometheusMeterRegistry registry) {
        this.view = view;
        this.registry = registry;
    }

    @Override
    public void onCall(final Call call) {
        final Reply reply = call.reply();
        final int mark = call.target().indexOf('?');
        final String path = mark < 0 ? call.target() : call.target().substring(0, mark);
        if (!List.of("/livez", "/readyz", "/status", "/metrics").contains(path)) {
            Fault.NOT_FOUND.write(reply);
        } else if (!"GET".equals(call.method()) && !"HEAD".equals(call.method())) {
            otherMethod(call, reply);
        } else {
            switch (path) {
                case "/livez" -> live(reply);
                case "/readyz" -> ready(reply);
                case "/status" -> status(reply);
                default -> metrics(reply);
            }
        }
        call.send(reply);
    }

    private static void otherMethod(final Call call, final Reply reply) {
        if ("OPTIONS".equals(call.method())) {
            reply.begin(NO_CONTENT, ContentType.NONE);
        } else {
            Fault.METHOD_NOT_ALLOWED.write(reply);
        }
        reply.field("Allow", "GET, HEAD, OPTIONS");
    }

    private void live(final Reply reply) {
        final boolean live = view.isLive();
        reply.begin(live ? OK : UNAVAILABLE, ContentType.JSON)
                .body()
                .raw("{\"live\":")
                .raw(Boolean.toString(live))
                .raw('}');
    }

    private void ready(final Reply reply) {
        final ManagementView.Readiness readiness = view.readiness();
        final JsonBuffer json = reply.begin(readiness.ready() ? OK : UNAVAILABLE, ContentType.JSON)
                .body();
        json.raw("{\"ready\":").raw(Boolean.toString(readiness.ready()));
        state(readiness, json);
        json.raw('}');
    }

    private void status(final Reply reply) {
        final ManagementView.Readiness readiness = view.readiness();
        final ManagementView.Status status = view.status();
        final JsonBuffer json = reply.begin(OK, ContentType.JSON).body();
        json.raw("{\"ready\":").raw(Boolean.toString(readiness.ready()));
        state(readiness, json);
        json.raw(",\"sequence\":").number(status.sequence());
        json.raw(",\"position\":").number(status.position());
        json.raw(",\"durablePosition\":").number(status.durablePosition());
        json.raw(",\"ringDepth\":").number(status.ringDepth());
        json.raw(",\"ringSize\":").number(status.ringSize());
        followers(status, json);
        json.raw('}');
    }

    private static void followers(final ManagementView.Status status, final JsonBuffer json) {
        json.raw(",\"followers\":{");
        boolean isFirst = true;
        for (final var each : new TreeMap<>(status.followers()).entrySet()) {
            if (!isFirst) {
                json.raw(',');
            }
            isFirst = false;
            final ManagementView.FollowerView follower = each.getValue();
            json.string(each.getKey()).raw(":{\"state\":").string(follower.state());
            json.raw(",\"sequence\":").number(follower.sequence());
            json.raw(",\"lagRecords\":").number(follower.lagRecords());
            json.raw(",\"lagSeconds\":").raw(String.format(Locale.ROOT, "%.3f", follower.lagSeconds()));
            if (!follower.detail().isEmpty()) {
                json.raw(",\"detail\":").string(follower.detail());
            }
            json.raw('}');
        }
        json.raw('}');
    }

    private static void state(final ManagementView.Readiness readiness, final JsonBuffer json) {
        json.raw(",\"state\":").string(readiness.state()).raw(",\"degraded\":[");
        for (int i = 0; i < readiness.degraded().size(); i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.string(readiness.degraded().get(i));
        }
        json.raw(']');
    }

    private void metrics(final Reply reply) {
        reply.begin(OK, ContentType.METRICS).body().raw(registry.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
