package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.message.ErrorCode;

/** Somebody a speaker wants a session with: its connections, and who of them survives (RFC 4271 §6.8). */
final class Neighbor {

    private final Speaker speaker;
    private final Member member;
    private final boolean active;
    private final int clusterId;
    private final List<SpeakerSession> connections = new ArrayList<>();
    private boolean dialing;
    private boolean retryDue;
    private int generation;

    /**
     * @param active whether the speaker opens connections itself
     * @param clusterId what a reflector stamps on routes for this speaker; 0 if the member is none
     */
    Neighbor(Speaker speaker, Member member, boolean active, int clusterId) {
        this.speaker = speaker;
        this.member = member;
        this.active = active;
        this.clusterId = clusterId;
    }

    Speaker speaker() {
        return speaker;
    }

    Member member() {
        return member;
    }

    int clusterId() {
        return clusterId;
    }

    InetAddress address() {
        return member.address();
    }

    /** The session, if there is one that is Established. */
    @Nullable
    SpeakerSession established() {
        for (SpeakerSession connection : connections) {
            if (connection.isEstablished()) {
                return connection;
            }
        }
        return null;
    }

    boolean hasConnections() {
        return !connections.isEmpty();
    }

    void start() {
        if (active) {
            retry(speaker.world().random().nextLong(VirtualTime.SECOND / 2));
        }
    }

    void stop() {
        for (SpeakerSession connection : List.copyOf(connections)) {
            connection.end(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN);
        }
        forget();
    }

    void forget() {
        generation++;
        connections.clear();
        dialing = false;
        retryDue = false;
    }

    private void retry(long delay) {
        if (!retryDue) {
            retryDue = true;
            int started = generation;
            speaker.world().time().after(delay, () -> {
                if (started == generation) {
                    retryDue = false;
                    dial();
                }
            });
        }
    }

    private void dial() {
        if (!speaker.isRunning() || dialing || !connections.isEmpty()) {
            return;
        }
        dialing = true;
        int started = generation;
        speaker.world().network().connect(speaker.address(), address(), new Network.Dialer() {

            @Override
            public void connected(Socket socket) {
                if (started != generation) {
                    socket.abort();
                    return;
                }
                dialing = false;
                if (established() != null) {
                    socket.abort();
                } else {
                    add(new SpeakerSession(Neighbor.this, socket, true));
                }
            }

            @Override
            public void failed(String reason) {
                if (started == generation) {
                    dialing = false;
                    ended();
                }
            }
        });
    }

    void accepted(Socket socket) {
        if (established() != null) {
            socket.abort();
        } else {
            add(new SpeakerSession(this, socket, false));
        }
    }

    private void add(SpeakerSession connection) {
        connections.add(connection);
        connection.start();
    }

    /**
     * The peer's OPEN came on a connection: of two connections that got that far, only the one survives that was opened
     * by the side with the higher identifier.
     *
     * @return whether the connection goes on
     */
    boolean survives(SpeakerSession connection, int peerId) {
        for (SpeakerSession other : List.copyOf(connections)) {
            if (other == connection) {
                continue;
            }
            if (other.isEstablished()) {
                return false;
            }
            if (other.isOpenConfirm()) {
                boolean ours = Integer.compareUnsigned(speaker.routerId(), peerId) > 0;
                if (connection.isOutgoing() != ours) {
                    return false;
                }
                other.end(ErrorCode.CEASE_CONNECTION_COLLISION);
            }
        }
        return true;
    }

    /** A connection is Established: all others are given up. */
    void won(SpeakerSession connection) {
        for (SpeakerSession other : List.copyOf(connections)) {
            if (other != connection) {
                other.end(ErrorCode.CEASE_CONNECTION_COLLISION);
            }
        }
    }

    void remove(SpeakerSession connection) {
        connections.remove(connection);
        ended();
    }

    private void ended() {
        if (active && connections.isEmpty() && speaker.isRunning()) {
            retry(VirtualTime.SECOND / 2 + speaker.world().random().nextLong(VirtualTime.SECOND));
        }
    }

    void announce(Announcement announcement, Collection<Prefix> prefixes, byte[] extra, List<Prefix> withdrawn) {
        SpeakerSession session = established();
        if (session != null) {
            session.announce(announcement, prefixes, member instanceof ReflectorNode ? extra : new byte[0], withdrawn);
        }
    }

    void withdraw(Collection<Prefix> prefixes) {
        SpeakerSession session = established();
        if (session != null) {
            session.withdraw(prefixes);
        }
    }

    @Override
    public String toString() {
        return speaker.name() + "-" + member.name();
    }
}
