package io.tapetum.core.simulation;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capabilities;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.frame.Framing;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageDecoder;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.message.RouteRefresh;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** A speaker's end of one connection: OPEN, KEEPALIVE, hold timer, and then the routes in both directions. */
final class SpeakerSession implements Socket.Handler {

    private static final int OPEN_TIMEOUT_SECONDS = 12;

    private enum State {
        OPEN_SENT, OPEN_CONFIRM, ESTABLISHED, ENDED
    }

    private final Neighbor neighbor;
    private final Speaker speaker;
    private final World world;
    private final Socket socket;
    private final boolean outgoing;
    private final ByteBuf received = Unpooled.buffer(256);

    private State state = State.OPEN_SENT;
    private long heardAt;
    private int holdSeconds;
    private int maxLength = BgpHeader.MAX_LENGTH;
    private boolean errorProvoked;
    private Capabilities theirs = Capabilities.NONE;
    private Set<Family> families = EnumSet.noneOf(Family.class);
    private final Set<Family> withPathIds = EnumSet.noneOf(Family.class);
    private final Set<Family> ignored = EnumSet.noneOf(Family.class);
    private @Nullable UpdateParser parser;
    private @Nullable UpdateSender sender;
    private @Nullable ReceivedRoutes routes;

    SpeakerSession(Neighbor neighbor, Socket socket, boolean outgoing) {
        this.neighbor = neighbor;
        this.speaker = neighbor.speaker();
        this.world = speaker.world();
        this.socket = socket;
        this.outgoing = outgoing;
    }

    boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    boolean isOpenConfirm() {
        return state == State.OPEN_CONFIRM;
    }

    /** Whether the speaker opened it. */
    boolean isOutgoing() {
        return outgoing;
    }

    Socket socket() {
        return socket;
    }

    Set<Family> families() {
        return families;
    }

    /** Whether several paths of a prefix may be received. */
    boolean hasPathIds(Family family) {
        return withPathIds.contains(family);
    }

    /** Whether the peer still takes routes of this family. */
    boolean isHeard(Family family) {
        return families.contains(family) && !ignored.contains(family);
    }

    /** Sends IPv6 routes that cannot be read: the peer ignores the family from then on (RFC 7606 §2). */
    void spoilIpv6() {
        ignored.add(Family.IPV6_UNICAST);
        sendRaw(Malformation.unreadableIpv6(), false);
    }

    /** What was received; only once it is Established. */
    ReceivedRoutes routes() {
        ReceivedRoutes present = routes;
        if (present == null) {
            throw new IllegalStateException("not Established");
        }
        return present;
    }

    private String way() {
        return outgoing ? "outgoing" : "incoming";
    }

    void start() {
        heardAt = world.time().now();
        world.history().note("%s: %s connection", neighbor, way());
        SpeakerSettings settings = speaker.settings();
        int as = settings.as() > 0xFFFF ? Open.AS_TRANS : (int) settings.as();
        socket.start(this);
        send(new Open(Open.VERSION, as, settings.holdTimeSeconds(), speaker.routerId(),
                settings.capabilities(speaker.keptForwarding())));
        world.time().after(OPEN_TIMEOUT_SECONDS * VirtualTime.SECOND, this::openTimeout);
    }

    private void openTimeout() {
        if (state == State.OPEN_SENT || state == State.OPEN_CONFIRM) {
            end(ErrorCode.HOLD_TIMER_EXPIRED);
        }
    }

    /* Sending */

    private void send(Message message) {
        ByteBuf octets = Unpooled.buffer(64);
        MessageEncoder.write(message, octets);
        socket.write(octets);
        socket.flush();
    }

    /** Prefixes of one family; see {@link UpdateSender}. */
    void announce(Announcement announcement, Collection<Prefix> prefixes, byte[] extra, List<Prefix> withdrawn) {
        UpdateSender to = sender;
        if (to != null && families.contains(prefixes.iterator().next().family())) {
            to.announce(announcement, prefixes, extra, withdrawn);
            socket.flush();
        }
    }

