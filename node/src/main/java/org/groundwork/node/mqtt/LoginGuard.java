package org.groundwork.node.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Lets few bytes through before a client has logged in; it is removed then. */
final class LoginGuard extends ChannelInboundHandlerAdapter {
  private static final int MAX_BYTES = 8 << 10;

  private int seen;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    seen += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    if (seen > MAX_BYTES) {
      ReferenceCountUtil.release(message);
      var _ = context.close();
    } else {
      super.channelRead(context, message);
    }
  }
}
