package io.holdfast.gateway.access;

/** Who an Authorization field speaks for. */
public enum Caller {
    /** There is no such field. */
    NOBODY,
    /** The field holds no key that we know. */
    STRANGER,
    STOREFRONT,
    OPERATOR,
    /** One of the public, whom the storefront has given a token. */
    BUYER
}
