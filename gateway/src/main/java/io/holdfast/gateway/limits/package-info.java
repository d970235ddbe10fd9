/**
 * Rates that strangers and single buyers are held to. Tables of a fixed size, shared by the event loops
 * without locks.
 */
package io.holdfast.gateway.limits;
