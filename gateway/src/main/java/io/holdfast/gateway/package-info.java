/**
 * The composition root and what it is told: configuration, the server as a whole, and what it says of itself.
 *
 * <p>Everything else of the gateway is put together here and imports nothing from here but configuration.
 */
package io.holdfast.gateway;
