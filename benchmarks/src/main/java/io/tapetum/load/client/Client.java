package io.tapetum.load.client;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

import io.tapetum.load.route.Addresses;
import io.tapetum.load.verify.View;
import io.tapetum.load.verify.WrongUpdateException;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageDecoder;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.MessageLengths;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.update.UpdateWriter;

/**
 * One client and its session, as far as the load needs it: whatever is unexpected ends the run. It outlives its
 * connections and has one at a time. Belongs to the event loop.
 */
@Sharable // one connection at a time
final class Client extends ChannelInboundHandlerAdapter {

    static final int HOLD_TIME_SECONDS = 90;

    /** How far the session is (RFC 4271 §8.2.2, without what a client that always connects does not need). */
    enum State {
        IDLE, CONNECT, OPEN_SENT, OPEN_CONFIRM, ESTABLISHED
    }

    private final FleetLoop fleet;
    private final View view;
    private final int receiveBuffer;
    private State state = State.IDLE;
    private @Nullable Channel channel;
    /** The beginning of a message whose end has not arrived. */
    private final byte[] rest = new byte[BgpHeader.MAX_LENGTH];
    private int restLength;
    private boolean reading = true;
    private long lastReadNanos;

    Client(FleetLoop fleet, View view, int receiveBuffer) {
        this.fleet = fleet;
        this.view = view;
        this.receiveBuffer = receiveBuffer;
    }

    /** Octets that the kernel keeps for it at most, or 0 for what is usual. */
    int receiveBuffer() {
        return receiveBuffer;
    }

    View view() {
        return view;
    }

    int number() {
        return view.client();
    }

    State state() {
        return state;
    }

    boolean established() {
        return state == State.ESTABLISHED;
    }

    /** A connection is on its way. */
    void connecting() {
        state = State.CONNECT;
        restLength = 0;
        view.forgetAll();
    }

    /** A connection did not come about. */
    void idle() {
        state = State.IDLE;
        channel = null;
    }

    /** Ends the session without a word, as a node that dies. */
    void close() {
        Channel open = channel;
        idle();
        if (open != null) {
            open.close();
        }
    }

    /** Sends; the client takes the buffer over. */
    void send(ByteBuf octets) {
        if (channel == null) {
            octets.release();
        } else {
            channel.writeAndFlush(octets, channel.voidPromise());
        }
    }

    boolean isReading() {
        return reading;
    }

    /** Whether it takes in what it is sent. */
    void setReading(boolean reading) {
        this.reading = reading;
        lastReadNanos = System.nanoTime();
        if (channel != null) {
            channel.config().setAutoRead(reading);
        }
    }

