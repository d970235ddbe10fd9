/**
 * HTTP/1.1 on Netty: the only package that knows Netty.
 *
 * <p>Everything here runs on an event loop's thread and never blocks. A connection has one request in work;
 * what was pipelined behind it waits unread. Framing is decided by Netty's decoder in its strict mode, after
 * {@link io.holdfast.gateway.http.HeadScan} has refused whatever two parsers could read in two ways. What a
 * request means is a {@link io.holdfast.gateway.http.CallHandler}'s business: nothing here knows drops or
 * holds.
 */
package io.holdfast.gateway.http;
