package io.holdfast.perf.peer;

import io.lettuce.core.RedisException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One connection: a hold or a drop in, one question to Redis, one answer out. One request at a time; a
 * connection that pipelines
 * is closed.
 */
final class RedisHandler extends ChannelInboundHandlerAdapter {
    static final int DROPS_MAX = 1_000;

    private static final int BODY_LENGTH_MAX = 16 * 1024;
    private static final String DROPS = "/v1/drops/";
    private static final String HOLDS = "/holds";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final byte[] EMPTY = {};

    private final RedisLoop loop;
    private final RedisLane lane;
    private final Map<String, DropDefinition> drops;

    /** Null between two requests. */
    private HttpRequest request;

    private byte[] body = EMPTY;
    private boolean isInWork;

    /** @param drops that there are; any loop adds to it */
    RedisHandler(final RedisLoop loop, final RedisLane lane, final Map<String, DropDefinition> drops) {
        this.loop = loop;
        this.lane = lane;
        this.drops = drops;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        try {
            if (message instanceof HttpRequest begun) {
                if (isInWork) {
                    context.close();
                    return;
                }
                request = begun;
                body = EMPTY;
            }
            if (message instanceof HttpContent content && request != null) {
                gather(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void gather(final ChannelHandlerContext context, final HttpContent content) {
        final ByteBuf part = content.content();
        if (body.length + part.readableBytes() > BODY_LENGTH_MAX) {
            request = null;
            context.close();
            return;
        }
        body = body.length == 0 ? ByteBufUtil.getBytes(part) : joined(body, part);
        if (content instanceof LastHttpContent) {
            final HttpRequest whole = request;
            request = null;
            isInWork = true;
            take(context, whole);
        }
    }

    private static byte[] joined(final byte[] start, final ByteBuf part) {
        final byte[] whole = new byte[start.length + part.readableBytes()];
        System.arraycopy(start, 0, whole, 0, start.length);
        part.getBytes(part.readerIndex(), whole, start.length, part.readableBytes());
        return whole;
    }

    private void take(final ChannelHandlerContext context, final HttpRequest whole) {
        final boolean isLast = !HttpUtil.isKeepAlive(whole);
        final String path = whole.uri();
        try {
            if (!path.startsWith(DROPS)) {
                refuse(context, HttpResponseStatus.NOT_FOUND, "not-found", "Ask below " + DROPS, isLast);
            } else if (whole.method().equals(HttpMethod.POST) && path.endsWith(HOLDS)) {
                hold(context, whole, path.substring(DROPS.length(), path.length() - HOLDS.length()), isLast);
            } else if (whole.method().equals(HttpMethod.PUT) && path.indexOf('/', DROPS.length()) < 0) {
                drop(context, path.substring(DROPS.length()), isLast);
            } else {
                refuse(context, HttpResponseStatus.NOT_FOUND, "not-found", "POST a hold or PUT a drop", isLast);
            }
        } catch (final RequestJson.BadBody e) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "invalid-request", "Wanted: " + e.getMessage(), isLast);
        } catch (final RedisException e) {
            refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded", e.getMessage(), isLast);
        }
    }

    private void hold(
            final ChannelHandlerContext context, final HttpRequest whole, final String name, final boolean isLast)
            throws RequestJson.BadBody {
        final DropDefinition drop = drops.get(name);
        if (drop == null) {
            refuse(context, HttpResponseStatus.NOT_FOUND, "unknown-drop", "There is no such drop", isLast);
            return;
        }
        final String key = whole.headers().get(IDEMPOTENCY_KEY, "");
        final HoldRequest hold = RequestJson.hold(drop, key, body);
        final String id = loop.nextHoldId();
        final long nowMs = System.currentTimeMillis();
        lane.hold(hold, id, nowMs).whenComplete((said, failure) -> {
            if (failure == null) {
                answer(context, loop.answer(hold, HoldScript.verdict(said, id, nowMs), nowMs), isLast);
            } else {
                refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded", failure.getMessage(), isLast);
            }
        });
    }

    private void drop(final ChannelHandlerContext context, final String name, final boolean isLast)
            throws RequestJson.BadBody {
        final DropDefinition drop = RequestJson.drop(name, body);
        if (drops.size() >= DROPS_MAX || drops.containsKey(name)) {
            refuse(context, HttpResponseStatus.CONFLICT, "drop-exists", "Choose another name", isLast);
            return;
        }
        lane.putStock(drop).whenComplete((fields, failure) -> {
            if (failure == null) {
                drops.put(name, drop);
                final byte[] json = ("{\"drop\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
                answer(context, loop.plain(HttpResponseStatus.CREATED, json), isLast);
            } else {
                refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded", failure.getMessage(), isLast);
            }
        });
    }

    private void refuse(
            final ChannelHandlerContext context,
            final HttpResponseStatus status,
            final String code,
            final String detail,
            final boolean isLast) {
        answer(context, loop.problem(status, code, detail), isLast);
    }

    private void answer(final ChannelHandlerContext context, final FullHttpResponse response, final boolean isLast) {
        isInWork = false;
        if (isLast) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            final ChannelFuture written = context.writeAndFlush(response);
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            context.writeAndFlush(response, context.voidPromise());
        }
    }

    /** A client that resets its connection is none of our concern. */
    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        context.close();
    }
}
