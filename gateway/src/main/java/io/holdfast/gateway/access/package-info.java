/**
 * Who may ask: keys, buyer tokens and payment signatures, compared in constant time. Runs on event loops, before
 * anything is parsed.
 */
package io.holdfast.gateway.access;
