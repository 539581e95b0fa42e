package io.tapetum.core.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;

/** A template of ordinary clients, of which a test says what it needs otherwise. */
public final class SampleTemplate {

    /** The reflector's AS number. */
    public static final long AS = 64512;
    /** The AS number of external peers. */
    public static final long EXTERNAL_AS = 65001;
    /** The cluster that peers are in unless they say otherwise. */
    public static final int CLUSTER = 0x01010101;

    private String group = "group";
    private PeerRole role = PeerRole.CLIENT;
    private long remoteAs = AS;
    private int clusterId = CLUSTER;
    private boolean clientToClient = true;
    private Set<Family> families = Set.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    private boolean extendedMessages = true;
    private int addPathSend;
    private boolean extendedNextHop;
    private int holdTimeSeconds = 90;
    private Duration sendHold = Duration.ZERO;
    private final Map<Family, MaximumPrefixes> maximumPrefixes = new EnumMap<>(Family.class);
    private ExternalPolicy external = new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true);

    private SampleTemplate() {}

    public static SampleTemplate client() {
        return new SampleTemplate();
    }

    public static SampleTemplate nonClient() {
        return client().role(PeerRole.NON_CLIENT);
    }

    public static SampleTemplate external() {
        SampleTemplate template = client().role(PeerRole.EXTERNAL);
        template.remoteAs = EXTERNAL_AS;
        return template;
    }

    private SampleTemplate role(PeerRole value) {
        role = value;
        return this;
    }

    public SampleTemplate group(String value) {
        group = value;
        return this;
    }

    public SampleTemplate clusterId(int value) {
        clusterId = value;
        return this;
    }

    public SampleTemplate clientToClient(boolean value) {
        clientToClient = value;
        return this;
    }

    public SampleTemplate families(Set<Family> value) {
        families = value;
        return this;
    }

    public SampleTemplate extendedMessages(boolean value) {
        extendedMessages = value;
        return this;
    }

    public SampleTemplate addPathSend(int value) {
        addPathSend = value;
        return this;
    }

    public SampleTemplate extendedNextHop(boolean value) {
        extendedNextHop = value;
        return this;
    }

    public SampleTemplate holdTimeSeconds(int value) {
        holdTimeSeconds = value;
        return this;
    }

    public SampleTemplate sendHold(Duration value) {
        sendHold = value;
        return this;
    }

    public SampleTemplate maximumPrefixes(Family family, MaximumPrefixes value) {
        maximumPrefixes.put(family, value);
        return this;
    }

    public SampleTemplate externalPolicy(ExternalPolicy value) {
        external = value;
        return this;
    }

    /** Peers connect to us: tests need not play the other direction, which is the state machine's affair. */
    public PeerTemplate build() {
        SessionTimers timers = new SessionTimers(holdTimeSeconds, Duration.ofMinutes(4), Duration.ofSeconds(5),
                Duration.ofSeconds(120), Duration.ofSeconds(15), sendHold);
        return new PeerTemplate(group, AS, remoteAs, role, clusterId, clientToClient, families, ConnectMode.PASSIVE, 64,
                extendedMessages, true, addPathSend, extendedNextHop, 120, 0, timers, maximumPrefixes, external,
                Protection.NONE);
    }
}
