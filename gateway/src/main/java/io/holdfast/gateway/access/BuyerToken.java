package io.holdfast.gateway.access;

/**
 * Whom a buyer token speaks for, and where: everything that it lets its bearer do is within these two.
 *
 * @param buyer a name, as holds have it
 * @param drop a name, whether there is such a drop or not
 * @param expiresAtMs wall-clock time from which on it says nothing, in epoch milliseconds
 */
public record BuyerToken(String buyer, String drop, long expiresAtMs) {}