    void withdraw(Collection<Prefix> prefixes) {
        UpdateSender to = sender;
        if (to != null) {
            to.withdraw(prefixes.stream().filter(prefix -> families.contains(prefix.family())).toList());
            socket.flush();
        }
    }

    private void announceAll(UpdateSender to, Family family) {
        Map<Announcement, Set<Prefix>> grouped = new LinkedHashMap<>();
        speaker.own().forEach((prefix, announcement) -> {
            if (prefix.family() == family) {
                grouped.computeIfAbsent(announcement, _ -> new LinkedHashSet<>()).add(prefix);
            }
        });
        grouped.forEach(to::announce);
    }

    /** Sends octets as they are; the peer may take offence. */
    void sendRaw(ByteBuf octets, boolean provokesError) {
        errorProvoked |= provokesError;
        socket.write(octets);
        socket.flush();
    }

    boolean canRefresh() {
        return speaker.settings().capable() && speaker.settings().routeRefresh() && theirs.routeRefresh();
    }

    private boolean refreshIsEnhanced() {
        return canRefresh() && speaker.settings().enhancedRefresh() && theirs.enhancedRouteRefresh();
    }

    void requestRefresh(Family family) {
        routes().refreshRequested(family);
        send(new RouteRefresh(family.afi(), RouteRefresh.REQUEST, family.safi()));
    }

    /* Receiving */

    @Override
    public void received(byte[] octets) {
        heardAt = world.time().now();
        received.writeBytes(octets);
        try {
            while (state != State.ENDED) {
                int length = Framing.frameLength(received, maxLength);
                if (length < 0 || length > received.readableBytes()) {
                    break;
                }
                message(received.readSlice(length));
            }
        } catch (BgpErrorException e) {
            throw world.failure("%s received a malformed message: %s: %s", neighbor, e.notification(), e.getMessage());
        }
        received.discardReadBytes();
    }

    private void message(ByteBuf frame) throws BgpErrorException {
        if (frame.getByte(frame.readerIndex() + BgpHeader.TYPE_OFFSET) == BgpHeader.UPDATE) {
            UpdateParser reader = parser;
            if (state != State.ESTABLISHED || reader == null) {
                throw world.failure("%s received an UPDATE in state %s", neighbor, state);
            }
            reader.parse(frame);
            world.moved();
            routes().update(reader);
            return;
        }
        switch (MessageDecoder.read(frame)) {
            case Open open -> opened(open);
            case Keepalive _ -> {
                if (state == State.OPEN_CONFIRM) {
                    establish();
                }
            }
            case Notification notification -> notified(notification);
            case RouteRefresh refresh -> refreshed(refresh);
        }
    }

    private void opened(Open open) {
        if (state != State.OPEN_SENT) {
            throw world.failure("%s received an OPEN in state %s", neighbor, state);
        }
        if (open.bgpIdentifier() != neighbor.member().routerId()) {
            throw world.failure("%s received an OPEN of identifier %x", neighbor, open.bgpIdentifier());
        }
        world.history().note("%s: OPEN on the %s connection", neighbor, way());
        SpeakerSettings settings = speaker.settings();
        if (settings.rejectsCapabilities() && !open.capabilities().isEmpty()) {
            end(ErrorCode.OPEN_UNSUPPORTED_PARAMETER);
            return;
        }
        theirs = new Capabilities(open.capabilities());
        families = EnumSet.noneOf(Family.class);
        if (settings.capable()) {
            families.addAll(settings.families());
            families.retainAll(theirs.families());
        } else {
            families.add(Family.IPV4_UNICAST);
        }
        if (families.isEmpty()) {
            end(ErrorCode.OPEN_UNSUPPORTED_CAPABILITY);
            return;
        }
        if (!neighbor.survives(this, open.bgpIdentifier())) {
            end(ErrorCode.CEASE_CONNECTION_COLLISION);
            return;
        }
        holdSeconds = Math.min(settings.holdTimeSeconds(), open.holdTimeSeconds());
        state = State.OPEN_CONFIRM;
        prepare(open);
        send(Keepalive.INSTANCE);
        if (holdSeconds > 0) {
            tick();
        }
    }

