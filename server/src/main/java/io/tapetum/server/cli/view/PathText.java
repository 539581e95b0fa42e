package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;

import io.netty.util.NetUtil;

import io.tapetum.rib.DecisionReason;
import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.RouteAttributes;
import io.tapetum.server.inquiry.RoutePath;

/** A path in some lines: who announced it, whether it was chosen, and everything it came with. */
final class PathText {

    private PathText() {}

    /** Below one another. */
    static void print(List<RoutePath> paths, Screen screen) {
        paths.forEach(path -> print(path, screen));
    }

    private static void print(RoutePath path, Screen screen) {
        String from = "from " + path.peer() + " (" + NetUtil.toAddressString(path.address()) + ", "
                + Json.word(path.role()) + (path.pathId() == 0
                        ? ""
                        : ", path " + Integer.toUnsignedString(path.pathId()))
                + ")";
        Cell held = path.heldFor() == null
                ? Cell.of("")
                : new Cell(", held for " + Words.duration(path.heldFor()) + " of a session that was lost",
                        Ink.DOUBTFUL);
        if (path.best()) {
            screen.line(Cell.of("  * " + from + ", "), new Cell("the best", Ink.GOOD), held);
        } else {
            screen.line(Cell.of("    " + from + (path.lostBy() == null ? "" : ", lost: " + lost(path.lostBy()))), held);
        }
        attributes(path.attributes()).forEach(line -> screen.line("        " + line));
    }

    /** What the path has that the best has better. */
    static String lost(DecisionReason reason) {
        return switch (reason) {
            case NOT_STALE -> "long-lived stale, and the best is not (LLGR_STALE)";
            case LOCAL_PREF -> "lower LOCAL_PREF";
            case AS_PATH_LENGTH -> "longer AS_PATH";
            case ORIGIN -> "higher ORIGIN";
            case MED -> "higher MULTI_EXIT_DISC";
            case EXTERNAL -> "learned inside of the own AS, and the best from another";
            case IDENTIFIER -> "higher ORIGINATOR_ID, or identifier of the peer";
            case CLUSTER_LIST -> "longer CLUSTER_LIST";
            case PEER_ADDRESS -> "higher address of the peer";
            case PATH_ID -> "higher path identifier";
            case PEER_ID -> "two peers have the same address, and this one came later";
            case SAME -> "it is the same path";
        };
    }

    private static List<String> attributes(RouteAttributes attributes) {
        List<String> lines = new ArrayList<>();
        lines.add("next hop " + attributes.nextHop() + ", local-pref " + attributes.localPref()
                + (attributes.med() == null ? "" : ", med " + attributes.med()) + ", origin " + attributes.origin());
        lines.add("AS path " + (attributes.asPath().isEmpty() ? "is empty (of the own AS)" : attributes.asPath()));
        if (attributes.originatorId() != null) {
            lines.add("originator " + attributes.originatorId());
        }
        some(lines, "cluster list", attributes.clusterList());
        some(lines, "communities", attributes.communities());
        some(lines, "extended communities", attributes.extendedCommunities());
        some(lines, "large communities", attributes.largeCommunities());
        attributes.others().forEach(other -> lines.add("attribute " + other));
        return lines;
    }

    private static void some(List<String> lines, String name, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(name + " " + String.join(" ", values));
        }
    }
}
