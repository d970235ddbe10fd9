package io.holdfast.gateway.api;

/** Every path that is served. */
enum Resource {
    DROPS("/v1/drops"),
    DROP("/v1/drops/{drop}"),
    DROP_HOLDS("/v1/drops/{drop}/holds"),
    DROP_EVENTS("/v1/drops/{drop}/events"),
    DROP_OPEN("/v1/drops/{drop}/open"),
    DROP_PAUSE("/v1/drops/{drop}/pause"),
    DROP_CLOSE("/v1/drops/{drop}/close"),
    DROP_ARCHIVE("/v1/drops/{drop}/archive"),
    DROP_STOCK("/v1/drops/{drop}/stock"),
    HOLD("/v1/holds/{hold}"),
    HOLD_EXTEND("/v1/holds/{hold}/extend"),
    PAYMENTS("/v1/payments"),
    REFUNDS("/v1/refunds"),
    REFUND_DONE("/v1/refunds/{payment}/done"),
    ADMIN_SNAPSHOT("/v1/admin/snapshot"),
    ADMIN_DEAD_LETTERS("/v1/admin/dead-letters"),
    PROBLEM("/problems/{code}");

    private final String template;

    Resource(final String template) {
        this.template = template;
    }

    String template() {
        return template;
    }
}
