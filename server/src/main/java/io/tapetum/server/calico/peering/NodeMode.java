package io.tapetum.server.calico.peering;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.source.DesiredPeers;

/**
 * The reflector is a Node of the cluster: it has the peers that calico-node would have on that Node, with the same rules
 * about who is a client and who connects to whom. Immutable.
 */
public final class NodeMode implements Function<ClusterState, DesiredPeers> {

    private final Identity identity;
    private final String nodeName;

    /** The identity must have a node name. */
    public NodeMode(Identity identity) {
        this.identity = identity;
        this.nodeName = Objects.requireNonNull(identity.nodeName(), "the name of the Node");
    }

    @Override
    public DesiredPeers apply(ClusterState state) {
        Nodes nodes = new Nodes(state);
        Findings findings = new Findings();
        findings.unusable(state);
        CalicoNode self = nodes.named(nodeName);
        if (self == null) {
            findings.add("the Node \"" + nodeName + "\", which this reflector is to be, does not exist;"
                    + " until it does there are no peers");
            return new DesiredPeers(List.of(), findings.sentences());
        }
        OwnNode own = new OwnNode(identity, self, nodes, findings);
        PeersOfNode peers = new PeersOfNode(own, new Passivity(own, state.bgpPeers()), nodes, findings);
        peers.configured(state.bgpPeers());
        peers.meshed(state);
        return new DesiredPeers(peers.onePerAddress(), findings.sentences());
    }
}
