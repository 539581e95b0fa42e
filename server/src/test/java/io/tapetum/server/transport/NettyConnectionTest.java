package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection over a real socket, to a peer that reads when it is told to. */
@SuppressWarnings("NullAway.Init") // JUnit calls connect() before anything else
class NettyConnectionTest {

    private static final int SHARED_OCTETS = 1 << 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, SocketTypes.ioHandlers());
    private final NettyLoop loop = new NettyLoop(loops.next());
    private final ByteBuf shared = Unpooled.directBuffer(SHARED_OCTETS);
    private ServerSocket listener;
    private Socket peer;
    private SocketChannel channel;
    private NettyConnection connection;

    @BeforeEach
    void connect() throws IOException {
        byte[] octets = new byte[SHARED_OCTETS];
        new Random(1).nextBytes(octets);
        shared.writeBytes(octets);
        InetAddress localhost = InetAddress.ofLiteral("127.0.0.1");
        listener = new ServerSocket(0, 1, localhost);
        channel = (SocketChannel) new Bootstrap().group(loops)
                .channelFactory(() -> SocketTypes.newConnection(localhost))
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(localhost, listener.getLocalPort())).syncUninterruptibly().channel();
        peer = listener.accept();
        connection = new NettyConnection(channel, loop);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        listener.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        assertThat(shared.refCnt()).as("references to the shared buffer").isOne();
        shared.release();
    }

    private void onLoop(Runnable task) throws Exception {
        loop.loop().submit(task).get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatever_the_kernel_refuses_arrives_later_and_everything_in_order(long seed) throws Exception {
        // given far more than a socket holds, in slices of all sizes, with messages of the connection's own between them
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        onLoop(() -> {
            while (expected.size() < 24 << 20) {
                for (int slices = random.nextInt(100); slices >= 0; slices--) {
                    int length = 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000);
                    int offset = random.nextInt(SHARED_OCTETS - length);
                    connection.write(shared, offset, length);
                    expected.writeBytes(octets(offset, length));
                }
                if (random.nextBoolean()) {
                    connection.write(shared.copy(0, 19));
                    expected.writeBytes(octets(0, 19));
                }
                connection.flush();
            }
        });
        assertThat(connection.hasPending()).as("the kernel has refused something").isTrue();

        // when the peer begins to read
        byte[] arrived = peer.getInputStream().readNBytes(expected.size());

        assertThat(arrived).as("seed %d", seed).isEqualTo(expected.toByteArray());
        await().untilAsserted(() -> onLoop(() -> {
            assertThat(connection.hasPending()).isFalse();
            assertThat(connection.octetsTaken()).isEqualTo(expected.size());
        }));
    }

    private byte[] octets(int offset, int length) {
        byte[] octets = new byte[length];
        shared.getBytes(offset, octets);
        return octets;
    }

    @Test
    void what_two_connections_of_a_loop_write_in_turns_does_not_mix() throws Exception {
        NettyConnection first = connection;
        Socket firstPeer = peer;
        try (ServerSocket again = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            SocketChannel secondChannel = (SocketChannel) new Bootstrap().group(loops)
                    .channelFactory(() -> SocketTypes.newConnection(again.getInetAddress()))
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(new InetSocketAddress(again.getInetAddress(), again.getLocalPort())).syncUninterruptibly()
                    .channel();
            try (Socket secondPeer = again.accept()) {
                NettyConnection second = new NettyConnection(secondChannel, loop);

                onLoop(() -> {
                    first.write(shared, 0, 10);
                    second.write(shared, 10, 10);
                    first.write(shared, 20, 10);
                    second.flush();
                    first.flush();
                });

                assertThat(secondPeer.getInputStream().readNBytes(10)).isEqualTo(octets(10, 10));
                assertThat(firstPeer.getInputStream().readNBytes(20)).startsWith(octets(0, 10))
                        .endsWith(octets(20, 10));
            }
        }
    }

    @Test
    void nothing_is_written_to_a_socket_that_is_closed_meanwhile() throws Exception {
        onLoop(() -> {
            connection.write(shared, 0, 10);
            var _ = channel.close();
            connection.flush();
        });

        assertThat(peer.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
    }
}