    /** Keeps the session up, and checks that the reflector does. */
    void tick(long nowNanos) {
        if (state != State.ESTABLISHED || channel == null) {
            return;
        }
        send(message(Keepalive.INSTANCE));
        if (reading && nowNanos - lastReadNanos > HOLD_TIME_SECONDS * 1_000_000_000L) {
            fail(FailureKind.SESSION_LOST, "heard nothing for " + HOLD_TIME_SECONDS + " s");
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (state != State.CONNECT) {
            ctx.close(); // it was given up meanwhile
            return;
        }
        channel = ctx.channel();
        state = State.OPEN_SENT;
        send(message(new Open(Open.VERSION, Addresses.AS, HOLD_TIME_SECONDS, Addresses.identifier(number()),
                List.of(new Multiprotocol(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi()),
                        new RouteRefreshCapability(), new FourOctetAs(Addresses.AS)))));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf in = (ByteBuf) read;
        int octets = in.readableBytes();
        byte[] buffer = fleet.scratch();
        System.arraycopy(rest, 0, buffer, 0, restLength);
        in.readBytes(buffer, restLength, octets);
        in.release();
        if (!ctx.channel().equals(channel)) {
            return; // left over from a connection that was closed
        }
        lastReadNanos = System.nanoTime();
        fleet.countRead(octets);
        int end = restLength + octets;
        int at = messages(buffer, end);
        restLength = end - at;
        System.arraycopy(buffer, at, rest, 0, restLength);
    }

    /** Takes all whole messages; returns where the first that is not whole begins. */
    private int messages(byte[] octets, int end) {
        int at = 0;
        while (end - at >= BgpHeader.HEADER_LENGTH && channel != null) {
            int length = (octets[at + BgpHeader.LENGTH_OFFSET] & 0xFF) << 8
                    | octets[at + BgpHeader.LENGTH_OFFSET + 1] & 0xFF;
            if (length < BgpHeader.HEADER_LENGTH || length > BgpHeader.MAX_LENGTH) {
                fail(FailureKind.WRONG, "was sent a message with the length " + length);
                return end;
            }
            if (end - at < length) {
                return at;
            }
            message(octets, at, length);
            at += length;
        }
        return channel == null ? end : at;
    }

    private void message(byte[] octets, int at, int length) {
        fleet.countMessage();
        try {
            if (octets[at + BgpHeader.TYPE_OFFSET] == BgpHeader.UPDATE) {
                if (length < MessageLengths.MIN_UPDATE || !hasMarker(octets, at)) {
                    throw new WrongUpdateException("an UPDATE with a wrong header");
                }
                if (state != State.ESTABLISHED) {
                    throw new WrongUpdateException("an UPDATE before the session was established");
                }
                fleet.updates().read(view, octets, at, at + length, lastReadNanos);
            } else {
                other(MessageDecoder.read(Unpooled.wrappedBuffer(octets, at, length)));
            }
        } catch (WrongUpdateException e) {
            fail(FailureKind.WRONG, "was sent something wrong: " + e.getMessage());
        } catch (BgpErrorException e) {
            fail(FailureKind.WRONG, "was sent something malformed: " + e.getMessage());
        }
    }

    private void other(Message message) {
        switch (message) {
            case Open open when state == State.OPEN_SENT && open.as() == Addresses.AS -> {
                state = State.OPEN_CONFIRM;
                send(message(Keepalive.INSTANCE));
            }
            case Open open -> fail(FailureKind.WRONG, "was sent an OPEN of AS " + open.as() + " in " + state);
            case Keepalive _ when state == State.OPEN_CONFIRM -> {
                state = State.ESTABLISHED;
                fleet.established(this);
            }
            case Keepalive _ -> {
            }
            case Notification notification -> lost("was sent the NOTIFICATION " + notification);
            default -> {
                // ROUTE-REFRESH: everything was announced, and nothing is filtered here.
                if (state == State.ESTABLISHED) {
                    fleet.refresh(this);
                }
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (ctx.channel().equals(channel)) {
            lost("lost its connection in " + state);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ctx.channel().equals(channel)) {
            lost("lost its connection in " + state + ": " + cause.getMessage());
        }
        ctx.close();
    }

    private void lost(String why) {
        boolean was = established();
        close();
        view.forgetAll();
        fleet.lost(this, was, why);
    }

    private void fail(FailureKind kind, String what) {
        fleet.fail(kind, this + " " + what);
    }

    /** All that a new session says before its routes. */
    static ByteBuf endOfRib() {
        ByteBuf out = Unpooled.directBuffer();
        UpdateWriter.writeEndOfRib(out, Family.IPV4_UNICAST);
        return out;
    }

    private static ByteBuf message(Message message) {
        ByteBuf out = Unpooled.directBuffer();
        MessageEncoder.write(message, out);
        return out;
    }

    private static boolean hasMarker(byte[] octets, int at) {
        int all = 0xFF;
        for (int i = 0; i < BgpHeader.MARKER_LENGTH; i++) {
            all &= octets[at + i];
        }
        return all == 0xFF;
    }

    @Override
    public String toString() {
        return Addresses.toString(Addresses.source(number()));
    }
}
