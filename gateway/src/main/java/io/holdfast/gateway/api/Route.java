package io.holdfast.gateway.api;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of request that is served. The path is also the metric's label, so its text is permanent. */
enum Route {
    PLACE_HOLD(Resource.DROP_HOLDS, "POST"),
    LIST_HOLDS(Resource.DROP_HOLDS, "GET"),
    GET_HOLD(Resource.HOLD, "GET"),
    RELEASE_HOLD(Resource.HOLD, "DELETE"),
    EXTEND_HOLD(Resource.HOLD_EXTEND, "POST"),
    LIST_DROPS(Resource.DROPS, "GET"),
    GET_DROP(Resource.DROP, "GET"),
    WATCH_DROP(Resource.DROP_EVENTS, "GET"),
    CREATE_DROP(Resource.DROP, "PUT"),
    OPEN_DROP(Resource.DROP_OPEN, "POST"),
    PAUSE_DROP(Resource.DROP_PAUSE, "POST"),
    CLOSE_DROP(Resource.DROP_CLOSE, "POST"),
    ARCHIVE_DROP(Resource.DROP_ARCHIVE, "POST"),
    ADJUST_STOCK(Resource.DROP_STOCK, "POST"),
    RECORD_PAYMENT(Resource.PAYMENTS, "POST"),
    LIST_REFUNDS(Resource.REFUNDS, "GET"),
    SETTLE_REFUND(Resource.REFUND_DONE, "POST"),
    TAKE_SNAPSHOT(Resource.ADMIN_SNAPSHOT, "POST"),
    LIST_DEAD_LETTERS(Resource.ADMIN_DEAD_LETTERS, "GET"),
    DESCRIBE_PROBLEM(Resource.PROBLEM, "GET");

    /** What the server as a whole takes (RFC 9110, 9.3.7: OPTIONS of an asterisk). */
    static final String ALLOW_ANYWHERE = "GET, HEAD, POST, PUT, DELETE, OPTIONS";

    private static final Route[] ALL = values();
    private static final Map<Resource, Route[]> BY_RESOURCE = new EnumMap<>(Resource.class);
    private static final Map<Resource, String> ALLOW = new EnumMap<>(Resource.class);

    /** What a page in a buyer's browser has a use for. Operators and payment providers have servers of their own. */
    private static final Set<Route> FROM_PAGES = EnumSet.of(
            PLACE_HOLD, LIST_HOLDS, GET_HOLD, RELEASE_HOLD, EXTEND_HOLD, GET_DROP, WATCH_DROP, DESCRIBE_PROBLEM);

    private static final Map<Resource, String> ALLOW_FROM_PAGES = new EnumMap<>(Resource.class);

    static {
        for (final Resource resource : Resource.values()) {
            final Route[] routes = Arrays.stream(ALL)
                    .filter(route -> route.resource == resource)
                    .toArray(Route[]::new);
            BY_RESOURCE.put(resource, routes);
            ALLOW.put(resource, methods(Arrays.stream(routes)) + ", OPTIONS");
            if (Arrays.stream(routes).anyMatch(FROM_PAGES::contains)) {
                ALLOW_FROM_PAGES.put(resource, methods(Arrays.stream(routes).filter(FROM_PAGES::contains)));
            }
        }
    }

    private final Resource resource;
    private final String method;

    Route(final Resource resource, final String method) {
        this.resource = resource;
        this.method = method;
    }

    private static String methods(final Stream<Route> routes) {
        return routes.map(route -> "GET".equals(route.method) ? "GET, HEAD" : route.method)
                .collect(Collectors.joining(", "));
    }

    static Route of(final int ordinal) {
        return ALL[ordinal];
    }

    /** The route of a resource and method, or null; a HEAD goes the way of the GET. */
    static Route find(final Resource resource, final String method) {
        final String asked = "HEAD".equals(method) ? "GET" : method;
        for (final Route route : BY_RESOURCE.get(resource)) {
            if (route.method.equals(asked)) {
                return route;
            }
        }
        return null;
    }

    /** The methods that a resource takes, as the Allow field has them. */
    static String allow(final Resource resource) {
        return ALLOW.get(resource);
    }

    /** The methods that pages from elsewhere may use, or null when the resource is not for them. */
    static String allowFromPages(final Resource resource) {
        return ALLOW_FROM_PAGES.get(resource);
    }

    /** Labels by ordinal, such as {@code POST /v1/drops/{drop}/holds}. */
    static List<String> labels() {
        return Arrays.stream(ALL)
                .map(route -> route.method + ' ' + route.resource.template())
                .toList();
    }

    Resource resource() {
        return resource;
    }

    String method() {
        return method;
    }
}
