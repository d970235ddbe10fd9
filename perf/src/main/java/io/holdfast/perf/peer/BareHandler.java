package io.holdfast.perf.peer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** Answers once a request has been read to its end, and flushes once for all that one read brought. */
final class BareHandler extends ChannelInboundHandlerAdapter {
    private final BareAnswer answer;

    BareHandler(final BareAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            context.write(answer.next(), context.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        context.flush();
    }

    /** A client that resets its connection is none of our concern. */
    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        context.close();
    }
}
