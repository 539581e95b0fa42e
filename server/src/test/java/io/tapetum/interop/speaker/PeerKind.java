package io.tapetum.interop.speaker;

import java.util.List;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;

/** The daemons that the suites run with. */
public enum PeerKind {
    /** What calico-node runs: one daemon for IPv4 and one for IPv6. */
    BIRD_1("bird 1.6", "bird1", "bird"),
    BIRD_2("bird 2", "bird2", "bird"),
    FRR("frr", "frr", "bgpd"),
    GOBGP("gobgp", "gobgp", "gobgpd"),
    OPENBGPD("openbgpd", "openbgpd", "bgpd");

    private final String title;
    private final String packageFolder;
    private final String daemon;

    PeerKind(String title, String packageFolder, String daemon) {
        this.title = title;
        this.packageFolder = packageFolder;
        this.daemon = daemon;
    }

    /** Whether its daemon is on this machine. */
    public boolean available() {
        return Toolbox.find(packageFolder, daemon).isPresent();
    }

    /** Whether its routes can be given an AS_PATH of other ASes: openbgpd only repeats its own. */
    public boolean originatesForeignPaths() {
        return this != OPENBGPD;
    }

    /** Whether after a restart it says that it has kept its forwarding state (RFC 4724 §3). */
    public boolean keepsForwarding() {
        return this != OPENBGPD && this != FRR;
    }

    /** Whether it offers messages of more than 4,096 octets (RFC 8654). */
    public boolean takesExtendedMessages() {
        return this == FRR;
    }

    /** Whether it can have TTL security with a peer of its own AS (RFC 5082): openbgpd has it with others only. */
    public boolean securesInternalTtl() {
        return this != OPENBGPD;
    }

    /** A speaker of this kind. */
    public BgpPeer on(Host host, long as, List<Neighbour> neighbours) {
        return switch (this) {
            case BIRD_1 -> new Bird1(host, as, neighbours);
            case BIRD_2 -> new Bird2(host, as, neighbours);
            case FRR -> new Frr(host, as, neighbours);
            case GOBGP -> new GoBgp(host, as, neighbours);
            case OPENBGPD -> new OpenBgpd(host, as, neighbours);
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
