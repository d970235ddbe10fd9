package io.holdfast.gateway.api;

import io.holdfast.gateway.request.Percent;
import io.holdfast.gateway.request.Text;

/**
 * A request target taken apart by hand: which resource, which name in it, which query. One for each event
 * loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3.2">RFC 9112, 3.2: origin-form and
 *     absolute-form</a>
 */
final class Target {
    private static final String DROPS = "/v1/drops";
    private static final String HOLDS = "/v1/holds/";
    private static final String PAYMENTS = "/v1/payments";
    private static final String REFUNDS = "/v1/refunds";
    private static final String ADMIN_SNAPSHOT = "/v1/admin/snapshot";
    private static final String ADMIN_DEAD_LETTERS = "/v1/admin/dead-letters";
    private static final String PROBLEMS = "/problems/";

    private final Text name = new Text();

    private String target = "";
    private String query = "";
    private boolean nameSound;
    private int pathEnd;

    /** The resource at a target, or null. Its name and query are then to be had. */
    Resource resolve(final String wholeTarget) {
        target = wholeTarget;
        query = "";
        nameSound = true;
        name.clear();
        final int start = pathStart();
        final int mark = target.indexOf('?', start);
        pathEnd = mark < 0 ? target.length() : mark;
        if (mark >= 0) {
            query = target.substring(mark + 1);
        }
        if (target.startsWith(DROPS, start)) {
            return drops(start + DROPS.length());
        }
        if (target.startsWith(HOLDS, start)) {
            return holds(start + HOLDS.length());
        }
        if (isRest(start, PAYMENTS)) {
            return Resource.PAYMENTS;
        }
        if (target.startsWith(REFUNDS, start)) {
            return refunds(start + REFUNDS.length());
        }
        if (isRest(start, ADMIN_SNAPSHOT)) {
            return Resource.ADMIN_SNAPSHOT;
        }
        if (isRest(start, ADMIN_DEAD_LETTERS)) {
            return Resource.ADMIN_DEAD_LETTERS;
        }
        if (target.startsWith(PROBLEMS, start)) {
            return name(start + PROBLEMS.length()) == pathEnd ? Resource.PROBLEM : null;
        }
        return null;
    }

    /** The name in the path, decoded. */
    Text name() {
        return name;
    }

    /** Whether the name was soundly encoded, and visible ASCII of 255 bytes at most. */
    boolean isNameSound() {
        return nameSound;
    }

    /** Without the question mark; empty when there is none. */
    String query() {
        return query;
    }

    private int pathStart() {
        if (target.startsWith("/")) {
            return 0;
        }
        final int scheme = target.indexOf("://");
        final boolean absolute = scheme > 0
                && (target.regionMatches(true, 0, "http", 0, scheme)
                        || target.regionMatches(true, 0, "https", 0, scheme));
        final int slash = absolute ? target.indexOf('/', scheme + 3) : -1;
        return slash < 0 ? target.length() : slash;
    }

    private Resource drops(final int from) {
        if (from == pathEnd) {
            return Resource.DROPS;
        }
        if (target.charAt(from) != '/') {
            return null;
        }
        final int end = name(from + 1);
        if (end < 0) {
            return null;
        }
        if (end == pathEnd) {
            return Resource.DROP;
        }
        if (isRest(end, "/holds")) {
            return Resource.DROP_HOLDS;
        }
        if (isRest(end, "/events")) {
            return Resource.DROP_EVENTS;
        }
        return dropAction(end);
    }

    private Resource dropAction(final int from) {
        if (isRest(from, "/stock")) {
            return Resource.DROP_STOCK;
        }
        if (isRest(from, "/open")) {
            return Resource.DROP_OPEN;
        }
        if (isRest(from, "/pause")) {
            return Resource.DROP_PAUSE;
        }
        if (isRest(from, "/close")) {
            return Resource.DROP_CLOSE;
        }
        return isRest(from, "/archive") ? Resource.DROP_ARCHIVE : null;
    }

    private Resource holds(final int from) {
        final int end = name(from);
        if (end < 0) {
            return null;
        }
        if (end == pathEnd) {
            return Resource.HOLD;
        }
        return isRest(end, "/extend") ? Resource.HOLD_EXTEND : null;
    }

    private Resource refunds(final int from) {
        if (from == pathEnd) {
            return Resource.REFUNDS;
        }
        if (target.charAt(from) != '/') {
            return null;
        }
        final int end = name(from + 1);
        return end > 0 && isRest(end, "/done") ? Resource.REFUND_DONE : null;
    }

    private boolean isRest(final int from, final String rest) {
        return pathEnd - from == rest.length() && target.startsWith(rest, from);
    }

    /** Takes the segment at an offset as the name; where it ends, or -1 when it is empty. */
    private int name(final int from) {
        final int slash = target.indexOf('/', from);
        final int end = slash < 0 || slash > pathEnd ? pathEnd : slash;
        if (end <= from) {
            return -1;
        }
        nameSound = Percent.decode(target, from, end, name);
        return end;
    }
}