    private void prepare(Open open) {
        SpeakerSettings settings = speaker.settings();
        OptionalLong theirAs4 = settings.capable() ? theirs.fourOctetAs() : OptionalLong.empty();
        boolean fourOctetAs = settings.capable() && settings.fourOctetAs() && theirAs4.isPresent();
        long theirAs = theirAs4.isPresent() ? theirAs4.getAsLong() : open.myAs();
        for (Family family : families) {
            if (settings.capable() && settings.addPathReceive()
                    && theirs.addPath(family).filter(Capability.AddPath.PathTuple::send).isPresent()) {
                withPathIds.add(family);
            }
        }
        UpdateContext context = (theirAs == speaker.as()
                ? UpdateContext.internal(theirAs, families)
                : UpdateContext.external(theirAs, families)).withFourOctetAs(fourOctetAs)
                .withAddPathReceive(withPathIds);
        boolean extended = settings.capable() && settings.extendedMessages() && theirs.extendedMessage();
        if (extended) {
            maxLength = BgpHeader.MAX_EXTENDED_LENGTH;
        }
        parser = new UpdateParser(context, world.announcements().interner());
        sender = new UpdateSender(socket, speaker, fourOctetAs, settings.multiprotocolIpv4() && settings.capable(),
                maxLength);
        routes = new ReceivedRoutes(neighbor, families, refreshIsEnhanced(), theirAs != speaker.as());
    }

    private void tick() {
        long now = world.time().now();
        if (state != State.OPEN_CONFIRM && state != State.ESTABLISHED) {
            return;
        }
        if (now - heardAt > holdSeconds * VirtualTime.SECOND) {
            world.history().note("%s: hold timer expired at the speaker", neighbor);
            end(ErrorCode.HOLD_TIMER_EXPIRED);
            return;
        }
        send(Keepalive.INSTANCE);
        world.time().after(holdSeconds * VirtualTime.SECOND / 3, this::tick);
    }

    private void establish() {
        state = State.ESTABLISHED;
        world.history().note("%s: Established at the speaker (%s)", neighbor, way());
        world.moved();
        neighbor.won(this);
        UpdateSender to = sender;
        if (to == null) {
            throw new IllegalStateException("no OPEN was received");
        }
        for (Family family : Family.values()) {
            if (families.contains(family)) {
                announceAll(to, family);
                to.endOfRib(family);
            }
        }
        socket.flush();
    }

    private void notified(Notification notification) {
        world.history().note("%s: received NOTIFICATION %s on the %s connection", neighbor, notification, way());
        boolean blame = switch (notification.code()) {
            case 1, 2, 3, 5, 7 -> true;
            default -> false;
        };
        if (blame && !errorProvoked) {
            throw world.failure("%s was blamed for nothing: %s", neighbor, notification);
        }
        ended();
        socket.abort();
    }

    private void refreshed(RouteRefresh refresh) {
        Family family = Family.of(refresh.afi(), refresh.safi());
        if (state != State.ESTABLISHED || family == null || !families.contains(family)) {
            throw world.failure("%s received %s in state %s", neighbor, refresh, state);
        }
        world.moved();
        switch (refresh.subtype()) {
            case RouteRefresh.REQUEST -> {
                UpdateSender to = sender;
                if (to != null) {
                    announceAll(to, family);
                    socket.flush();
                }
            }
            case RouteRefresh.BEGINNING -> routes().refreshBegins(family);
            case RouteRefresh.END -> routes().refreshEnds(family);
            default -> throw world.failure("%s received %s", neighbor, refresh);
        }
    }

    /* Ending */

    /** Tells the peer why, and closes. */
    void end(ErrorCode code) {
        if (state != State.ENDED) {
            world.history().note("%s: speaker ends the %s connection: %s", neighbor, way(), code);
            send(Notification.of(code));
            ended();
            socket.close();
        }
    }

    @Override
    public void writabilityChanged() {
        // A speaker queues without limit.
    }

    @Override
    public void closed() {
        ended();
    }

    private void ended() {
        if (state != State.ENDED) {
            if (state == State.ESTABLISHED) {
                world.history().note("%s: session ended at the speaker", neighbor);
                world.trouble();
            }
            state = State.ENDED;
            neighbor.remove(this);
        }
    }
}
