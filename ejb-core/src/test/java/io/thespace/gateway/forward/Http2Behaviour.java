package io.thespace.gateway.forward;

import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2StreamFrame;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream that speaks HTTP/2, by another implementation than the gateway's, and answers as a test wants it. */
final class Http2Behaviour implements AutoCloseable {

    /** The reaction to a complete request. */
    interface Deed {
        void with(Http2Headers head, String body, Answer answer);
    }

    final List<Http2Headers> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;

    /** @param tls null for HTTP/2 of which both sides know beforehand */
    Http2Behaviour(SslContext tls, Deed deed) throws InterruptedException {
        server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.incrementAndGet();
                        if (tls != null) {
                            connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                        }
                        connection
                                .pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer().build())
                                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Request(deed));
                                    }
                                }));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** Scheme {@code http}, and a path to stand before others. */
    String url() {
        return "http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort() + "/base";
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    /** The response. */
    record Answer(ChannelHandlerContext stream) {

        /** @param headers names and values in turns */
        Answer head(int status, boolean last, String... headers) {
            Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(status));
            for (int i = 0; i < headers.length; i += 2) {
                head.add(headers[i], headers[i + 1]);
            }
            write(new DefaultHttp2HeadersFrame(head, last));
            return this;
        }

        private void write(Object frame) {
            // Whether it arrives, the gateway's side tells.
            ChannelFuture unused = stream.writeAndFlush(frame);
        }

        Answer body(String part, boolean last) {
            write(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(part, StandardCharsets.UTF_8), last));
            return this;
        }

        void reset(Http2Error error) {
            write(new DefaultHttp2ResetFrame(error));
        }

        void cut() {
            ChannelFuture unused = stream.channel().parent().close();
        }
    }

    private final class Request extends SimpleChannelInboundHandler<Http2StreamFrame> {

        private final Deed deed;
        private final StringBuilder body = new StringBuilder();
        private Http2Headers head;

        Request(Deed deed) {
            this.deed = deed;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext stream, Http2StreamFrame frame) {
            boolean last = false;
            if (frame instanceof Http2HeadersFrame came) {
                head = came.headers();
                heads.add(head);
                last = came.isEndStream();
            } else if (frame instanceof Http2DataFrame came) {
                body.append(came.content().toString(StandardCharsets.UTF_8));
                last = came.isEndStream();
            }
            if (last) {
                deed.with(head, body.toString(), new Answer(stream));
            }
        }
    }
}
